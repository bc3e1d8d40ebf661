package org.memloop.calibration;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;

/**
 * Program cells to a target conductance from both sides: read, and while a cell is off by more than the tolerance give it
 * one SET or RESET pulse and read again. Pulses in the same direction grow step by step (incremental step pulse
 * programming): the gate of a SET, which limits its current, and the column of a RESET. When a cell has been passed, its
 * pulses in the other direction begin two steps below where they last were. A target outside the bench's limits is refused
 * before anything is pulsed.
 *
 * <pre>
 *   G &lt; target - tolerance    SET    gate   = min(from + n * step, to)
 *   G &gt; target + tolerance    RESET  column = min(from + n * step, to)
 * </pre>
 *
 * @param targetSiemens where to
 * @param toleranceSiemens how far off is good enough
 * @param attempts the most pulses of one cell, at least 1
 * @param set the SET pulse; the ramp replaces its gate volts
 * @param setGate gate volts of SET pulses
 * @param reset the RESET pulse; the ramp replaces its column volts
 * @param resetColumn column volts of RESET pulses
 * @param settleSeconds how long cells rest between a pulse and its verification: half of what a cell will relax shows
 *        within a second, a verification right after the pulse is optimistic
 * @param holdSeconds how long the finished cells rest before their last reading, which only reports; 0 for no such reading
 * @param mostOhms a target of more than this is refused: pushing on towards it breaks cells
 */
public record WriteVerify(double targetSiemens, double toleranceSiemens, int attempts, Pulse set, Ramp setGate,
        Pulse reset, Ramp resetColumn, double settleSeconds, double holdSeconds, double mostOhms) implements Procedure {
    /** 60 uS within 3 uS, for the cells of the thesis. */
    public static final WriteVerify USUAL = new WriteVerify(60e-6, 3e-6, 50,
            new Pulse("SET", Polarity.SET, 2.0, 1.2, 1e-6, false), new Ramp(1.2, 3.0, 0.05),
            new Pulse("RESET", Polarity.RESET, 0.9, 4.5, 1e-6, false), new Ramp(0.9, 1.8, 0.02), 0, 1, 300e3);

    private static final int STEPS_BACK = 2;
    /** Of which one program holds at most 127. */
    private static final int DIFFERENT_PULSES = 100;

    /** Refuse targets that harm and ramps that cannot act. */
    public WriteVerify {
        Require.that(targetSiemens > 0 && toleranceSiemens > 0, "target and tolerance must be more than 0 S");
        Require.that(attempts >= 1, "attempts must be at least 1, not " + attempts);
        Require.that(settleSeconds >= 0 && holdSeconds >= 0, "times must not be below 0 s");
        Require.that(1 / targetSiemens <= mostOhms, "a target of " + Math.round(1 / targetSiemens)
                + " ohm is above most of " + Math.round(mostOhms) + " ohm; pushing cells so far breaks them");
        Require.polarity(set, Polarity.SET);
        Require.polarity(reset, Polarity.RESET);
    }

    @Override
    public String name() {
        return "write-verify";
    }

    @Override
    public void run(Site site, int... cells) {
        site.bench().capabilities().limits().checkTarget(1 / targetSiemens);
        double[] siemens = site.read(cells);
        Levels levels = new Levels(cells.length);
        int[] left = off(siemens, IntStream.range(0, cells.length).toArray());
        for (int attempt = 0; attempt < attempts && left.length > 0; attempt++) {
            site.progress("write-verify", attempt, attempts);
            fire(site, cells, left, siemens, levels);
            site.rest(settleSeconds);
            double[] after = site.read(IntStream.of(left).map(i -> cells[i]).toArray());
            for (int i = 0; i < left.length; i++) {
                siemens[left[i]] = after[i];
            }
            left = off(siemens, left);
        }
        site.progress("write-verify", attempts, attempts);
        double[] last = siemens;
        if (holdSeconds > 0) {
            site.rest(holdSeconds);
            last = site.read(cells);
        }
        for (int i = 0; i < cells.length; i++) {
            boolean there = Math.abs(siemens[i] - targetSiemens) <= toleranceSiemens;
            boolean stayed = Math.abs(last[i] - targetSiemens) <= toleranceSiemens;
            site.judge(cells[i], there ? Verdict.Result.REACHED : Verdict.Result.MISSED, last[i],
                    there ? stayed ? "on target" : "on target and then off" : "not on target");
        }
    }

    private int[] off(double[] siemens, int[] among) {
        return IntStream.of(among).filter(i -> !(Math.abs(siemens[i] - targetSiemens) <= toleranceSiemens)).toArray();
    }

    /** Equal pulses go together, lowest first, so that instruments are set once for each height. */
    private void fire(Site site, int[] cells, int[] left, double[] siemens, Levels levels) {
        Map<Pulse, IntStream.Builder> groups = new TreeMap<>(Comparator.comparing(Pulse::polarity)
                .thenComparing(Pulse::gateVolts).thenComparing(Pulse::columnVolts));
        for (int i : left) {
            boolean up = siemens[i] < targetSiemens;
            int level = levels.next(i, up);
            Pulse pulse = up
                    ? Pulses.withGate(set, setGate.volts(level))
                    : Pulses.withColumn(reset, resetColumn.volts(level));
            groups.computeIfAbsent(pulse, _ -> IntStream.builder()).add(cells[i]);
        }
        PulseProgram.Builder program = PulseProgram.builder();
        int different = 0;
        for (Map.Entry<Pulse, IntStream.Builder> group : groups.entrySet()) {
            program.addAll(group.getValue().build().toArray(), group.getKey());
            if (++different % DIFFERENT_PULSES == 0) {
                site.run(program.build());
                program = PulseProgram.builder();
            }
        }
        site.run(program.build());
    }

    /** How far the pulses of each cell have grown, in either direction. */
    private final class Levels {
        private final int[] up;
        private final int[] down;
        private final byte[] last;

        Levels(int cells) {
            up = new int[cells];
            down = new int[cells];
            last = new byte[cells];
        }

        int next(int cell, boolean upwards) {
            int[] levels = upwards ? up : down;
            int most = (upwards ? setGate : resetColumn).levels() - 1;
            byte direction = (byte) (upwards ? 1 : -1);
            if (last[cell] == direction) {
                levels[cell] = Math.min(levels[cell] + 1, most);
            } else if (last[cell] != 0) {
                levels[cell] = Math.max(levels[cell] - STEPS_BACK, 0);
            }
            last[cell] = direction;
            return levels[cell];
        }
    }
}
