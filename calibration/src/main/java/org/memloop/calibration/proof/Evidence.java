package org.memloop.calibration.proof;

import java.util.Arrays;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.lab.ResistorBoard;

/**
 * Compare readings of cells with what a board has at other cells. Conductances are compared by their logarithms, since
 * they span a decade; what conducts nothing is a class of its own.
 *
 * <pre>
 *   distance = 0                                   both open
 *            = 1                                   one of them open
 *            = min(1, |ln(measured / (gain * expected))| / 0.3)
 * </pre>
 */
final class Evidence {
    private static final double SATURATING = 0.3;
    private static final double OPEN_SHARE = 0.2;
    private static final double OPEN_SIGMAS = 5;

    private final Geometry geometry;
    private final double[][] measured = new double[2][];
    private final double[][] expected = new double[2][];
    private final double gain;
    private final double openAmps;

    Evidence(ResistorBoard board, BoardReadings readings) {
        geometry = readings.geometry();
        double leastSiemens = Double.POSITIVE_INFINITY;
        for (Pulse.Polarity polarity : Pulse.Polarity.values()) {
            double[] siemens = new double[geometry.cells()];
            for (int cell = 0; cell < siemens.length; cell++) {
                siemens[cell] = 1 / board.ohms(cell, polarity);
                leastSiemens = siemens[cell] > 0 ? Math.min(leastSiemens, siemens[cell]) : leastSiemens;
            }
            expected[polarity.ordinal()] = siemens;
        }
        double noise = OPEN_SIGMAS * readings.noiseAmps();
        gain = gain(readings, expected, noise);
        openAmps = Math.max(noise, OPEN_SHARE * gain * leastSiemens * readings.volts());
        for (Pulse.Polarity polarity : Pulse.Polarity.values()) {
            double[] amps = readings.amps(polarity);
            double[] logs = new double[amps.length];
            for (int cell = 0; cell < amps.length; cell++) {
                logs[cell] = log(amps[cell] < openAmps ? 0 : amps[cell] / readings.volts() / gain);
                expected[polarity.ordinal()][cell] = log(expected[polarity.ordinal()][cell]);
            }
            measured[polarity.ordinal()] = logs;
        }
    }

    /** Compare medians, which no exchange of lines changes. */
    private static double gain(BoardReadings readings, double[][] expected, double noise) {
        double read = median(Arrays.stream(readings.setAmps()).filter(amps -> amps > noise).toArray());
        double known = median(Arrays.stream(expected[Pulse.Polarity.SET.ordinal()]).filter(s -> s > 0).toArray());
        return read > 0 && known > 0 ? read / readings.volts() / known : 1;
    }

    static double median(double[] values) {
        Arrays.sort(values);
        return values.length == 0 ? 0 : values[values.length / 2];
    }

    private static double log(double siemens) {
        return siemens > 0 ? Math.log(siemens) : Double.NEGATIVE_INFINITY;
    }

    Geometry geometry() {
        return geometry;
    }

    /** {@return read over expected current, whatever cells were read} */
    double gain() {
        return gain;
    }

    /** {@return whether a cell conducts, as it was read} */
    boolean conducts(Pulse.Polarity polarity, int cell) {
        return measured[polarity.ordinal()][cell] != Double.NEGATIVE_INFINITY;
    }

    /** {@return whether a cell conducts, as the board says} */
    boolean shouldConduct(Pulse.Polarity polarity, int cell) {
        return expected[polarity.ordinal()][cell] != Double.NEGATIVE_INFINITY;
    }

    /** {@return how far a reading is from what the board has somewhere else, 0 to 1} */
    double distance(Pulse.Polarity polarity, int cell, Pulse.Polarity of, int other) {
        double read = measured[polarity.ordinal()][cell];
        double known = expected[of.ordinal()][other];
        if (read == Double.NEGATIVE_INFINITY || known == Double.NEGATIVE_INFINITY) {
            return read == known ? 0 : 1;
        }
        return Math.min(1, Math.abs(read - known) / SATURATING);
    }
}
