package org.memloop.calibration;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;

/**
 * Record how the conductance of cells changes with equal weak pulses (thesis, sections 4.2.4 and 4.3.3): read every cell,
 * then pulse and read all of them in turn, so that an instrument is set up once for a round and not once for a cell.
 * {@link TraceRecorder} makes a recording of what is observed.
 *
 * @param pulses how many conductances to record of each cell, the one before the first pulse included; at least 1
 * @param pulse the weak pulse
 */
public record WeakResetCharacterization(int pulses, Pulse pulse) implements Procedure {
    /** 5,000 conductances, as in the thesis, with its weak RESET. */
    public static final WeakResetCharacterization USUAL = new WeakResetCharacterization(5000, Pulse.WEAK_RESET);

    /** Steps of one program: large enough that its overhead vanishes, small enough to be stopped in between. */
    private static final int STEPS_PER_PROGRAM = 20_000;

    /** Refuse to record nothing. */
    public WeakResetCharacterization {
        Require.that(pulses >= 1, "a recording has at least one column, not " + pulses);
        Require.polarity(pulse, Polarity.RESET);
    }

    @Override
    public String name() {
        return "weak-reset";
    }

    @Override
    public void run(Site site, int... cells) {
        int rounds = Math.max(1, STEPS_PER_PROGRAM / Math.max(1, 2 * cells.length));
        double[] first = new double[0];
        double[] siemens = first;
        int done = 0;
        while (done < pulses) {
            site.progress("weak RESET", done, pulses);
            int next = Math.min(pulses, done + rounds);
            PulseProgram.Builder program = PulseProgram.builder();
            for (int round = done; round < next; round++) {
                if (round > 0) {
                    program.addAll(cells, pulse);
                }
                program.addAll(cells, site.read());
            }
            siemens = site.run(program.build());
            first = done == 0 ? siemens : first;
            done = next;
        }
        site.progress("weak RESET", pulses, pulses);
        for (int i = 0; i < cells.length; i++) {
            double last = siemens[siemens.length - cells.length + i];
            boolean fell = pulses == 1 || last < first[i];
            site.judge(cells[i], fell ? Verdict.Result.REACHED : Verdict.Result.MISSED, last,
                    fell ? "recorded" : "did not fall");
        }
    }
}
