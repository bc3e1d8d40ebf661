package org.memloop.sim.array;

import static org.memloop.sim.array.CellRecords.ARRANGEMENT;
import static org.memloop.sim.array.CellRecords.CHANNELS;
import static org.memloop.sim.array.CellRecords.CONDUCTANCE_FACTOR;
import static org.memloop.sim.array.CellRecords.LIFE;
import static org.memloop.sim.array.CellRecords.THRESHOLD_VOLTS;
import static org.memloop.sim.array.CellRecords.TRANSCONDUCTANCE;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.CellSolver.OperatingPoint;
import org.memloop.sim.device.FilamentTable;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.Transistor;
import org.memloop.sim.device.TriodeSolver;

/** Solve the circuit of each cell: its own filament, or its own oxide while there is none, and its own transistor. */
final class Conduction {
    private final Technology technology;
    private final CellSolver solver;
    private final TriodeSolver readings;
    private final FilamentTable filament;
    private final double metastableChannels;
    private final CellRecords records;
    private final Fabrication made;

    Conduction(Technology technology, CellSolver solver, CellRecords records, Fabrication made) {
        this.technology = technology;
        this.solver = solver;
        this.records = records;
        this.made = made;
        readings = new TriodeSolver(technology);
        filament = new FilamentTable(technology);
        metastableChannels = technology.cycling().metastableChannels();
    }

    /** {@return the volts across the oxide of a virgin cell during a pulse} */
    double virginVolts(int cell, Condition condition) {
        return virginVolts(cell, condition.polarity(), condition.columnVolts(), condition.gateVolts());
    }

    /** {@return the same for a gate of other volts} */
    double virginVolts(int cell, Polarity polarity, double columnVolts, double gateVolts) {
        return solver.solve(made.virginSiemens[cell], technology.forming().virginFieldPerVolt(), transistor(cell),
                polarity, columnVolts, gateVolts).cellVolts();
    }

    /** Write down what conducts during a pulse that leaves its cell in its present state and arrangement. */
    void describe(Batch batch, int pulse, Condition condition) {
        int cell = batch.cells[pulse];
        double channels = records.get(cell, CHANNELS);
        double state = channels + metastableChannels * records.get(cell, ARRANGEMENT) * filament.thinness(channels);
        FilamentTable.Conductor formed = filament.conductor(state);
        batch.siemens[pulse] = records.get(cell, CONDUCTANCE_FACTOR) * formed.siemens();
        batch.perVolt[pulse] = formed.perVolt();
        if (open(records.get(cell, LIFE))) {
            batch.siemens[pulse] = made.virginSiemens[cell];
            batch.perVolt[pulse] = technology.forming().virginFieldPerVolt();
        }
        batch.transconductance[pulse] = records.get(cell, TRANSCONDUCTANCE);
        batch.overdriveVolts[pulse] = condition.gateVolts() - records.get(cell, THRESHOLD_VOLTS);
    }

    /** Find volts and currents of some pulses of a batch that are described. */
    void solve(Batch batch, int from, int to, Condition condition) {
        if (condition.reading()) {
            readings.solve(batch.siemens, batch.perVolt, batch.transconductance, batch.overdriveVolts,
                    condition.columnVolts(), from, to, batch.cellVolts, batch.amps);
        }
        for (int i = from; i < to; i++) {
            if (!condition.reading() || !readings.open(batch.overdriveVolts[i], condition.columnVolts())) {
                OperatingPoint point = solver.solve(batch.siemens[i], batch.perVolt[i], transistor(batch.cells[i]),
                        condition.polarity(), condition.columnVolts(), condition.gateVolts());
                batch.cellVolts[i] = point.cellVolts();
                batch.amps[i] = point.amps();
            }
        }
    }

    /** {@return what a noiseless READ of a cell in its mean arrangement would give, worked out without tables, siemens} */
    double readSiemens(int cell) {
        return readSiemens(cell, records.get(cell, CHANNELS), open(records.get(cell, LIFE)));
    }

    /** {@return the same of a cell that is in another state, or still without a filament} */
    double readSiemens(int cell, double channels, boolean open) {
        double siemens = open
                ? made.virginSiemens[cell]
                : records.get(cell, CONDUCTANCE_FACTOR) * technology.cell().siemens(channels);
        double perVolt = open ? technology.forming().virginFieldPerVolt() : technology.cell().perVolt(channels);
        return solver.solve(siemens, perVolt, transistor(cell), Polarity.SET, Pulse.READ.columnVolts(),
                Pulse.READ.gateVolts()).amps() / Pulse.READ.columnVolts();
    }

    private static boolean open(int life) {
        return life == CellState.VIRGIN.ordinal() || life == CellState.STUCK_HIGH.ordinal();
    }

    private Transistor transistor(int cell) {
        return new Transistor(records.get(cell, TRANSCONDUCTANCE), records.get(cell, THRESHOLD_VOLTS),
                technology.transistor().thermalVolts());
    }
}
