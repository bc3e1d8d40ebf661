package org.memloop.sim.instrument;

/** Fail a WGFMU function with its return code and what the library would tell of it. */
final class WgfmuFailure extends Exception {
    static final int PARAMETER = -1;
    static final int STRING = -2;
    static final int CONTEXT = -3;
    static final int NOT_SUPPORTED = -4;
    static final int COMMUNICATION = -5;
    static final int FIRMWARE = -6;
    static final int LIBRARY = -7;
    static final int ERROR = -8;
    static final int CHANNEL = -9;
    static final int PATTERN = -10;
    static final int EVENT = -11;
    static final int PATTERN_EXISTS = -12;
    static final int NOT_RUNNING = -13;
    static final int NOT_READY = -14;
    static final int OUTDATED = -15;

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
