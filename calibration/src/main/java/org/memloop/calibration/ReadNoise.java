package org.memloop.calibration;

import org.memloop.bench.PulseProgram;

/**
 * Read each cell many times in a row, for its noise and its random telegraph signals.
 *
 * @param reads how often, at least 2
 * @param intervalSeconds rest between two readings of a cell; 0 for as fast as the bench goes
 */
public record ReadNoise(int reads, double intervalSeconds) implements Procedure {
    /** A thousand readings as fast as they come. */
    public static final ReadNoise USUAL = new ReadNoise(1000, 0);

    private static final int READS_PER_PROGRAM = 1000;

    /** Refuse a series without noise. */
    public ReadNoise {
        Require.that(reads >= 2, "reads must be at least 2, not " + reads);
        Require.that(intervalSeconds >= 0, "interval must not be below 0 s");
    }

    @Override
    public String name() {
        return "read-noise";
    }

    @Override
    public void run(Site site, int... cells) {
        int together = intervalSeconds > 0 ? 1 : READS_PER_PROGRAM;
        for (int i = 0; i < cells.length; i++) {
            site.progress("read noise", i, cells.length);
            double last = 0;
            for (int done = 0; done < reads;) {
                int next = Math.min(reads, done + together);
                PulseProgram.Builder program = PulseProgram.builder();
                for (; done < next; done++) {
                    program.add(cells[i], site.read());
                }
                double[] siemens = site.run(program.build());
                last = siemens[siemens.length - 1];
                site.rest(done < reads ? intervalSeconds : 0);
            }
            site.judge(cells[i], Verdict.Result.REACHED, last, "captured");
        }
        site.progress("read noise", cells.length, cells.length);
    }
}
