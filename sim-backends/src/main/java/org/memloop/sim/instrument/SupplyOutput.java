package org.memloop.sim.instrument;

import java.util.random.RandomGenerator;

/**
 * Be one output of a supply: a voltage source that becomes a current source at its limit, with protection that trips.
 *
 * <pre>
 *   load draws V G <= limit    constant voltage, V as set
 *              V G >  limit    constant current, limit / G at the terminals; trips when over-current protection is on
 *   V above the over-voltage level            trips
 * </pre>
 */
final class SupplyOutput implements PowerSource {
    /** Say how an output regulates. */
    enum Regulation {
        OFF,
        CONSTANT_VOLTAGE,
        CONSTANT_CURRENT
    }

    /**
     * State what an output can do.
     *
     * @param name its name, for example {@code P6V}
     * @param sign 1, or -1 for an output below ground
     * @param volts its rating, a magnitude
     * @param amps its rating
     */
    record Rating(String name, int sign, double volts, double amps) {
        /** What may be programmed beyond the rating. */
        static final double OVERRANGE = 1.03;
        /** How high over-voltage protection may be set. */
        static final double PROTECTION = 1.1;
    }

    private static final double VOLTS_STEP = 1e-3;
    private static final double GAIN_ERROR = 1e-4;
    private static final double OFFSET_VOLTS = 0.5e-3;
    private static final double NOISE_VOLTS = 0.1e-3;
    private static final double NOISE_AMPS = 50e-6;

    private final Wiring wiring;
    private final String role;
    private final Rating rating;
    private final RandomGenerator random;
    private final double gain;
    private final double offsetVolts;
    double setVolts;
    double limitAmps;
    double overVolts;
    private boolean on;
    boolean overCurrent;
    double overCurrentSeconds;
    double riseSeconds;
    double fallSeconds;
    private final SupplyRamp ramp = new SupplyRamp();
    private boolean unplugged;
    private boolean overVoltsTripped;
    private boolean overCurrentTripped;

    SupplyOutput(Wiring wiring, String role, Rating rating, RandomGenerator random) {
        this.wiring = wiring;
        this.role = role;
        this.rating = rating;
        this.random = random;
        gain = 1 + GAIN_ERROR * random.nextGaussian();
        offsetVolts = OFFSET_VOLTS * random.nextGaussian();
        reset();
    }

    Rating rating() {
        return rating;
    }

    boolean on() {
        return on;
    }

    void turn(boolean wanted) {
        if (on != wanted) {
            on = wanted;
            wiring.note(role, "output " + rating.name() + (wanted ? " on" : " off"));
            openVolts();
        }
    }

    void reset() {
        setVolts = 0;
        limitAmps = rating.amps();
        overVolts = rating.volts() * Rating.PROTECTION;
        turn(false);
        overCurrent = false;
        overCurrentSeconds = 0;
        riseSeconds = 0;
        fallSeconds = 0;
        clearTrips();
    }

    /** {@return what restores the settings to what they are now, with the output off} */
    Runnable kept() {
        double volts = setVolts;
        double amps = limitAmps;
        double over = overVolts;
        boolean current = overCurrent;
        double[] seconds = {overCurrentSeconds, riseSeconds, fallSeconds};
        return () -> {
            setVolts = volts;
            limitAmps = amps;
            overVolts = over;
            overCurrent = current;
            overCurrentSeconds = seconds[0];
            riseSeconds = seconds[1];
            fallSeconds = seconds[2];
            turn(false);
        };
    }

    /** Protect, after something has changed. */
    void protect() {
        openVolts(); // from now on it is on its way
        if (on && Math.abs(setVolts) > overVolts) {
            overVoltsTripped = true;
        }
        if (overCurrent && regulation() == Regulation.CONSTANT_CURRENT) {
            overCurrentTripped = true;
        }
    }

    @Override
    public void meetPulse() {
        protect();
        boolean off = wiring.strikes(role, Fault.UNPLUGGED);
        if (off != unplugged) {
            unplugged = off;
            wiring.powerChanged();
        }
        if (live() && wiring.strikes(role, Fault.SUPPLY_TRIP)) {
            overVoltsTripped = true;
            wiring.powerChanged();
        }
    }

    private boolean live() {
        return on && !tripped();
    }

    boolean tripped() {
        return overVoltsTripped || overCurrentTripped;
    }

    boolean overVoltsTripped() {
        return overVoltsTripped;
    }

    boolean overCurrentTripped() {
        return overCurrentTripped;
    }

    void clearTrips() {
        overVoltsTripped = false;
        overCurrentTripped = false;
    }

    private double programmedVolts() {
        double rounded = Math.round(setVolts / VOLTS_STEP) * VOLTS_STEP;
        return rounded == 0 ? 0 : rounded * gain + offsetVolts;
    }

    /** {@return the volts at open terminals, on their way to what is programmed where outputs take their time} */
    private double openVolts() {
        double wanted = live() ? programmedVolts() : 0;
        return wiring.settles() ? ramp.volts(wanted, wiring.nowSeconds(), on ? riseSeconds : fallSeconds) : wanted;
    }

    Regulation regulation() {
        double demand = Math.abs(programmedVolts()) * loadSiemens();
        return !live()
                ? Regulation.OFF
                : demand > limitAmps ? Regulation.CONSTANT_CURRENT : Regulation.CONSTANT_VOLTAGE;
    }

    /** A cable that was off is on again as soon as nobody says otherwise, before the next pulse selects a cell. */
    private boolean unplugged() {
        return unplugged && wiring.isSet(role, Fault.UNPLUGGED);
    }

    /** {@return what reaches the pins, which is nothing when the cable is off} */
    @Override
    public double volts(double loadSiemens) {
        return unplugged() ? 0 : terminalVolts(loadSiemens);
    }

    private double terminalVolts(double loadSiemens) {
        double open = openVolts();
        return Math.abs(open) * loadSiemens > limitAmps ? Math.signum(open) * limitAmps / loadSiemens : open;
    }

    private double loadSiemens() {
        return unplugged() ? 0 : wiring.loadSiemens(this);
    }

    double measuredVolts() {
        return terminalVolts(loadSiemens()) + NOISE_VOLTS * random.nextGaussian();
    }

    double measuredAmps() {
        double siemens = loadSiemens();
        return terminalVolts(siemens) * siemens + NOISE_AMPS * random.nextGaussian();
    }
}
