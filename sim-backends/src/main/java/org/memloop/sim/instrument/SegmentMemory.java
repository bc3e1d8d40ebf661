package org.memloop.sim.instrument;

import java.util.Locale;
import java.util.StringJoiner;

/** Hold the samples of an acquisition, segment after segment, and the scales they were taken with. */
final class SegmentMemory {
    /**
     * Describe how samples were taken.
     *
     * @param points samples in a segment
     * @param increment seconds between samples
     * @param origin when the first sample is taken, seconds after the trigger
     * @param rangeVolts height of the screen
     * @param offsetVolts volts at its centre
     * @param fiftyOhm whether the input was terminated
     * @param segmented whether the mode was a segmented one
     */
    record Scales(int points, double increment, double origin, double rangeVolts, double offsetVolts, boolean fiftyOhm,
            boolean segmented) {
        double countVolts() {
            return Digitizer.countVolts(rangeVolts);
        }
    }

    private final Digitizer digitizer;
    private final Scales scales;
    private final short[] samples;
    private int filled;

    /** Make room for an acquisition; 0 segments for before the first one. */
    SegmentMemory(Digitizer digitizer, int segments, Scales scales) {
        this.digitizer = digitizer;
        this.scales = scales;
        this.samples = new short[segments * scales.points()];
    }

    /** Fill the next segment: {@code volts} from the trigger on for {@code widthSeconds}, 0 before and after. */
    void record(double widthSeconds, double volts, double clippingShare) {
        for (int i = 0; i < scales.points(); i++) {
            double seconds = scales.origin() + i * scales.increment();
            samples[filled++] = digitizer.point(seconds >= 0 && seconds < widthSeconds ? volts : 0, clippingShare);
        }
    }

    /** Fill the next segment with nothing but the input's noise. */
    void skip() {
        record(0, 0, 1);
    }

    boolean full() {
        return filled == samples.length;
    }

    void rewind() {
        filled = 0;
    }

    /** Tell how many segments were recorded. */
    int segments() {
        return filled / scales.points();
    }

    Scales scales() {
        return scales;
    }

    double[] volts(int segment) {
        double[] volts = new double[scales.points()];
        for (int i = 0; i < volts.length; i++) {
            volts[i] = samples[segment * scales.points() + i] * scales.countVolts() + scales.offsetVolts();
        }
        return volts;
    }

    double meanVolts(int segment) {
        long sum = 0;
        int from = segment * scales.points();
        for (int i = from; i < from + scales.points(); i++) {
            sum += samples[i];
        }
        return (double) sum / scales.points() * scales.countVolts() + scales.offsetVolts();
    }

    byte[] bytes(int from, int count, boolean word, boolean mostSignificantFirst) {
        byte[] bytes = new byte[word ? 2 * count : count];
        for (int i = 0; i < count; i++) {
            short sample = samples[from + i];
            byte high = (byte) (sample >> 8);
            if (word) {
                bytes[2 * i] = mostSignificantFirst ? high : (byte) sample;
                bytes[2 * i + 1] = mostSignificantFirst ? (byte) sample : high;
            } else {
                bytes[i] = high;
            }
        }
        return bytes;
    }

    String text(int from, int count) {
        StringJoiner text = new StringJoiner(",");
        for (int i = from; i < from + count; i++) {
            text.add(String.format(Locale.ROOT, "%+.5E", samples[i] * scales.countVolts() + scales.offsetVolts()));
        }
        return text.toString();
    }
}
