package org.memloop.instrument.keysight;

import java.util.Locale;

import org.memloop.bench.Capabilities;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;

/**
 * Draw one pulse as two patterns of a B1530A, in steps of 10 ns:
 *
 * <pre>
 *   trigger  ____|‾‾‾‾|________________________________
 *   gate     ____/‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾\___________________     GUARD longer at both ends
 *   column   ______/‾‾‾‾‾‾‾‾‾‾‾‾‾‾\_____________________     at full height for the width
 *   measure  _________[==========]_____________________     10 % to 90 %, when the range has settled
 *            lead  EDGE                    ... until the period is over
 * </pre>
 *
 * @param pulse the condition
 * @param leadSteps until the trigger
 * @param widthSteps how long the column stands at its height
 * @param periodSteps of the whole
 */
record WgfmuPattern(Pulse pulse, long leadSteps, long widthSteps, long periodSteps) {
    static final String COLUMN = "column";
    static final String GATE = "gate";
    static final double WIDTH_SECONDS_MIN = 100e-9;
    static final double WIDTH_SECONDS_MAX = 100;

    private static final String READING = "reading";
    private static final String STEP = "step";
    private static final double STEP_SECONDS = 10e-9;
    private static final long EDGE_STEPS = 2;
    private static final long GUARD_STEPS = 5;
    private static final long TRIGGER_STEPS = 100;
    private static final double SETTLED_FROM = 0.1;
    private static final double SETTLED_TO = 0.9;
    private static final double AVERAGE_SECONDS_MAX = 20e-3;
    private static final double SHORTEST_AVERAGE_SECONDS = 20e-9;
    private static final int AVERAGED = 12000;
    private static final int CONVERTER_BITS = 14;
    private static final double CONVERSION_SECONDS = 5e-9;

    /** Draw a pulse; refuse what cannot be drawn. */
    static WgfmuPattern of(Pulse pulse, double leadSeconds, double periodSeconds) {
        long width = Math.round(pulse.widthSeconds() / STEP_SECONDS);
        if (Math.abs(width * STEP_SECONDS - pulse.widthSeconds()) > 1e-3 * STEP_SECONDS) {
            throw new LimitException(String.format(Locale.ROOT,
                    "pulse %s: the B1530A makes widths in steps of 10 ns, not %.6g s; nothing was fired", pulse.name(),
                    pulse.widthSeconds()));
        }
        long lead = Math.max(1, (long) Math.ceil(leadSeconds / STEP_SECONDS - 1e-6));
        long least = lead + 4 * EDGE_STEPS + 2 * GUARD_STEPS + width + TRIGGER_STEPS;
        WgfmuPattern pattern = new WgfmuPattern(pulse, lead, width,
                Math.max(least, Math.round(periodSeconds / STEP_SECONDS)));
        if (pulse.measured() && pattern.windowSteps() * STEP_SECONDS < SHORTEST_AVERAGE_SECONDS) {
            throw new LimitException(String.format(Locale.ROOT,
                    "pulse %s: %.4g s are too short for the B1530A to measure a current in; nothing was fired",
                    pulse.name(), pulse.widthSeconds()));
        }
        return pattern;
    }

    boolean measured() {
        return pulse.measured();
    }

    double periodSeconds() {
        return periodSteps * STEP_SECONDS;
    }

    WgfmuRange range() {
        return WgfmuRange.forWidth(pulse.widthSeconds());
    }

    private long columnTop() {
        return leadSteps + EDGE_STEPS + GUARD_STEPS + EDGE_STEPS;
    }

    private long windowFrom() {
        return Math.max((long) Math.ceil(SETTLED_FROM * widthSteps),
                (long) Math.ceil(range().settlingSeconds() / STEP_SECONDS));
    }

    private long windowSteps() {
        long window = (long) Math.floor(SETTLED_TO * widthSteps) - windowFrom();
        return Math.min(window, Math.round(AVERAGE_SECONDS_MAX / STEP_SECONDS));
    }

    /** Make both patterns and their events in the library. */
    void create(Wgfmu library) {
        create(library, COLUMN, EDGE_STEPS + GUARD_STEPS, pulse.columnVolts(), widthSteps);
        create(library, GATE, 0, pulse.gateVolts(), widthSteps + 2 * (EDGE_STEPS + GUARD_STEPS));
        library.call(WgfmuFunction.SET_TRIGGER_OUT_EVENT, COLUMN, STEP, seconds(leadSteps), seconds(TRIGGER_STEPS));
        if (measured()) {
            library.call(WgfmuFunction.SET_MEASURE_EVENT, COLUMN, READING, seconds(columnTop() + windowFrom()), 1,
                    seconds(windowSteps()), seconds(windowSteps()), AVERAGED);
        }
    }

    private void create(Wgfmu library, String name, long late, double volts, long plateau) {
        long before = leadSteps + late;
        long after = periodSteps - before - 2 * EDGE_STEPS - plateau;
        double[] seconds = {seconds(before), seconds(EDGE_STEPS), seconds(plateau), seconds(EDGE_STEPS),
                seconds(after)};
        double[] levels = {0, volts, volts, 0, 0};
        library.call(WgfmuFunction.CREATE_PATTERN, name, 0.0);
        library.call(WgfmuFunction.ADD_VECTORS, name, seconds, levels, seconds.length);
    }

    /** Turn steps into the double next to their decimal value, which the library rounds itself. */
    private static double seconds(long steps) {
        return steps / 1e8;
    }

    /** {@return how finely the current of a pulse is read: the converter's step and the range's noise, averaged} */
    static Capabilities.ReadAccuracy accuracy(Pulse pulse) {
        WgfmuPattern pattern = of(pulse, 0, 0);
        WgfmuRange range = pattern.range();
        double window = pattern.windowSteps() * STEP_SECONDS;
        double step = 2 * range.fullScaleAmps() / (1 << CONVERTER_BITS) / (window / CONVERSION_SECONDS);
        return new Capabilities.ReadAccuracy(step, range.noiseAmps() * Math.sqrt(range.windowSeconds() / window));
    }
}
