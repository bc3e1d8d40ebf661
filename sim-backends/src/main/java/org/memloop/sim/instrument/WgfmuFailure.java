package org.memloop.sim.instrument;

/** Fail a WGFMU function with its return code and what the library would tell of it. */
final class WgfmuFailure extends Exception {
    static final int PARAMETER = -1;
    static final int STRING = -2;
    static final int CONTEXT = -3;
    static final int CHANNEL = -9;
    static final int PATTERN = -10;
    static final int EVENT = -11;
    static final int PATTERN_EXISTS = -12;
    static final int NOT_RUNNING = -13;
    static final int NOT_READY = -14;

    private static final long serialVersionUID = 1;

    private final int code;

    WgfmuFailure(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
