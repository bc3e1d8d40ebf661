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
     * Solve circuits of things that conduct as {@code I = G sinh(a V) / a}, where the pulse fits and the transistors are
     * open. Short loops without branches let the compiler use vectors.
     *
     * @param siemens G of each
     * @param perVolt a of each, 1/V
     * @param transconductance K of each transistor, amperes per square volt
     * @param overdriveVolts gate volts above each threshold
     * @param columnVolts volts on the driven line
     * @param from the first circuit
     * @param to after the last one
     * @param cellVolts takes the volts across each cell
     * @param amps takes the currents
     */
    public void solve(double[] siemens, double[] perVolt, double[] transconductance, double[] overdriveVolts,
            double columnVolts, int from, int to, double[] cellVolts, double[] amps) {
        double seriesOhms = technology.seriesOhms();
        drain(siemens, transconductance, overdriveVolts, columnVolts, seriesOhms, from, to, cellVolts);
        for (int i = from; i < to; i++) {
            double g = siemens[i];
            double k = transconductance[i];
            double drain = cellVolts[i];
            double ohmic = columnVolts - drain - k * drain * (overdriveVolts[i] - 0.5 * drain) * seriesOhms;
            double square = perVolt[i] * ohmic * (perVolt[i] * ohmic);
            double drainSlope = k * (overdriveVolts[i] - drain);
            double slope = g * (1 + square * (1.0 / 2 + square * (1.0 / 24)));
            double excess = g * ohmic * square * (1.0 / 6 + square * (1.0 / 120 + square * (1.0 / 5040)))
                    * (1 + drainSlope * seriesOhms);
            cellVolts[i] = ohmic - excess / (slope + drainSlope * (1 + slope * seriesOhms));
        }
        conduct(siemens, perVolt, from, to, cellVolts, amps);
    }

    /** Solve for the volts on the transistor of an ohmic cell. */
    private static void drain(double[] siemens, double[] transconductance, double[] overdriveVolts, double columnVolts,
            double seriesOhms, int from, int to, double[] drainVolts) {
        for (int i = from; i < to; i++) {
            double g = siemens[i];
            double series = transconductance[i] * (1 + g * seriesOhms);
            double b = series * overdriveVolts[i] + g;
            double c = 2 * (g * columnVolts);
            drainVolts[i] = c / (b + Math.sqrt(b * b - series * c));
        }
    }

    private static void conduct(double[] siemens, double[] perVolt, int from, int to, double[] cellVolts,
            double[] amps) {
        for (int i = from; i < to; i++) {
            double x = perVolt[i] * cellVolts[i];
            double square = x * x;
            amps[i] = siemens[i] * cellVolts[i]
                    * (1 + square * (1.0 / 6 + square * (1.0 / 120 + square * (1.0 / 5040))));
        }
    }

    /** {@return the non-linearity of the widest gap} */
    private double mostPerVolt() {
        CellPhysics cell = technology.cell();
        return Math.max(cell.perVolt(cell.lowestState() - 1), cell.perVolt(cell.highestState()));
    }
}
