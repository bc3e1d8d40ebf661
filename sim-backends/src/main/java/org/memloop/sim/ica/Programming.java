package org.memloop.sim.ica;

import java.util.random.RandomGenerator;
import org.memloop.sim.device.ExponentialDevice;

/** Choose how a wanted change of a conductance becomes pulses. */
public enum Programming {
    /** No device at all: the conductance changes by what is wanted. */
    IDEAL {
        @Override
        double pulses(ExponentialDevice nominal, double siemens, double changeSiemens, RandomGenerator random) {
            throw new IllegalStateException("an ideal synapse has no pulses");
        }
    },
    /** The pulses that do exactly so: eqs 14 and 15. */
    EXACT {
        @Override
        double pulses(ExponentialDevice nominal, double siemens, double changeSiemens, RandomGenerator random) {
            return nominal.pulsesFor(siemens, changeSiemens);
        }
    },
    /** The pulses that about do so: eqs 16 and 17. */
    LINEARISED {
        @Override
        double pulses(ExponentialDevice nominal, double siemens, double changeSiemens, RandomGenerator random) {
            return nominal.pulsesForSmall(siemens, changeSiemens);
        }
    },
    /** A whole number of pulses, the linearised one on average. */
    WHOLE {
        @Override
        double pulses(ExponentialDevice nominal, double siemens, double changeSiemens, RandomGenerator random) {
            return Math.floor(nominal.pulsesForSmall(siemens, changeSiemens) + random.nextDouble());
        }
    },
    /** Pulses in proportion to the wanted change, whatever the conductance and the polarity. */
    UNCOMPENSATED {
        @Override
        double pulses(ExponentialDevice nominal, double siemens, double changeSiemens, RandomGenerator random) {
            return changeSiemens / (nominal.rangeSiemens() / 2 * nominal.potentiation().perPulse());
        }
    };

    /** {@return pulses for a wanted change, above 0 to potentiate} */
    abstract double pulses(ExponentialDevice nominal, double siemens, double changeSiemens, RandomGenerator random);
}
