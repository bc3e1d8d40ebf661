package org.memloop.bench;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Admit or refuse whole programs: every step must lie on the array, be one the bench can do and within the limits, no
 * cell may get more wearing pulses than its budget, and none may be driven further than it may be. Every bench asks its
 * safeguard before it does anything with a program.
 */
public final class Safeguard {
    private final Geometry geometry;
    private final Limits limits;
    private final Operations operations;
    private final double pauseSeconds;
    private final long[] fired;
    /** Resistance of each cell as last read, ohms; not a number when a wearing pulse came since. Empty without targets. */
    private final float[] ohms;

    /**
     * Guard an array that can do any pulse within its limits.
     *
     * @param geometry shape of the array
     * @param limits what may not be exceeded
     */
    public Safeguard(Geometry geometry, Limits limits) {
        this(new Capabilities("", geometry, limits, new Capabilities.ReadAccuracy(0, 0), List.of()));
    }

    /**
     * Guard the array of a bench.
     *
     * @param capabilities what the bench is and can do
     */
    public Safeguard(Capabilities capabilities) {
        this(capabilities, new long[0]);
    }

    /**
     * Guard the array of a bench whose cells have a past.
     *
     * @param capabilities what the bench is and can do
     * @param already how many wearing pulses each cell had before, by cell number; empty for none
     */
    public Safeguard(Capabilities capabilities, long... already) {
        geometry = capabilities.geometry();
        limits = capabilities.limits();
        operations = capabilities.operations();
        pauseSeconds = capabilities.pauseSeconds();
        if (already.length != 0 && already.length != geometry.cells()) {
            throw new IllegalArgumentException("the past of " + already.length + " cells does not fit a " + geometry
                    + " array");
        }
        fired = Arrays.copyOf(already, geometry.cells());
        ohms = new float[limits.stress().limitsTargets() ? geometry.cells() : 0];
        Arrays.fill(ohms, Float.NaN);
    }

    /**
     * Check a whole program and, when all of it is allowed, charge it to the budgets of its cells. A refused program
     * charges nothing.
     *
     * @param program the batch about to be fired
     * @throws LimitException naming the step, the cell and the limit
     */
    public void admit(PulseProgram program) {
        program.pulses().forEach(operations::check);
        program.pulses().forEach(pulse -> limits.check(pulse, pauseSeconds));
        for (int from = 0; from < program.size();) {
            int to = program.segmentEnd(from);
            charge(program, from, to);
            from = to;
        }
        if (ohms.length > 0) {
            admitTargets(program);
        }
    }

    /** Charge a segment to the budgets of its cells, or take back all of the program so far. */
    private void charge(PulseProgram program, int from, int to) {
        boolean wears = program.pulse(from).wears();
        long most = limits.pulsesPerCellMax();
        for (int step = from; step < to; step++) {
            int cell = program.cell(step);
            if (!geometry.contains(cell)) {
                takeBack(program, step);
                throw new LimitException("step " + step + ": cell " + cell + " is not on the " + geometry
                        + " array; nothing was fired");
            }
            if (wears) {
                fired[cell] += program.count(step);
                if (fired[cell] > most) {
                    long wanted = fired[cell];
                    takeBack(program, step + 1);
                    throw new LimitException("step " + step + ": " + geometry.describe(cell) + " would have had "
                            + wanted + " pulses, its budget is " + most + "; nothing was fired");
                }
            }
        }
    }

    /** A cell that was read beyond where it may be is not driven further; what happens to it in between is not known. */
    private void admitTargets(PulseProgram program) {
        BitSet moved = new BitSet();
        for (int step = 0; step < program.size(); step++) {
            int cell = program.cell(step);
            if (!program.pulse(step).wears() || moved.get(cell)) {
                continue;
            }
            boolean set = program.pulse(step).polarity() == Pulse.Polarity.SET;
            if (set ? ohms[cell] < limits.stress().targetOhmsMin() : ohms[cell] > limits.stress().targetOhmsMax()) {
                takeBack(program, program.size());
                throw new LimitException(String.format(Locale.ROOT,
                        "step %d: %s read %.4g ohm and may not be driven %s %.4g ohm; nothing was fired", step,
                        geometry.describe(cell), ohms[cell], set ? "below" : "above",
                        set ? limits.stress().targetOhmsMin() : limits.stress().targetOhmsMax()));
            }
            moved.set(cell);
        }
        moved.stream().forEach(cell -> ohms[cell] = Float.NaN);
    }

    private void takeBack(PulseProgram program, int steps) {
        for (int step = 0; step < steps; step++) {
            if (program.pulse(step).wears()) {
                fired[program.cell(step)] -= program.count(step);
            }
        }
    }

    /**
     * Take note of what an admitted program measured: how far its cells are, and whether any current was too high.
     *
     * @param program the program
     * @param readings its readings
     * @throws LimitException when a current was above the limit; it was fired then
     */
    public void observe(PulseProgram program, Readings readings) {
        double ampsMax = limits.stress().ampsMax();
        if (ohms.length == 0 && Double.isInfinite(ampsMax)) {
            return;
        }
        for (int i = 0; i < readings.size(); i++) {
            int step = readings.step(i);
            if (Math.abs(readings.amps(i)) > ampsMax) {
                throw LimitException.measured(String.format(Locale.ROOT,
                        "step %d: %s drew %.4g A with pulse %s, above the limit of %.4g A; no more is fired", step,
                        geometry.describe(program.cell(step)), readings.amps(i), program.pulse(step).name(), ampsMax));
            }
            if (ohms.length > 0 && !program.pulse(step).wears()) {
                ohms[program.cell(step)] = (float) Math.abs(readings.volts(i) / readings.amps(i));
            }
        }
        if (ohms.length > 0) {
            forgetLaterPulsed(program, readings);
        }
    }

    /** A reading says nothing of a cell that the same program pulsed afterwards. */
    private void forgetLaterPulsed(PulseProgram program, Readings readings) {
        int[] lastRead = new int[geometry.cells()];
        Arrays.fill(lastRead, Integer.MAX_VALUE);
        for (int i = 0; i < readings.size(); i++) {
            lastRead[program.cell(readings.step(i))] = readings.step(i);
        }
        for (int step = 0; step < program.size(); step++) {
            if (program.pulse(step).wears() && step >= lastRead[program.cell(step)]) {
                ohms[program.cell(step)] = Float.NaN;
            }
        }
    }

    /**
     * Tell how many wearing pulses a cell was admitted so far, those of its past among them.
     *
     * @param cell the cell's number
     * @return pulses
     */
    public long fired(int cell) {
        return fired[cell];
    }
}
