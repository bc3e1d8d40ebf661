package org.memloop.calibration;

import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;

/**
 * Program cells, all together, and read them on a grid of times with rest in between. The grid counts from the last pulse;
 * every reading is told with the true delay from its own cell's pulse.
 *
 * @param pulse what programs the cells
 * @param firstSeconds the first moment
 * @param lastSeconds the last moment
 * @param pointsPerDecade how many readings in each decade of time
 * @param keep share of its first conductance that a cell has to keep, 0 to 1
 */
public record Retention(Pulse pulse, double firstSeconds, double lastSeconds, int pointsPerDecade, double keep)
        implements
            Procedure {
    /** From a second to 10,000 s after a SET. */
    public static final Retention USUAL = new Retention(Pulse.SET, 1, 1e4, 2, 0.8);

    /** Refuse an empty grid. */
    public Retention {
        TimeGrid.of(firstSeconds, lastSeconds, pointsPerDecade);
        Require.polarity(pulse, pulse.polarity());
        Require.that(keep >= 0 && keep <= 1, "keep is a share from 0 to 1, not " + keep);
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public void run(Site site, int... cells) {
        double[] grid = TimeGrid.of(firstSeconds, lastSeconds, pointsPerDecade);
        Pulse timed = Pulses.measured(pulse);
        site.run(PulseProgram.of(timed, cells));
        double[] first = site.read(cells);
        double[] siemens = first;
        for (int i = 0; i < grid.length; i++) {
            site.progress("retention", i, grid.length);
            site.rest(grid[i] - site.lastDelaySeconds());
            siemens = site.read(cells);
        }
        site.progress("retention", grid.length, grid.length);
        for (int i = 0; i < cells.length; i++) {
            boolean kept = Math.abs(siemens[i] - first[i]) <= (1 - keep) * Math.abs(first[i]);
            site.judge(cells[i], kept ? Verdict.Result.REACHED : Verdict.Result.MISSED, siemens[i],
                    kept ? "kept" : "lost");
        }
    }
}
