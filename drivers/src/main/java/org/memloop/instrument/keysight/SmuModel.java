package org.memloop.instrument.keysight;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.LimitException;

/**
 * State what a source-measure module of a B1500A can do.
 *
 * @param model its number
 * @param voltsMax highest voltage, volts
 * @param ampsMax highest current, amperes; at 20 V at most
 */
record SmuModel(String model, double voltsMax, double ampsMax) {
    private static final Map<String, SmuModel> KNOWN = Map.of("B1510A", new SmuModel("B1510A", 200, 1), "B1511A",
            new SmuModel("B1511A", 100, 0.1), "B1511B", new SmuModel("B1511B", 100, 0.1), "B1514A",
            new SmuModel("B1514A", 30, 1), "B1517A", new SmuModel("B1517A", 100, 0.1));
    private static final double FULL_CURRENT_VOLTS = 20;
    private static final double HALF_CURRENT_VOLTS = 40;

    /** {@return the module of that number; nothing when it is no source-measure module} */
    static Optional<SmuModel> of(String number) {
        return Optional.ofNullable(KNOWN.get(number.strip().toUpperCase(Locale.ROOT)));
    }

    /** Refuse volts and current together that the module does not bear: half of the current above 20 V, a fifth above 40 V. */
    void check(int channel, double volts, double amps) {
        double most = Math.abs(volts) <= FULL_CURRENT_VOLTS
                ? ampsMax
                : Math.abs(volts) <= HALF_CURRENT_VOLTS ? ampsMax / 2 : ampsMax / 5;
        if (Math.abs(volts) > voltsMax || Math.abs(amps) > most) {
            throw new LimitException(String.format(Locale.ROOT,
                    "channel %d: %.4g V with %.4g A are beyond the %s, which goes to %.4g V and there to %.4g A; nothing was"
                            + " forced",
                    channel, volts, amps, model, voltsMax, most));
        }
    }
}
