package org.memloop.sim.device;

import org.memloop.bench.Pulse.Polarity;

/** Follow the flow of states in 55,000 small steps, each at the speed of its middle: what {@link PulseTable} has to match. */
final class SteppedFlow {
    private static final int PER_CHANNEL = 5000;
    private static final int LOWEST = -3;
    private static final int HIGHEST = 8;
    private static final int STEPS = (HIGHEST - LOWEST) * PER_CHANNEL;

    private final double[] stepsPerSecond = new double[STEPS];

    SteppedFlow(CellSolver solver, Polarity polarity, double columnVolts, double gateVolts) {
        for (int i = 0; i < STEPS; i++) {
            double channels = LOWEST + (i + 0.5) / PER_CHANNEL;
            stepsPerSecond[i] = PER_CHANNEL
                    * solver.motion(channels, polarity, columnVolts, gateVolts).perSecond();
        }
    }

    /** {@return the state after a time} */
    double after(double from, double seconds) {
        double position = (from - LOWEST) * PER_CHANNEL;
        double left = seconds;
        int i = Math.min((int) position, STEPS - 1);
        boolean up = stepsPerSecond[i] > 0;
        while (i >= 0 && i < STEPS && stepsPerSecond[i] > 0 == up) {
            double way = (up ? i + 1 : i) - position;
            double takes = way / stepsPerSecond[i];
            if (takes > left) {
                position += left * stepsPerSecond[i];
                break;
            }
            left -= takes;
            position += way;
            i += up ? 1 : -1;
        }
        return LOWEST + position / PER_CHANNEL;
    }
}
