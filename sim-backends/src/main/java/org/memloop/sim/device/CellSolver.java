package org.memloop.sim.device;

import org.memloop.bench.Pulse.Polarity;

/**
 * Find how the applied volts share out between a cell, its transistor and the line resistance.
 *
 * <pre>
 *   SET, read, forming    column -- Rs -- cell (V) -- drain [NMOS] source -- ground
 *   RESET                 column -- Rs -- drain [NMOS] source -- cell (V) -- ground
 * </pre>
 */
public final class CellSolver {
    private static final double TOLERANCE_VOLTS = 1e-11;
    private static final int MOST_ITERATIONS = 200;

    private final Technology technology;

    /**
     * Solve cells of one technology.
     *
     * @param technology its constants
     */
    public CellSolver(Technology technology) {
        this.technology = technology;
    }

    /** {@return the technology} */
    public Technology technology() {
        return technology;
    }

    /**
     * State what a cell sees during a pulse.
     *
     * @param cellVolts volts across the cell alone, a magnitude
     * @param amps current through it, a magnitude
     */
    public record OperatingPoint(double cellVolts, double amps) {}

    /**
     * State what a pulse does to a nominal cell.
     *
     * @param point volts and current
     * @param kelvin temperature of the cell
     * @param perSecond speed of its state, 1/s
     */
    public record Motion(OperatingPoint point, double kelvin, double perSecond) {}

    /**
     * Solve the circuit for anything that conducts as {@code I = G sinh(a V) / a}.
     *
     * @param siemens G
     * @param perVolt a, 1/V
     * @param transistor the transistor in series
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @param gateVolts volts on the word line
     * @return volts and current
     */
    public OperatingPoint solve(double siemens, double perVolt, Transistor transistor, Polarity polarity,
            double columnVolts, double gateVolts) {
        boolean set = polarity == Polarity.SET;
        double series = technology.seriesOhms();
        double openOhms = series
                + 1 / (2 * transistor.transconductanceAmpsPerSquareVolt()
                        * Math.max(0.05, gateVolts - transistor.thresholdVolts()));
        double grounded = transistor.side(gateVolts, 0);
        double low = 0;
        double high = columnVolts;
        double volts = columnVolts / (1 + siemens * openOhms);
        double amps = 0;
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            double x = perVolt * volts;
            double e = Math.exp(x);
            // the difference of two nearly equal numbers is no good for an almost ohmic cell
            amps = x < 1e-3 ? siemens * volts * (1 + x * x / 6) : siemens * (e - 1 / e) / (2 * perVolt);
            double slope = siemens * (e + 1 / e) / 2;
            double source = set ? grounded : transistor.side(gateVolts, volts);
            double drain = transistor.side(gateVolts, set
                    ? columnVolts - volts - amps * series
                    : columnVolts - amps * series);
            double excess = amps - (source - drain);
            double drainSlope = transistor.slope(drain);
            double rise = set
                    ? slope + drainSlope * (1 + slope * series)
                    : slope + transistor.slope(source) + drainSlope * slope * series;
            if (excess > 0) {
                high = volts;
            } else {
                low = volts;
            }
            double next = volts - excess / rise;
            if (!(next >= low && next <= high)) {
                next = (low + high) / 2;
            }
            double moved = Math.abs(next - volts);
            volts = next;
            if (moved < TOLERANCE_VOLTS) {
                break;
            }
        }
        return new OperatingPoint(volts, amps);
    }

    /**
     * Tell what a pulse does to a nominal cell behind a nominal transistor.
     *
     * @param state its state
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @param gateVolts volts on the word line
     * @return volts, current, temperature and speed
     */
    public Motion motion(double state, Polarity polarity, double columnVolts, double gateVolts) {
        CellPhysics cell = technology.cell();
        OperatingPoint point = solve(cell.siemens(state), cell.perVolt(state), technology.transistor(), polarity,
                columnVolts, gateVolts);
        return cell.motion(state, point, polarity);
    }
}
