package org.memloop.sim.instrument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Name what can be wrong with an emulated instrument, its link or its cables, for demonstrations and tests. */
public enum Fault {
    /** Messages are taken, not carried out and never answered: a time-out. */
    SILENT,
    /** Messages are not carried out and answered with noise, as a wrong baud rate or another instrument does. */
    GARBAGE,
    /** Answers end in the middle. */
    TRUNCATED,
    /** What is asked is done, but the answer is lost. */
    DROP_REPLY,
    /** The connection is dropped instead of carrying out a message. */
    HANG_UP,
    /** Answers come late, by {@link FaultRule#delaySeconds}. */
    DELAYED,
    /** Another instrument answers when asked who it is. */
    WRONG_IDENTITY,
    /** An oscilloscope's input clips at half of its screen. */
    CLIPPED,
    /** A trigger edge is not seen. */
    MISSED_TRIGGER,
    /** A supply's output trips as if by over-voltage. */
    SUPPLY_TRIP,
    /** A bit of what passes a serial line is wrong, in either direction. */
    SERIAL_NOISE,
    /**
     * The analogue cable is off: a generator or a pulse-measure unit drives nothing, an oscilloscope no longer closes the
     * circuit, a supply feeds nothing though its terminals have their volts.
     */
    UNPLUGGED;

    /** {@return its name in files and addresses, for example {@code drop-reply}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Find a fault by its name in files and addresses.
     *
     * @param text the name
     * @return the fault; empty when there is none of that name
     */
    public static Optional<Fault> of(String text) {
        return Arrays.stream(values()).filter(fault -> fault.text().equals(text)).findFirst();
    }

    /** {@return the names of all faults} */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Fault::text).toList();
    }
}
