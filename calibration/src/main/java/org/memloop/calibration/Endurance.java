package org.memloop.calibration;

import java.util.TreeSet;
import java.util.stream.IntStream;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;

/**
 * Cycle cells until they wear out or the cycles are done, and read both states at evenly spaced points of a logarithmic
 * scale. A cell that misses its window at several points in a row is given no further pulse.
 *
 * @param cycles how many, at least 1
 * @param pointsPerDecade how often both states are read, at least 1
 * @param failures after how many missed points in a row a cell counts as worn out
 * @param set the pulse that sets
 * @param reset the pulse that resets
 * @param lrsSiemens after a SET a cell should read at least this
 * @param hrsSiemens after a RESET a cell should read at most this
 */
public record Endurance(int cycles, int pointsPerDecade, int failures, Pulse set, Pulse reset, double lrsSiemens,
        double hrsSiemens) implements Procedure {
    /** A thousand cycles with the pulses of table 4.1. */
    public static final Endurance USUAL = new Endurance(1000, 5, 3, Pulse.SET, Pulse.HARD_RESET, 50e-6, 25e-6);

    private static final int STEPS_PER_PROGRAM = 20_000;

    /** Refuse pulses that go the wrong way. */
    public Endurance {
        Require.that(cycles >= 1 && pointsPerDecade >= 1 && failures >= 1,
                "cycles, points-per-decade and failures must be at least 1");
        Require.polarity(set, Polarity.SET);
        Require.polarity(reset, Polarity.RESET);
        Require.that(hrsSiemens <= lrsSiemens, "the high-resistance state has to conduct less than the low one");
    }

    @Override
    public String name() {
        return "endurance";
    }

    private TreeSet<Integer> points() {
        TreeSet<Integer> points = new TreeSet<>();
        for (int i = 0; Math.pow(10, (double) i / pointsPerDecade) <= cycles; i++) {
            points.add((int) Math.round(Math.pow(10, (double) i / pointsPerDecade)));
        }
        points.add(cycles);
        return points;
    }

    @Override
    public void run(Site site, int... cells) {
        int[] missed = new int[cells.length];
        int[] lasted = new int[cells.length];
        double[] siemens = new double[cells.length];
        int done = 0;
        for (int point : points()) {
            int[] alive = IntStream.range(0, cells.length).filter(i -> missed[i] < failures).toArray();
            if (alive.length == 0) {
                break;
            }
            int[] these = IntStream.of(alive).map(i -> cells[i]).toArray();
            cycle(site, these, done, point - 1);
            site.pulse(set, these);
            double[] low = site.read(these);
            site.pulse(reset, these);
            double[] high = site.read(these);
            for (int i = 0; i < alive.length; i++) {
                boolean open = low[i] >= lrsSiemens && high[i] <= hrsSiemens;
                missed[alive[i]] = open ? 0 : missed[alive[i]] + 1;
                lasted[alive[i]] = open ? point : lasted[alive[i]];
                siemens[alive[i]] = high[i];
            }
            done = point;
        }
        site.progress("endurance", cycles, cycles);
        for (int i = 0; i < cells.length; i++) {
            boolean well = missed[i] == 0;
            if (missed[i] >= failures) {
                site.found(cells[i], siemens[i] > hrsSiemens ? CellHealth.STUCK_LRS : CellHealth.STUCK_HRS);
            }
            site.judge(cells[i], well ? Verdict.Result.REACHED : Verdict.Result.MISSED, siemens[i],
                    well ? "window open to the end" : "window last open at cycle " + lasted[i]);
        }
    }

    private void cycle(Site site, int[] cells, int done, int until) {
        int most = Math.max(1, STEPS_PER_PROGRAM / (2 * cells.length));
        for (int at = done; at < until;) {
            site.progress("endurance", at, cycles);
            int next = Math.min(until, at + most);
            PulseProgram.Builder program = PulseProgram.builder();
            for (; at < next; at++) {
                program.addAll(cells, set).addAll(cells, reset);
            }
            site.run(program.build());
        }
    }
}
