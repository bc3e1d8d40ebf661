package org.memloop.sim.instrument;

/**
 * Force volts or a current through the selected cells as a source-measure unit does: slowly, with a loop that holds the
 * current at its limit. The cell lives through every microsecond of it, in steps:
 *
 * <pre>
 *   while time is left:   apply the volts for a step, look at the current at its end
 *        above the limit          lower the volts, by the more the farther it is above
 *        below, volts too low     raise them, by at most 0.1 V, towards what is wanted
 * </pre>
 *
 * Within one step nothing limits the current but the circuit: as with real units, a filament that grows faster than
 * that overshoots, and only the transistor holds it back. A forced current is a limit below unreachable volts.
 */
final class QuasiStaticDrive {
    private static final double SHORTEST_SECONDS = 2e-6;
    private static final double STEP_SECONDS = 20e-6;
    private static final int STEPS_MAX = 200;
    private static final int MOST_STEPS = 2000;
    /** Volts the loop tries lie on a grid, so that those that come again are known. */
    private static final double GRID_VOLTS = 10e-3;
    private static final int SLEW_GRIDS = 10;

    /**
     * State where the circuit has come to.
     *
     * @param volts from the column net to the return net
     * @param amps into the column net
     * @param limited whether the current is at its limit, and the volts not what was wanted
     */
    record Point(double volts, double amps, boolean limited) {}

    private final Wiring wiring;
    private double volts;

    QuasiStaticDrive(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Begin at 0 V again. */
    void release() {
        volts = 0;
    }

    /**
     * Drive for some time, which passes.
     *
     * @param wantedVolts from the column net to the return net
     * @param limitAmps magnitude of the current not to exceed
     * @param gateVolts gate net above the return net
     * @param seconds how long
     */
    Point hold(double wantedVolts, double limitAmps, double gateVolts, double seconds) {
        if (volts * wantedVolts < 0) {
            volts = 0;
        }
        double longest = Math.max(STEP_SECONDS, seconds / STEPS_MAX);
        double amps = 0;
        double left = seconds;
        double step = SHORTEST_SECONDS;
        volts = towards(wantedVolts, 0, limitAmps);
        for (int i = 0; i < MOST_STEPS; i++) {
            boolean last = left <= step || i == MOST_STEPS - 1;
            double now = last ? left : step;
            amps = wiring.drive(volts, gateVolts, now);
            wiring.advance(now);
            left -= now;
            if (last) {
                break;
            }
            double next = towards(wantedVolts, amps, limitAmps);
            step = next == volts ? Math.min(2 * step, longest) : SHORTEST_SECONDS;
            volts = next;
        }
        boolean limited = volts != wantedVolts;
        return new Point(volts, limited ? Math.copySign(Math.min(Math.abs(amps), limitAmps), amps) : amps, limited);
    }

    /** {@return the volts to try next} */
    private double towards(double wantedVolts, double amps, double limitAmps) {
        double sign = Math.signum(wantedVolts);
        double wanted = Math.abs(wantedVolts);
        long grid = Math.round(Math.abs(volts) / GRID_VOLTS);
        double ratio = Math.abs(amps) / limitAmps;
        if (ratio > 1) {
            long lower = Math.max(1, Math.round(grid * (1 - 1 / ratio) / 2));
            return sign * Math.max(0, grid - lower) * GRID_VOLTS;
        }
        if (Math.abs(volts) > wanted) {
            return wantedVolts;
        }
        double room = ratio == 0 ? Double.POSITIVE_INFINITY : 1 / ratio - 1;
        long higher = (long) Math.min(SLEW_GRIDS, Math.max(grid, 1) * room / 2);
        double tried = (grid + higher) * GRID_VOLTS;
        return tried >= wanted || wanted - tried < GRID_VOLTS / 2 && higher > 0
                ? wantedVolts
                : higher == 0
                        ? volts
                        : sign * tried;
    }
}
