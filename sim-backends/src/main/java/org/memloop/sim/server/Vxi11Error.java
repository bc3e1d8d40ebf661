package org.memloop.sim.server;

/** Refuse a VXI-11 call with one of its error numbers (VXI-11, table B.2). */
final class Vxi11Error extends Exception {
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
