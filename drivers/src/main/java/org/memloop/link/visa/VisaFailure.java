package org.memloop.link.visa;

import java.util.Locale;

/** Report a VISA function that returned an error. */
public final class VisaFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    VisaFailure(String function, int status) {
        super(String.format(Locale.ROOT, "%s returned 0x%08X", function, status), null, false, false);
        this.status = status;
    }

    /** {@return the status: a negative number of {@link Visa}} */
    public int status() {
        return status;
    }
}
