package org.memloop.calibration;

import org.memloop.bench.Pulse;

/**
 * Program cells one by one and follow each for a while before the next: what the first moments after a pulse take back. Half
 * of the spread of the first hours appears within a second.
 *
 * @param pulse what programs a cell
 * @param firstSeconds the first moment after the pulse
 * @param lastSeconds the last moment
 * @param pointsPerDecade how many readings in each decade of time
 */
public record Relaxation(Pulse pulse, double firstSeconds, double lastSeconds, int pointsPerDecade)
        implements
            Procedure {
    /** From a millisecond to a second after a SET. */
    public static final Relaxation USUAL = new Relaxation(Pulse.SET, 1e-3, 1, 3);

    /** Refuse an empty grid. */
    public Relaxation {
        TimeGrid.of(firstSeconds, lastSeconds, pointsPerDecade);
        Require.polarity(pulse, pulse.polarity());
    }

    @Override
    public String name() {
        return "relaxation";
    }

    @Override
    public void run(Site site, int... cells) {
        double[] grid = TimeGrid.of(firstSeconds, lastSeconds, pointsPerDecade);
        Pulse timed = Pulses.measured(pulse);
        for (int i = 0; i < cells.length; i++) {
            site.progress("relaxation", i, cells.length);
            site.pulse(timed, cells[i]);
            double siemens = site.read(cells[i])[0];
            for (double moment : grid) {
                site.rest(moment - site.lastDelaySeconds());
                siemens = site.read(cells[i])[0];
            }
            site.judge(cells[i], Verdict.Result.REACHED, siemens, "followed");
        }
        site.progress("relaxation", cells.length, cells.length);
    }
}
