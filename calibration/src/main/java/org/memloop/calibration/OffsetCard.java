package org.memloop.calibration;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Quantity;
import org.memloop.bench.Readings.Quality;

/**
 * Make a calibration card of what {@link ReadOffset} reads: the offset of the reading path is the median of the currents.
 * Gain, series resistance and heights of pulses cannot be told from cells that nobody knows; they stay as if exact.
 */
public final class OffsetCard implements ProcedureObserver {
    private static final int VALID_DAYS = 30;

    private final List<Double> amps = new ArrayList<>();

    /** Get ready. */
    public OffsetCard() {}

    @Override
    public void observed(Observation observation) {
        if (observation.quality() == Quality.GOOD) {
            amps.add(observation.amps());
        }
    }

    /**
     * Hand over the card, once the procedure has come to its end.
     *
     * @param bench what was calibrated
     * @param read the condition of readings
     * @param now when
     * @return the card, valid for 30 days
     * @throws ConfigurationException when no reading was good
     */
    public CalibrationCard card(Capabilities bench, Pulse read, OffsetDateTime now) {
        if (amps.isEmpty()) {
            throw new ConfigurationException("no reading with closed gates was good, so no card can be made of them");
        }
        double offset = median(amps);
        Map<String, String> remarks = new LinkedHashMap<>();
        remarks.put("readings", String.valueOf(amps.size()));
        // 1.4826 median deviations are a standard deviation of normal noise, and bear outliers
        remarks.put("noise", rounded(1.4826 * median(amps.stream().map(one -> Math.abs(one - offset)).toList())));
        remarks.put("not-measured", "gain, series resistance and heights of pulses; see 'memloop lab prove'");
        return new CalibrationCard(bench.description(), "cells with closed gates", now, VALID_DAYS, bench.instruments(),
                read, new ConductanceCard(offset, 1, 0), Amplitude.EXACT, Amplitude.EXACT, remarks);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return 0.5 * (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2));
    }

    /** Noise is known to a picoampere at best. */
    private static String rounded(double noiseAmps) {
        return Quantity.text(Math.rint(noiseAmps * 1e12) / 1e12, "A");
    }
}
