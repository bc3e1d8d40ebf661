package org.memloop.report;

/** Tell that figures cannot be drawn because this computer has no fonts, and what to install. */
public final class FontsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private FontsException(Throwable cause) {
        super("no figures: this computer has no fonts to draw them with; install the packages fontconfig and "
                + "fonts-dejavu-core (Debian, Ubuntu) or fontconfig and dejavu-sans-fonts (Fedora)", cause);
    }

    /**
     * Try to use a font. Where there is none, the JDK fails in many ways: an {@code InternalError} or a {@code
     * RuntimeException} that tells of fontconfig, a native library that cannot be linked, and a class that cannot be
     * initialized from the second time on.
     */
    static void requireFonts(Runnable use) {
        try {
            use.run();
        } catch (InternalError | LinkageError | RuntimeException e) {
            throw new FontsException(e);
        }
    }
}
