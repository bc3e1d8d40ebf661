package org.memloop.sim.device;

import java.util.Map;

/**
 * Hold the constants of a Mo/TiOx/TiN device, whose whole interface switches: measured by J. Park et al. (2016), fitted
 * by M. E. Fouda et al. (tables 1 and 2) at 2, 2.5 and 3 V of either sign, and interpolated in between.
 *
 * <pre>
 *            largest or smallest conductance      a                               b
 *   above 0  2.968 exp(1.823 V) - 30.4     nS     2.019e-9 exp(7.51 V) + 18.28    1.522 exp(2.014 V) - 13.78  nS
 *   below 0  307.6 V + 955.5               nS     8.14e-6 exp(-5.84 V) + 20.5     0.009 exp(-3.706 V) + 315.9 nS
 *                                                 in thousandths
 * </pre>
 *
 * <p>The printed exponent -5.48 of the second rate gives a third of the tabulated ones; with its digits swapped, as
 * above, all agree. At the fitted volts the tables hold.
 */
public final class MoTiOx {
    /** Fewest volts of a pulse, of either sign. */
    public static final double MIN_VOLTS = 2;
    /** Most volts of a pulse, of either sign. */
    public static final double MAX_VOLTS = 3;

    private static final Map<Double, ExponentialBranch> FITTED = Map.of(
            3.0, branch(674, 30.58, -626.8), 2.5, branch(252.7, 18.23, -220.22), 2.0, branch(83.38, 19.19, -71.7),
            -3.0, branch(32.95, 353.4, 921.9), -2.5, branch(186.3, 35.29, 410.9), -2.0, branch(340.5, 20.55, 330.8));

    private MoTiOx() {}

    /**
     * Make the device as pulses of certain volts see it. The widest range is that at 3 and -3 V.
     *
     * @param potentiatingVolts 2 to 3 V
     * @param depressingVolts -3 to -2 V
     * @return the device
     * @throws IllegalArgumentException when the volts were not measured, or when at these volts pulses of one sign end
     *             where those of the other begin, so that there is no range between them
     */
    public static ExponentialDevice at(double potentiatingVolts, double depressingVolts) {
        if (!(potentiatingVolts > 0 && depressingVolts < 0)) {
            throw new IllegalArgumentException(potentiatingVolts + " V to potentiate, " + depressingVolts
                    + " V to depress: the first has to be above 0 V, the second below");
        }
        return new ExponentialDevice(pulsed(potentiatingVolts), pulsed(depressingVolts));
    }

    /**
     * Tell what pulses of certain volts do.
     *
     * @param volts 2 to 3 V potentiate, -3 to -2 V depress
     * @return potentiation or depression
     * @throws IllegalArgumentException when the volts were not measured
     */
    public static ExponentialBranch pulsed(double volts) {
        if (!(Math.abs(volts) >= MIN_VOLTS && Math.abs(volts) <= MAX_VOLTS)) {
            throw new IllegalArgumentException("pulses of Mo/TiOx/TiN were measured at 2 to 3 V and -3 to -2 V, not at "
                    + volts + " V");
        }
        ExponentialBranch fitted = FITTED.get(volts);
        return fitted == null ? interpolated(volts) : fitted;
    }

    /** {@return the interpolation, which at the fitted volts is close to the fit: 9 % for the rate, 1 % otherwise} */
    static ExponentialBranch interpolated(double volts) {
        return volts > 0
                ? branch(2.968 * Math.exp(1.823 * volts) - 30.4, 2.019e-9 * Math.exp(7.51 * volts) + 18.28,
                        13.78 - 1.522 * Math.exp(2.014 * volts))
                : branch(307.6 * volts + 955.5, 8.14e-6 * Math.exp(-5.84 * volts) + 20.5,
                        0.009 * Math.exp(-3.706 * volts) + 315.9);
    }

    private static ExponentialBranch branch(double limitNanosiemens, double perThousandPulses, double spanNanosiemens) {
        return new ExponentialBranch(1e-9 * limitNanosiemens, 1e-3 * perThousandPulses, 1e-9 * spanNanosiemens);
    }
}
