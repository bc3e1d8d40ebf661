package org.memloop.calibration;

import org.memloop.bench.Pulse;

/** Refuse settings. */
final class Require {
    private Require() {}

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** A pulse of a procedure has to go its way, and to change a cell. */
    static void polarity(Pulse pulse, Pulse.Polarity polarity) {
        that(pulse.polarity() == polarity && pulse.wears(),
                "pulse " + pulse.name() + " has to be a " + polarity + " pulse that can change a cell");
    }
}
