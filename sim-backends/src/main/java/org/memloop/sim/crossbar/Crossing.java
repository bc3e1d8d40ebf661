package org.memloop.sim.crossbar;

import org.memloop.sim.device.Transistor;

/** Say how the cell at a crossing conducts from its driven to its sensed line. */
@FunctionalInterface
public interface Crossing {
    /**
     * Tell what flows.
     *
     * @param cell its number, row by row
     * @param drivenVolts its driven line, against ground
     * @param sensedVolts its sensed line, against ground
     * @return current and slopes
     */
    Flow at(int cell, double drivenVolts, double sensedVolts);

    /**
     * State the current through a cell and how it changes.
     *
     * @param amps from the driven to the sensed line
     * @param drivenSiemens its increase with the volts of the driven line, 0 or more
     * @param sensedSiemens its decrease with the volts of the sensed line, 0 or more
     */
    record Flow(double amps, double drivenSiemens, double sensedSiemens) {}

    /**
     * Put a resistor at each crossing (1R).
     *
     * @param siemens conductance of each cell, row by row
     * @return the cells
     */
    static Crossing ohmic(double[] siemens) {
        return (cell, driven, sensed) -> new Flow(siemens[cell] * (driven - sensed), siemens[cell], siemens[cell]);
    }

    /**
     * Put a device and a transistor in series at each crossing (1T1R): driven line, device, drain, source, sensed line.
     *
     * @param devices what conducts as {@code I = G sinh(a V) / a}
     * @param transistor the transistor of each of them
     * @param gateVolts of each row, against ground
     * @param columns cells in a row
     * @return the cells
     */
    static Crossing gated(Devices devices, Transistor transistor, double[] gateVolts, int columns) {
        return (cell, driven, sensed) -> SeriesCell.flow(devices.siemens()[cell], devices.perVolt()[cell], transistor,
                gateVolts[cell / columns], driven, sensed);
    }

    /**
     * Hold what the devices of an array conduct, row by row.
     *
     * @param siemens G of each cell
     * @param perVolt a of each cell, 1/V; 0 where it is ohmic
     */
    record Devices(double[] siemens, double[] perVolt) {}
}
