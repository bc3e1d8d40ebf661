package org.memloop.calibration;

/**
 * Read every cell, a number of times.
 *
 * @param reads how often, at least 1
 */
public record ReadMap(int reads) implements Procedure {
    /** Read once. */
    public static final ReadMap USUAL = new ReadMap(1);

    /** Refuse to read never. */
    public ReadMap {
        Require.that(reads >= 1, "reads must be at least 1, not " + reads);
    }

    @Override
    public String name() {
        return "read-map";
    }

    @Override
    public void run(Site site, int... cells) {
        double[] siemens = new double[cells.length];
        for (int i = 0; i < reads; i++) {
            site.progress("reading", i, reads);
            siemens = site.read(cells);
        }
        for (int i = 0; i < cells.length; i++) {
            site.judge(cells[i], Verdict.Result.REACHED, siemens[i], "read");
        }
        site.progress("reading", reads, reads);
    }
}
