package org.memloop.sim.device;

/** Refuse shares that are none. */
final class Shares {
    private Shares() {}

    static void require(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(what + " must lie between 0 and 1, not " + share);
        }
    }
}
