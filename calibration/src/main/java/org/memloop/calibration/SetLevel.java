package org.memloop.calibration;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;

/**
 * Find how the conductance after a SET depends on the gate's volts, which limit the current: for each gate, reset, set and
 * read.
 *
 * @param gate the gates
 * @param repeats how often each, at least 1
 * @param set the pulse that sets; the ramp replaces its gate volts
 * @param reset the pulse that resets before
 */
public record SetLevel(Ramp gate, int repeats, Pulse set, Pulse reset) implements Procedure {
    /** Gates of 1.2 V to 3 V with the pulses of table 4.1. */
    public static final SetLevel USUAL = new SetLevel(new Ramp(1.2, 3.0, 0.2), 3, Pulse.SET, Pulse.HARD_RESET);

    /** Refuse pulses that go the wrong way. */
    public SetLevel {
        Require.that(repeats >= 1, "repeats must be at least 1, not " + repeats);
        Require.polarity(set, Polarity.SET);
        Require.polarity(reset, Polarity.RESET);
    }

    @Override
    public String name() {
        return "set-level";
    }

    @Override
    public void run(Site site, int... cells) {
        int all = gate.levels() * repeats;
        double[] siemens = new double[cells.length];
        for (int i = 0; i < all; i++) {
            site.progress("SET against gate", i, all);
            site.pulse(reset, cells);
            site.pulse(Pulses.withGate(set, gate.volts(i / repeats)), cells);
            siemens = site.read(cells);
        }
        site.progress("SET against gate", all, all);
        for (int i = 0; i < cells.length; i++) {
            site.judge(cells[i], Verdict.Result.REACHED, siemens[i], "set at every gate");
        }
    }
}
