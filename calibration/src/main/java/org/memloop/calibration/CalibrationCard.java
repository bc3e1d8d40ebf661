package org.memloop.calibration;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.Capabilities;
import org.memloop.bench.Pulse;

/**
 * Record what was found out about the measuring path of one bench: what a reading means, how high pulses really are, when
 * and with which instruments that was measured, and for how long it may be believed. {@link CalibrationFile} keeps it.
 *
 * @param bench what was calibrated, for a person
 * @param method how, for example {@code lab prove} or {@code cells}
 * @param measured when
 * @param validDays for how many days it may be believed, at least 1
 * @param instruments identity of every instrument that took part; empty for a bench that has none
 * @param read the condition the readings were taken with
 * @param reading what a reading means
 * @param column how high pulses on bit and source lines are
 * @param gate how high pulses on word lines are
 * @param remarks what else was found, each with its unit, for a person
 */
public record CalibrationCard(String bench, String method, OffsetDateTime measured, int validDays,
        List<Capabilities.Identity> instruments, Pulse read, ConductanceCard reading, Amplitude column, Amplitude gate,
        Map<String, String> remarks) {

    /** Keep lists and maps from changing, and refuse a card that is never valid. */
    public CalibrationCard {
        instruments = List.copyOf(instruments);
        remarks = Collections.unmodifiableMap(new LinkedHashMap<>(remarks));
        if (validDays < 1) {
            throw new IllegalArgumentException("a calibration card is valid for at least 1 day, not " + validDays);
        }
    }

    /**
     * Find everything that speaks against using this card.
     *
     * @param bench what is to be used with it
     * @param reading the condition of readings there
     * @param now the present moment
     * @return one line for each objection, for a person; empty when the card may be used
     */
    public List<String> objections(Capabilities bench, Pulse reading, Instant now) {
        List<String> objections = new ArrayList<>();
        Instant end = measured.plus(Period.ofDays(validDays)).toInstant();
        if (now.isAfter(end)) {
            objections.add("it is of " + measured.truncatedTo(ChronoUnit.MINUTES) + " and was valid for " + validDays
                    + " days");
        } else if (now.plus(1, ChronoUnit.DAYS).isBefore(measured.toInstant())) {
            objections.add("it is of " + measured.truncatedTo(ChronoUnit.MINUTES) + ", which is still to come");
        }
        Map<String, String> here = new LinkedHashMap<>();
        bench.instruments().forEach(instrument -> here.put(instrument.role(), instrument.idn()));
        for (Capabilities.Identity instrument : instruments) {
            String present = here.remove(instrument.role());
            if (present == null) {
                objections.add("it was measured with the " + instrument.role() + " '" + instrument.idn()
                        + "', this bench has none");
            } else if (!present.equals(instrument.idn())) {
                objections.add("it was measured with the " + instrument.role() + " '" + instrument.idn()
                        + "', this bench has '" + present + "'");
            }
        }
        here.forEach((role, idn) -> objections.add("the " + role + " '" + idn + "' took no part in it"));
        if (read.columnVolts() != reading.columnVolts() || read.gateVolts() != reading.gateVolts()) {
            objections.add("it was measured at " + read.columnVolts() + " V with the gate at " + read.gateVolts()
                    + " V, readings here are at " + reading.columnVolts() + " V and " + reading.gateVolts() + " V");
        }
        return objections;
    }
}
