package org.memloop.instrument.keysight;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.instrument.SupplyTarget;

/**
 * State what one output of a supply can do, and hold what is asked of it to that.
 *
 * @param name its name in commands, for example {@code P6V}
 * @param volts its rating; negative for an output below ground
 * @param amps its rating
 * @param protectionVolts how high its over-voltage protection may be set; 0 when it has none
 */
record SupplyRating(String name, double volts, double amps, double protectionVolts) {
    /** A setting read back may differ by so much of it, and by a millivolt or milliampere. */
    private static final double SETTING_TOLERANCE = 0.01;
    private static final double SETTING_STEP = 1.5e-3;

    /** Refuse targets that the supply has no output for. */
    static void check(String role, List<SupplyTarget> targets, List<SupplyRating> ratings) {
        Set<Integer> seen = new HashSet<>();
        for (SupplyTarget target : targets) {
            if (target.output() > ratings.size() || !seen.add(target.output())) {
                throw new ConfigurationException(role + ": output " + target.output()
                        + " is asked for twice or does not exist; there are outputs 1 to " + ratings.size());
            }
            ratings.get(target.output() - 1).check(role, target);
        }
        if (targets.isEmpty()) {
            throw new ConfigurationException(role + ": no output of this supply feeds a pin; name the pins it feeds");
        }
    }

    private void check(String role, SupplyTarget target) {
        boolean reaches = volts > 0
                ? target.volts() >= 0 && target.volts() <= volts
                : target.volts() <= 0 && target.volts() >= volts;
        if (!reaches || target.limitAmps() > amps) {
            throw new ConfigurationException(String.format(Locale.ROOT,
                    "%s: output %d (%s) gives 0 to %.4g V and %.4g A, not %.4g V and %.4g A", role, target.output(),
                    name,
                    volts, amps, target.volts(), target.limitAmps()));
        }
        if (protectionVolts > 0 && target.protectionVolts() > protectionVolts) {
            throw new ConfigurationException(String.format(Locale.ROOT,
                    "%s: the over-voltage protection of output %d (%s) goes up to %.4g V, not to %.4g V", role,
                    target.output(), name, protectionVolts, target.protectionVolts()));
        }
    }

    /** Make sure that an instrument has taken a setting. */
    static void require(String instrument, String setting, double wanted, double found) {
        if (Math.abs(found - wanted) > SETTING_TOLERANCE * Math.abs(wanted) + SETTING_STEP) {
            throw new InstrumentException(instrument, setting, String.format(Locale.ROOT, "%.6g", found),
                    String.format(Locale.ROOT, "%.6g was set; is somebody using its front panel?", wanted));
        }
    }

    /** Refuse to go on with an output that is on at another voltage than the chip needs. */
    static void requireNear(String instrument, SupplyTarget target, double found) {
        if (Math.abs(found - target.volts()) > target.toleranceVolts()) {
            throw new InstrumentException(instrument, "output " + target.output(),
                    String.format(Locale.ROOT, "on at %.4g V", found),
                    String.format(Locale.ROOT, "%s needs %.4g V; make sure what is connected, and switch it off first",
                            String.join(", ", target.pins()), target.volts()));
        }
    }
}
