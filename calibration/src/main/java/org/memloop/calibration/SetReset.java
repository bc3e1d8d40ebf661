package org.memloop.calibration;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;

/**
 * Set and reset cells in turn and read them after every pulse, for the statistics of both states from cycle to cycle and
 * from cell to cell.
 *
 * @param cycles how many, at least 1
 * @param set the pulse that sets
 * @param reset the pulse that resets
 * @param lrsSiemens after a SET a cell should read at least this
 * @param hrsSiemens after a RESET a cell should read at most this
 */
public record SetReset(int cycles, Pulse set, Pulse reset, double lrsSiemens, double hrsSiemens) implements Procedure {
    /** Ten cycles with the pulses of table 4.1. */
    public static final SetReset USUAL = new SetReset(10, Pulse.SET, Pulse.HARD_RESET, 50e-6, 25e-6);

    /** Refuse pulses that go the wrong way. */
    public SetReset {
        Require.that(cycles >= 1, "cycles must be at least 1, not " + cycles);
        Require.polarity(set, Polarity.SET);
        Require.polarity(reset, Polarity.RESET);
        Require.that(hrsSiemens <= lrsSiemens, "the high-resistance state has to conduct less than the low one");
    }

    @Override
    public String name() {
        return "set-reset";
    }

    @Override
    public void run(Site site, int... cells) {
        int[] failures = new int[cells.length];
        double[] siemens = new double[cells.length];
        for (int cycle = 0; cycle < cycles; cycle++) {
            site.progress("SET and RESET", cycle, cycles);
            site.pulse(set, cells);
            double[] low = site.read(cells);
            site.pulse(reset, cells);
            siemens = site.read(cells);
            for (int i = 0; i < cells.length; i++) {
                failures[i] += low[i] >= lrsSiemens && siemens[i] <= hrsSiemens ? 0 : 1;
            }
        }
        site.progress("SET and RESET", cycles, cycles);
        for (int i = 0; i < cells.length; i++) {
            site.judge(cells[i], failures[i] == 0 ? Verdict.Result.REACHED : Verdict.Result.MISSED, siemens[i],
                    failures[i] + " of " + cycles + " cycles outside the window");
        }
    }
}
