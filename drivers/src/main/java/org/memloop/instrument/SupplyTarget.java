package org.memloop.instrument;

import java.util.List;

/**
 * Say what one output of a supply has to give before a chip may be pulsed, and what it may never exceed.
 *
 * @param output number of the output, counted from 1
 * @param pins supply pins of the chip that it feeds, for example {@code VDD5}
 * @param volts what it has to give, volts
 * @param toleranceVolts how far from that it may be, volts
 * @param limitAmps current at which it has to give way, amperes
 * @param protectionVolts voltage at which it has to switch off, where the supply can, volts
 */
public record SupplyTarget(int output, List<String> pins, double volts, double toleranceVolts, double limitAmps,
        double protectionVolts) {
    /** Keep the list from changing, and refuse what protects nothing. */
    public SupplyTarget {
        pins = List.copyOf(pins);
        if (output < 1) {
            throw new IllegalArgumentException("outputs are counted from 1, there is none of number " + output);
        }
        if (!(toleranceVolts > 0) || !(limitAmps > 0)) {
            throw new IllegalArgumentException("tolerance and current limit must be more than 0");
        }
        if (!(protectionVolts > volts)) {
            throw new IllegalArgumentException("the protection at " + protectionVolts
                    + " V must be above the " + volts + " V that are wanted");
        }
    }
}
