package org.memloop.sim.device;

import org.memloop.bench.Pulse.Polarity;

/**
 * Hold the flow of states under one pulse condition: the speed of the state at 2201 points, and how long the state takes
 * from one to the next.
 *
 * <p>Between points the speed is taken as exponential in the state, {@code r exp(b (s - s0))}, whose flow has a closed
 * form. A short pulse follows it from where the state is:
 *
 * <pre>
 *   displacement after t:   d = -ln(1 - b r t) / b          time for d:   t = (1 - exp(-b d)) / (b r)
 * </pre>
 *
 * A longer pulse adds its time to that at which the state passes, and looks up where it is then. Where the speed changes
 * its sign it is taken as linear in the state instead.
 */
public final class PulseTable {
    private static final int PER_CHANNEL = 200;
    private static final double STEP = 1.0 / PER_CHANNEL;
    private static final double SHORT_CHANNELS = 0.025;
    private static final double SMALL = 1e-2;
    /** The series for short pulses may come to this much more than the speeds between which it begins. */
    private static final double OVERSHOOT = 1.01;
    private static final int COLUMNS = 2;

    /** Speed and its logarithmic slope at each point; where the speed changes its sign there is none. */
    private final double[] table;
    /** For each interval, the highest speed of a state that starts there; infinite where the speed changes its sign. */
    private final double[] fastest;
    private final double lowest;
    private final int intervals;
    private final PassingTimes times;

    /**
     * Tabulate one condition.
     *
     * @param solver the technology
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @param gateVolts volts on the word line
     */
    public PulseTable(CellSolver solver, Polarity polarity, double columnVolts, double gateVolts) {
        CellPhysics cell = solver.technology().cell();
        lowest = cell.lowestState();
        intervals = (int) Math.ceil(cell.highestState() - lowest) * PER_CHANNEL;
        table = new double[COLUMNS * (intervals + 1)];
        double[] speed = new double[intervals + 1];
        for (int i = 0; i <= intervals; i++) {
            double state = lowest + i * STEP;
            speed[i] = solver.motion(state, polarity, columnVolts, gateVolts).perSecond();
        }
        for (int i = 0; i <= intervals; i++) {
            int before = Math.max(0, i - 1);
            int after = Math.min(intervals, i + 1);
            double ratio = speed[after] / speed[before];
            table[COLUMNS * i] = speed[i];
            table[COLUMNS * i + 1] = ratio > 0 ? Math.log(ratio) / STEP / (after - before) : Double.NaN;
        }
        fastest = fastest(speed);
        times = new PassingTimes(speed, STEP);
    }

    /** A state passes what lies ahead of it, and stops at the latest where the speed changes its sign. */
    private static double[] fastest(double[] speed) {
        double[] fastest = new double[speed.length - 1];
        for (int i = 0; i < fastest.length; i++) {
            boolean turns = Math.signum(speed[i]) * Math.signum(speed[i + 1]) <= 0;
            fastest[i] = turns ? Double.POSITIVE_INFINITY : Math.max(Math.abs(speed[i]), Math.abs(speed[i + 1]));
        }
        for (int i = 1; i < fastest.length; i++) {
            if (speed[i] < 0 && Double.isFinite(fastest[i - 1])) {
                fastest[i] = Math.max(fastest[i], fastest[i - 1]);
            }
        }
        for (int i = fastest.length - 2; i >= 0; i--) {
            if (speed[i + 1] > 0 && Double.isFinite(fastest[i + 1])) {
                fastest[i] = Math.max(fastest[i], fastest[i + 1]);
            }
        }
        return fastest;
    }

    /**
     * Bound how far a pulse can move a state, in much less time than {@link #displacement} takes.
     *
     * @param channels the state, within the model's range
     * @param seconds length of the pulse times the speed factor of the cell
     * @return at least the magnitude of the displacement, channels; infinite, or for no time not a number, when nothing is
     *         known
     */
    double mostDisplacement(double channels, double seconds) {
        int i = Math.min((int) ((channels - lowest) * PER_CHANNEL), intervals - 1);
        return OVERSHOOT * fastest[i] * seconds;
    }

    /**
     * Tell how far a pulse moves a state, on average over its shot noise.
     *
     * @param channels the state, within the model's range
     * @param seconds length of the pulse times the speed factor of the cell
     * @return displacement, channels; it ends at the ends of the range
     */
    public double displacement(double channels, double seconds) {
        double position = (channels - lowest) * PER_CHANNEL;
        int i = Math.min((int) position, intervals - 1);
        double part = position - i;
        int at = COLUMNS * i;
        double speed = table[at] + part * (table[at + COLUMNS] - table[at]);
        double slope = table[at + 1] + part * (table[at + COLUMNS + 1] - table[at + 1]);
        double y = speed * seconds;
        double z = slope * y;
        if (Math.abs(z) < SMALL && Math.abs(y) < SHORT_CHANNELS) { // not where there is no slope
            return y * (1 + z * (1.0 / 2 + z * (1.0 / 3 + z * (1.0 / 4))));
        }
        return (times.after(i, part, seconds) - position) * STEP;
    }
}
