package org.memloop.bench;

/**
 * Admit or refuse whole programs: every step must lie on the array, be one the bench can do and within the limits, and
 * no cell may get more wearing pulses than its budget. Every bench asks its safeguard before it does anything with a program.
 */
public final class Safeguard {
    private final Geometry geometry;
    private final Limits limits;
    private final Operations operations;
    private final long[] fired;

    /**
     * Guard an array that can do any pulse within its limits.
     *
     * @param geometry shape of the array
     * @param limits what may not be exceeded
     */
    public Safeguard(Geometry geometry, Limits limits) {
        this(geometry, limits, Operations.ANY);
    }

    /**
     * Guard the array of a bench.
     *
     * @param capabilities what the bench is and can do
     */
    public Safeguard(Capabilities capabilities) {
        this(capabilities.geometry(), capabilities.limits(), capabilities.operations());
    }

    private Safeguard(Geometry geometry, Limits limits, Operations operations) {
        this.geometry = geometry;
        this.limits = limits;
        this.operations = operations;
        this.fired = new long[geometry.cells()];
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
        program.pulses().forEach(limits::check);
        for (int step = 0; step < program.size(); step++) {
            if (!geometry.contains(program.cell(step))) {
                takeBack(program, step);
                throw new LimitException("step " + step + ": cell " + program.cell(step) + " is not on the " + geometry
                        + " array; nothing was fired");
            }
            if (program.pulse(step).wears()) {
                int cell = program.cell(step);
                fired[cell] += program.count(step);
                if (fired[cell] > limits.pulsesPerCellMax()) {
                    long wanted = fired[cell];
                    takeBack(program, step + 1);
                    throw new LimitException(
                            "step " + step + ": " + geometry.describe(cell) + " would have had " + wanted
                                    + " pulses, its budget is " + limits.pulsesPerCellMax() + "; nothing was fired");
                }
            }
        }
    }

    private void takeBack(PulseProgram program, int steps) {
        for (int step = 0; step < steps; step++) {
            if (program.pulse(step).wears()) {
                fired[program.cell(step)] -= program.count(step);
            }
        }
    }

    /**
     * Tell how many wearing pulses a cell was admitted so far.
     *
     * @param cell the cell's number
     * @return pulses
     */
    public long fired(int cell) {
        return fired[cell];
    }
}
