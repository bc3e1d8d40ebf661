package org.memloop.calibration;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;

/**
 * Raise the conductance of cells with equal pulses and lower it with others, reading after each: long-term potentiation and
 * depression.
 *
 * @param ups pulses up in each cycle, at least 1
 * @param downs pulses down in each cycle, at least 1
 * @param cycles how many, at least 1
 * @param up the pulse up
 * @param down the pulse down
 */
public record Potentiation(int ups, int downs, int cycles, Pulse up, Pulse down) implements Procedure {
    /** A hundred of each; the weak SET is a short one at a gate that is hardly open. */
    public static final Potentiation USUAL = new Potentiation(100, 100, 1,
            new Pulse("WEAK_SET", Polarity.SET, 0.7, 2.0, 0.6e-6, false), Pulse.WEAK_RESET);

    /** Refuse pulses that go the wrong way. */
    public Potentiation {
        Require.that(ups >= 1 && downs >= 1 && cycles >= 1, "ups, downs and cycles must be at least 1");
        Require.polarity(up, Polarity.SET);
        Require.polarity(down, Polarity.RESET);
    }

    @Override
    public String name() {
        return "ltp-ltd";
    }

    @Override
    public void run(Site site, int... cells) {
        int all = cycles * (ups + downs);
        double[] first = site.read(cells);
        double[] siemens = first;
        double[] highest = first.clone();
        for (int pulse = 0; pulse < all; pulse++) {
            site.progress("LTP and LTD", pulse, all);
            site.pulse(pulse % (ups + downs) < ups ? up : down, cells);
            siemens = site.read(cells);
            for (int i = 0; i < cells.length; i++) {
                highest[i] = Math.max(highest[i], siemens[i]);
            }
        }
        site.progress("LTP and LTD", all, all);
        for (int i = 0; i < cells.length; i++) {
            boolean rose = highest[i] > first[i];
            site.judge(cells[i], rose ? Verdict.Result.REACHED : Verdict.Result.MISSED, siemens[i],
                    rose ? "rose and fell" : "never rose");
        }
    }
}
