package org.memloop.calibration.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.instrument.WideOscilloscope;

/**
 * Measure how long pulses really last, by the means of an oscilloscope that looks at twice their width and at their width
 * alone ({@link WideOscilloscope}). A pulse that begins too late shows as one that is too short.
 */
public final class PulseWidth {
    /** How many widths the oscilloscope looks at. */
    public static final double FACTOR = 2;

    private static final double[] WIDTHS_SECONDS = {1e-6, 10e-6, 100e-6};
    private static final int READINGS = 256;
    private static final double TOLERANCE = 0.1;
    private static final double RESOLUTION = FACTOR / 32; // points that an oscilloscope takes of what it looks at

    private PulseWidth() {}

    private static Pulse pulse(double widthSeconds) {
        return new Pulse(String.format(Locale.ROOT, "WIDTH_%.0f_US", widthSeconds * 1e6), Pulse.Polarity.SET,
                Pulse.READ.columnVolts(), Pulse.READ.gateVolts(), widthSeconds, true);
    }

    /**
     * List what is sent each time.
     *
     * @param cell the cell that is read
     * @return the programs
     */
    public static List<PulseProgram> programs(int cell) {
        List<PulseProgram> programs = new ArrayList<>();
        for (double width : WIDTHS_SECONDS) {
            programs.add(PulseProgram.builder().add(cell, pulse(width), READINGS).build());
        }
        return programs;
    }

    /**
     * Read one cell with every width.
     *
     * @param bench a bench
     * @param cell a cell that conducts well
     * @return mean current for each width, amperes
     */
    public static double[] read(Bench bench, int cell) {
        List<PulseProgram> programs = programs(cell);
        double[] means = new double[programs.size()];
        for (int i = 0; i < means.length; i++) {
            Readings readings = bench.run(programs.get(i));
            for (int k = 0; k < readings.size(); k++) {
                means[i] += readings.amps(k) / readings.size();
            }
        }
        return means;
    }

    /**
     * Judge the widths.
     *
     * @param plain means over the pulse, amperes
     * @param wide means over {@link #FACTOR} times its width, amperes
     * @return one finding for each width
     */
    public static List<Finding> judge(double[] plain, double[] wide) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < WIDTHS_SECONDS.length; i++) {
            double share = FACTOR * (0.8 * wide[i] / plain[i] + 0.1);
            String found = String.format(Locale.ROOT, "a pulse of %.3g us lasts %.3g us, within %.1g us",
                    WIDTHS_SECONDS[i] * 1e6,
                    share * WIDTHS_SECONDS[i] * 1e6, RESOLUTION * WIDTHS_SECONDS[i] * 1e6);
            findings.add(Math.abs(share - 1) <= TOLERANCE
                    ? Finding.good("pulse-width", found)
                    : Finding.wrong("pulse-width", found,
                            "check delay and edges of the generator, and the trigger of the oscilloscope"));
        }
        return findings;
    }
}
