package org.memloop.sim.instrument;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Keep what the WGFMU library tells of itself: errors, warnings by level, and the log file. */
final class WgfmuRecord {
    static final int OFF = 1000;
    static final int NORMAL = 1002;
    static final int INFORMATION = 1003;

    private final StringBuilder errors = new StringBuilder();
    private final StringBuilder warnings = new StringBuilder();
    private String lastError = "";
    private Optional<String> refused = Optional.empty();
    private Optional<BufferedWriter> log = Optional.empty();
    private int level = NORMAL;
    private int errorLevel = OFF;

    void forget() {
        errors.setLength(0);
        warnings.setLength(0);
        lastError = "";
    }

    void begin() {
        refused = Optional.empty();
    }

    /** Warn: of a level that is shown, and as an error where it is treated as one. */
    void warn(int severity, String text) {
        if (severity <= level) {
            warnings.append(text).append('\n');
        }
        if (severity <= errorLevel && refused.isEmpty()) {
            refused = Optional.of(text);
        }
    }

    /** Fail when a warning of the present function is treated as an error. */
    void refuseWarnings() throws WgfmuFailure {
        if (refused.isPresent()) {
            throw new WgfmuFailure(WgfmuFailure.ERROR, refused.get());
        }
    }

    void error(String text) {
        lastError = text;
        errors.append(text).append('\n');
    }

    String lastError() {
        return lastError;
    }

    String errors() {
        return errors.toString();
    }

    String warnings() {
        return warnings.toString();
    }

    int level() {
        return level;
    }

    void level(int shown) {
        level = shown;
    }

    void errorLevel(int treatedAsError) {
        errorLevel = treatedAsError;
    }

    void open(String path) throws WgfmuFailure {
        close();
        try {
            if (path.isBlank()) {
                throw new WgfmuFailure(WgfmuFailure.STRING, "a path is needed");
            }
            log = Optional.of(Files.newBufferedWriter(Path.of(path)));
        } catch (IOException | InvalidPathException e) {
            throw new WgfmuFailure(WgfmuFailure.STRING, "cannot write to '" + path + "': " + e.getMessage());
        }
    }

    void close() {
        log.ifPresent(writer -> {
            try {
                writer.close();
            } catch (IOException _) {
                // the log is a convenience; the instrument goes on
            }
        });
        log = Optional.empty();
    }

    /** Write a line: simulated time, function, code, and why it failed. */
    void log(double seconds, String function, int code) {
        log.ifPresent(writer -> {
            try {
                writer.write(String.format(Locale.ROOT, "%.9f WGFMU_%s %d%s%n", seconds, function, code,
                        code == 0 ? "" : " " + lastError));
                writer.flush();
            } catch (IOException _) {
                close();
            }
        });
    }
}
