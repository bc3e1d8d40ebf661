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
    private final CellRecords records;
    private final Fabrication made;

    Conduction(Technology technology, CellSolver solver, CellRecords records, Fabrication made) {
        this.technology = technology;
        this.solver = solver;
        this.records = records;
        this.made = made;
        readings = new TriodeSolver(technology);
        filament = new FilamentTable(technology);
    }

    /** {@return what a cell sees during a pulse that leaves it in its present state and arrangement} */
    OperatingPoint during(int cell, Condition condition) {
        double channels = records.get(cell, CHANNELS);
        double state = channels + technology.cycling().metastableChannels() * records.get(cell, ARRANGEMENT)
                * filament.thinness(channels);
        FilamentTable.Conductor formed = filament.conductor(state);
        boolean open = open(cell);
        double siemens = open ? made.virginSiemens[cell] : records.get(cell, CONDUCTANCE_FACTOR) * formed.siemens();
        double perVolt = open ? technology.forming().virginFieldPerVolt() : formed.perVolt();
        double columnVolts = condition.columnVolts();
        double overdriveVolts = condition.gateVolts() - records.get(cell, THRESHOLD_VOLTS);
        if (condition.reading() && readings.open(overdriveVolts, columnVolts)) {
            return readings.solve(siemens, perVolt, records.get(cell, TRANSCONDUCTANCE), overdriveVolts, columnVolts);
        }
        return solver.solve(siemens, perVolt, transistor(cell), condition.polarity(), columnVolts,
                condition.gateVolts());
    }

    /** {@return what a noiseless READ of a cell in its mean arrangement would give, worked out without tables, siemens} */
    double readSiemens(int cell) {
        double channels = records.get(cell, CHANNELS);
        boolean open = open(cell);
        double siemens = open
                ? made.virginSiemens[cell]
                : records.get(cell, CONDUCTANCE_FACTOR) * technology.cell().siemens(channels);
        double perVolt = open ? technology.forming().virginFieldPerVolt() : technology.cell().perVolt(channels);
        return solver.solve(siemens, perVolt, transistor(cell), Polarity.SET, Pulse.READ.columnVolts(),
                Pulse.READ.gateVolts()).amps() / Pulse.READ.columnVolts();
    }

    private boolean open(int cell) {
        int life = records.get(cell, LIFE);
        return life == CellState.VIRGIN.ordinal() || life == CellState.STUCK_HIGH.ordinal();
    }

    private Transistor transistor(int cell) {
        return new Transistor(records.get(cell, TRANSCONDUCTANCE), records.get(cell, THRESHOLD_VOLTS),
                technology.transistor().thermalVolts());
    }
}
