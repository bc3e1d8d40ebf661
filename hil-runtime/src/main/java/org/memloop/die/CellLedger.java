package org.memloop.die;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.calibration.CellHealth;

/**
 * Keep what is known of every cell of one die: whether it formed or is stuck, the pulses of its whole life, the gate volts
 * of its last pulse, and its last conductance and when that was read.
 */
public final class CellLedger {
    private final Geometry geometry;
    private final CellHealth[] health;
    private final long[] setPulses;
    private final long[] resetPulses;
    private final long[] uncertainPulses;
    private final double[] gateVolts;
    private final double[] siemens;
    private final Instant[] read;

    /**
     * Begin with a die nothing is known of.
     *
     * @param geometry shape of its array
     */
    public CellLedger(Geometry geometry) {
        this.geometry = geometry;
        int cells = geometry.cells();
        health = new CellHealth[cells];
        setPulses = new long[cells];
        resetPulses = new long[cells];
        uncertainPulses = new long[cells];
        gateVolts = new double[cells];
        siemens = new double[cells];
        read = new Instant[cells];
    }

    /**
     * Hold what is known of one cell.
     *
     * @param health what was found of it, if anything
     * @param setPulses wearing pulses on its bit line
     * @param resetPulses wearing pulses on its source line
     * @param uncertainPulses pulses among those whose firing is not certain, because their program failed or was cut off
     * @param lastGateVolts gate of its last wearing pulse, if it had one
     * @param lastSiemens its last conductance, if it was read
     * @param lastRead when that was
     */
    public record Entry(Optional<CellHealth> health, long setPulses, long resetPulses, long uncertainPulses,
            OptionalDouble lastGateVolts, OptionalDouble lastSiemens, Optional<Instant> lastRead) {
        /** {@return the wearing pulses of the cell's whole life} */
        public long pulses() {
            return setPulses + resetPulses;
        }

        /** {@return whether the cell is known to have a filament} */
        public boolean formed() {
            return health.isPresent() && health.get() != CellHealth.NOT_FORMED;
        }
    }

    /** {@return the shape of the array} */
    public Geometry geometry() {
        return geometry;
    }

    /**
     * Tell what is known of a cell.
     *
     * @param cell its number
     * @return what is known
     */
    public Entry cell(int cell) {
        long pulses = setPulses[cell] + resetPulses[cell];
        return new Entry(Optional.ofNullable(health[cell]), setPulses[cell], resetPulses[cell], uncertainPulses[cell],
                pulses == 0 ? OptionalDouble.empty() : OptionalDouble.of(gateVolts[cell]),
                read[cell] == null ? OptionalDouble.empty() : OptionalDouble.of(siemens[cell]),
                Optional.ofNullable(read[cell]));
    }

    /**
     * Find cells.
     *
     * @param like what holds for them, by cell number
     * @return their numbers, ascending
     */
    public int[] cells(IntPredicate like) {
        return IntStream.range(0, geometry.cells()).filter(like).toArray();
    }

    /** {@return the cells known to be formed and to switch both ways, ascending} */
    public int[] healthyCells() {
        return cells(cell -> health[cell] == CellHealth.HEALTHY);
    }

    /**
     * Learn what was found of a cell. That a cell is formed does not make a stuck one healthy.
     *
     * @param cell its number
     * @param found what was found
     */
    public void found(int cell, CellHealth found) {
        boolean stuck = health[cell] == CellHealth.STUCK_HRS || health[cell] == CellHealth.STUCK_LRS;
        if (!(stuck && found == CellHealth.HEALTHY)) {
            health[cell] = found;
        }
    }

    /**
     * Charge pulses.
     *
     * @param program the batch
     * @param from first step
     * @param to index after the last step
     * @param uncertain whether it is not known that they were fired: they count as if they had been
     */
    void chargeSteps(PulseProgram program, int from, int to, boolean uncertain) {
        for (int step = from; step < to; step++) {
            charge(program, step, program.count(step), uncertain);
        }
    }

    /** Charge some of the pulses of a step. */
    void charge(PulseProgram program, int step, int count, boolean uncertain) {
        Pulse pulse = program.pulse(step);
        if (pulse.wears()) {
            int cell = program.cell(step);
            (pulse.polarity() == Polarity.SET ? setPulses : resetPulses)[cell] += count;
            uncertainPulses[cell] += uncertain ? count : 0;
            gateVolts[cell] = pulse.gateVolts();
        }
    }

    /** Keep the last reading of a cell. */
    void read(int cell, double conductanceSiemens, Instant when) {
        siemens[cell] = conductanceSiemens;
        read[cell] = when;
    }

    /** Add what one run did to the cells, or take it back: pulses are counted, last values are those of the run. */
    void add(CellLedger run, int sign) {
        for (int cell = 0; cell < health.length; cell++) {
            long pulses = run.setPulses[cell] + run.resetPulses[cell];
            setPulses[cell] += sign * run.setPulses[cell];
            resetPulses[cell] += sign * run.resetPulses[cell];
            uncertainPulses[cell] += sign * run.uncertainPulses[cell];
            if (sign > 0 && pulses > 0) {
                gateVolts[cell] = run.gateVolts[cell];
            }
            if (sign > 0 && run.read[cell] != null) {
                read(cell, run.siemens[cell], run.read[cell]);
            }
        }
    }

    /**
     * Add what a run did to the cells.
     *
     * @param run its tally
     */
    public void add(JournalTally run) {
        add(run.cells(), 1);
    }

    /** {@return the wearing pulses of the whole life of every cell, by cell number} */
    public long[] pulses() {
        return IntStream.range(0, health.length).mapToLong(cell -> setPulses[cell] + resetPulses[cell]).toArray();
    }

    /** {@return a ledger of its own that says the same} */
    public CellLedger copy() {
        CellLedger copy = new CellLedger(geometry);
        IntStream.range(0, health.length).forEach(cell -> copy.restore(cell, cell(cell)));
        return copy;
    }

    /** Put back what a file says. */
    void restore(int cell, Entry entry) {
        health[cell] = entry.health().orElse(null);
        setPulses[cell] = entry.setPulses();
        resetPulses[cell] = entry.resetPulses();
        uncertainPulses[cell] = entry.uncertainPulses();
        gateVolts[cell] = entry.lastGateVolts().orElse(0);
        siemens[cell] = entry.lastSiemens().orElse(0);
        read[cell] = entry.lastRead().orElse(null);
    }
}
