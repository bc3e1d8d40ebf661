package org.memloop.calibration;

import java.util.Arrays;

import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;

/**
 * Read cells with their gates closed: what is read then is the offset of the reading path and its noise, whatever the cells
 * are. {@link OffsetCard} makes a calibration card of it.
 *
 * @param reads how many readings of each cell, at least 1
 * @param closedVolts gate during them, far below the threshold of the transistors; generators give no pulse of 0 V
 */
public record ReadOffset(int reads, double closedVolts) implements Procedure {
    /** 20 readings of each cell, 0.1 V on the gate. */
    public static final ReadOffset USUAL = new ReadOffset(20, 0.1);

    private static final double CLOSED_VOLTS_MAX = 0.3;

    /** Refuse to read never, or with gates that may be open. */
    public ReadOffset {
        Require.that(reads >= 1, "reads must be at least 1, not " + reads);
        Require.that(closedVolts >= 0 && closedVolts <= CLOSED_VOLTS_MAX,
                "closed must be 0 to " + CLOSED_VOLTS_MAX + " V, not " + closedVolts + " V");
    }

    @Override
    public String name() {
        return "read-offset";
    }

    @Override
    public void run(Site site, int... cells) {
        Pulse closed = new Pulse("READ_CLOSED", site.read().polarity(), site.read().columnVolts(),
                closedVolts,
                site.read().widthSeconds(), true);
        double[][] siemens = new double[cells.length][reads];
        for (int read = 0; read < reads; read++) {
            site.progress("reading with closed gates", read, reads);
            double[] round = site.run(PulseProgram.of(closed, cells));
            for (int i = 0; i < cells.length; i++) {
                siemens[i][read] = round[i];
            }
        }
        for (int i = 0; i < cells.length; i++) {
            Arrays.sort(siemens[i]);
            site.judge(cells[i], Verdict.Result.REACHED, siemens[i][reads / 2], "read with its gate closed");
        }
        site.progress("reading with closed gates", reads, reads);
    }
}
