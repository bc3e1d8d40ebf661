package org.memloop.sim.device;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.CellSolver.OperatingPoint;

/**
 * Find the operating point of a reading without iterating: at low volts and an open gate the cell is almost ohmic and
 * the transistor a square law. With the volts {@code d} on the transistor, {@code k = 1 + G Rs} and the overdrive
 * {@code o = Vg - Vt},
 *
 * <pre>
 *   ohmic cell    G (Vcol - d) / k = K (o d - d^2 / 2)                       a quadratic equation for d
 *   then          one Newton step of G sinh(a V) / a = K (o d - d^2 / 2),    d = Vcol - V - Rs I
 * </pre>
 *
 * {@link CellSolver} solves every other case, and this one to compare: they agree to 1e-5.
 */
public final class TriodeSolver {
    /** Up to here three terms of the series of sinh(x)/x leave out less than 1e-6. */
    private static final double MOST_NONLINEAR = 0.5;
    /** Up to here sinh(x)/x is 1 to 2e-7. */
    private static final double OHMIC = 1e-3;
    /** From here on, in thermal volts, the square law holds to 1e-7. */
    private static final double OPEN = 30;

    private final Technology technology;

    /**
     * Solve readings of one technology.
     *
     * @param technology its constants
     */
    public TriodeSolver(Technology technology) {
        this.technology = technology;
    }

    /**
     * Tell whether a pulse is low enough for every cell, and drives the line that readings drive.
     *
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @return whether it is; the gate has to be asked about for each cell
     */
    public boolean fits(Polarity polarity, double columnVolts) {
        double perVolt = Math.max(mostPerVolt(), technology.forming().virginFieldPerVolt());
        return polarity == Polarity.SET && columnVolts > 0 && perVolt * columnVolts <= MOST_NONLINEAR;
    }

    /**
     * Tell whether a transistor is open enough.
     *
     * @param overdriveVolts gate volts above the threshold
     * @param columnVolts volts on the driven line
     * @return whether the square law holds at both its ends
     */
    public boolean open(double overdriveVolts, double columnVolts) {
        return overdriveVolts - columnVolts >= OPEN * technology.transistor().thermalVolts();
    }

    /**
     * Solve the circuit of anything that conducts as {@code I = G sinh(a V) / a}, where the pulse fits and the
     * transistor is open.
     *
     * @param siemens G
     * @param perVolt a, 1/V
     * @param transconductance K of the transistor, amperes per square volt
     * @param overdriveVolts gate volts above its threshold
     * @param columnVolts volts on the driven line
     * @return volts and current
     */
    public OperatingPoint solve(double siemens, double perVolt, double transconductance, double overdriveVolts,
            double columnVolts) {
        double seriesOhms = technology.seriesOhms();
        double series = 1 + siemens * seriesOhms;
        double b = transconductance * overdriveVolts * series + siemens;
        double c = siemens * columnVolts;
        double drain = 2 * c / (b + Math.sqrt(b * b - 2 * transconductance * series * c));
        double ohmic = columnVolts - drain - transconductance * drain * (overdriveVolts - drain / 2) * seriesOhms;
        double x = perVolt * ohmic;
        if (x < OHMIC) {
            return new OperatingPoint(ohmic, siemens * ohmic);
        }
        double drainSlope = transconductance * (overdriveVolts - drain);
        double slope = siemens * (1 + x * x / 2 * (1 + x * x / 12));
        double excess = siemens * ohmic * nonlinear(x) * (1 + drainSlope * seriesOhms);
        double volts = ohmic - excess / (slope + drainSlope * (1 + slope * seriesOhms));
        return new OperatingPoint(volts, siemens * volts * (1 + nonlinear(perVolt * volts)));
    }

    /** {@return the non-linearity of the widest gap} */
    private double mostPerVolt() {
        CellPhysics cell = technology.cell();
        return Math.max(cell.perVolt(cell.lowestState() - 1), cell.perVolt(cell.highestState()));
    }

    /** {@return sinh(x)/x - 1} */
    private static double nonlinear(double x) {
        double square = x * x;
        return square / 6 * (1 + square / 20 * (1 + square / 42));
    }
}
