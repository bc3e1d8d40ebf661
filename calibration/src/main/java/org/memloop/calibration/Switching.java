package org.memloop.calibration;

import java.util.stream.IntStream;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;

/**
 * Bring cells to one state and read them: SET to their low-resistance state, or RESET to their high one, by the polarity
 * of the pulse.
 *
 * @param pulse what each cell gets
 * @param limitSiemens after a SET a healthy cell reads at least this, after a RESET at most this
 * @param attempts how often cells that are not there yet get the pulse, at least 1
 */
public record Switching(Pulse pulse, double limitSiemens, int attempts) implements Procedure {
    /** SET as in table 4.1; LRS is below 20 kohm. */
    public static final Switching SET = new Switching(Pulse.SET, 50e-6, 1);
    /** Hard RESET as in table 4.1; HRS is above 40 kohm. */
    public static final Switching RESET = new Switching(Pulse.HARD_RESET, 25e-6, 1);

    /** Refuse a pulse that changes nothing. */
    public Switching {
        Require.polarity(pulse, pulse.polarity());
        Require.that(attempts >= 1, "attempts must be at least 1, not " + attempts);
        Require.that(limitSiemens > 0, "limit must be more than 0 S");
    }

    @Override
    public String name() {
        return setting() ? "set" : "reset";
    }

    private boolean setting() {
        return pulse.polarity() == Polarity.SET;
    }

    private boolean there(double siemens) {
        return setting() ? siemens >= limitSiemens : siemens <= limitSiemens;
    }

    @Override
    public void run(Site site, int... cells) {
        double[] siemens = new double[cells.length];
        int[] left = IntStream.range(0, cells.length).toArray();
        for (int attempt = 0; attempt < attempts && left.length > 0; attempt++) {
            site.progress(name(), attempt, attempts);
            int[] these = IntStream.of(left).map(i -> cells[i]).toArray();
            site.pulse(pulse, these);
            double[] after = site.read(these);
            for (int i = 0; i < left.length; i++) {
                siemens[left[i]] = after[i];
            }
            left = IntStream.of(left).filter(i -> !there(siemens[i])).toArray();
        }
        site.progress(name(), attempts, attempts);
        for (int i = 0; i < cells.length; i++) {
            boolean there = there(siemens[i]);
            if (!there) {
                site.found(cells[i], setting() ? CellHealth.STUCK_HRS : CellHealth.STUCK_LRS);
            }
            site.judge(cells[i], there ? Verdict.Result.REACHED : Verdict.Result.MISSED, siemens[i],
                    there ? "switched" : setting() ? "does not set" : "does not reset");
        }
    }
}
