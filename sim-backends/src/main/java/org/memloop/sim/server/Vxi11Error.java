package org.memloop.sim.server;

/** Refuse a VXI-11 call with one of its error numbers (VXI-11, table B.2). */
final class Vxi11Error extends Exception {
    static final int NONE = 0;
    static final int NOT_ACCESSIBLE = 3;
    static final int INVALID_LINK = 4;
    static final int PARAMETER = 5;
    static final int CHANNEL_NOT_ESTABLISHED = 6;
    static final int NOT_SUPPORTED = 8;
    static final int OUT_OF_RESOURCES = 9;
    static final int LOCKED = 11;
    static final int NO_LOCK_HELD = 12;
    static final int TIMED_OUT = 15;
    static final int IO = 17;
    static final int INVALID_ADDRESS = 21;
    static final int ABORTED = 23;
    static final int CHANNEL_ESTABLISHED = 29;

    private static final long serialVersionUID = 1;

    private final int number;

    Vxi11Error(int number) {
        super("error " + number, null, false, false);
        this.number = number;
    }

    int number() {
        return number;
    }
}
