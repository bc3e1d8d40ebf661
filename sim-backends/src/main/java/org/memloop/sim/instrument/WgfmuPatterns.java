package org.memloop.sim.instrument;

import java.util.LinkedHashMap;
import java.util.Map;

/** Build waveform patterns as the WGFMU library's functions do; each does what it says or fails, and changes nothing then. */
final class WgfmuPatterns {
    private static final int MERGE_IN_TIME = 9000;
    private static final int MERGE_VOLTS = 9001;
    static final int AVERAGED = 12000;
    static final int RAW = 12001;
    private static final double INTERVAL_MAX = 1.34217728;
    private static final double AVERAGE_MAX = 20e-3;
    private static final int POINTS_MAX = 4_000_000;

    final Map<String, WgfmuPattern> all = new LinkedHashMap<>();

    WgfmuPattern get(String name) throws WgfmuFailure {
        WgfmuPattern pattern = all.get(name);
        if (pattern == null) {
            throw new WgfmuFailure(WgfmuFailure.PATTERN, "no pattern '" + name + "'");
        }
        return pattern;
    }

    void create(String name, WgfmuPattern pattern) throws WgfmuFailure {
        if (name.isBlank()) {
            throw new WgfmuFailure(WgfmuFailure.STRING, "a pattern needs a name");
        }
        if (all.containsKey(name)) {
            throw new WgfmuFailure(WgfmuFailure.PATTERN_EXISTS, "there is a pattern '" + name + "' already");
        }
        all.put(name, pattern);
    }

    /** Change a pattern by a copy, so that a failure half-way changes nothing. */
    void change(String name, Change change) throws WgfmuFailure {
        WgfmuPattern changed = get(name).copy(1, volts -> volts);
        change.run(changed);
        all.put(name, changed);
    }

    /** Change one pattern. */
    interface Change {
        void run(WgfmuPattern pattern) throws WgfmuFailure;
    }

    void merge(String name, String first, String second, int axis) throws WgfmuFailure {
        if (axis != MERGE_IN_TIME && axis != MERGE_VOLTS) {
            throw new WgfmuFailure(WgfmuFailure.PARAMETER, "axis " + axis + " is neither 9000 (time) nor 9001 (volts)");
        }
        create(name, axis == MERGE_IN_TIME ? get(first).then(get(second)) : get(first).plus(get(second)));
    }

    void event(String pattern, String event, double seconds, int points, double interval, double average, int data)
            throws WgfmuFailure {
        long start = WgfmuPattern.steps(seconds, 0);
        long every = WgfmuPattern.steps(interval, 1);
        require(points >= 1 && points <= POINTS_MAX, "points must be 1 to " + POINTS_MAX + ", not " + points);
        require(interval <= INTERVAL_MAX, "interval is at most " + INTERVAL_MAX + " s, not " + interval);
        require(average == 0 || average >= 10e-9 - 1e-15 && average <= AVERAGE_MAX, "average is 0 or 10 ns to 20 ms");
        require(average <= interval + 1e-15, "average must not be longer than interval");
        require(data == AVERAGED || data == RAW, "data " + data + " is neither 12000 (averaged) nor 12001 (raw)");
        double end = start + (points - 1.0) * every + average / WgfmuPattern.STEP_SECONDS;
        require(end <= get(pattern).end() + 1e-3, "the event goes on after the end of pattern '" + pattern + "'");
        change(pattern, p -> {
            p.remove(event);
            p.events.add(new WgfmuPattern.Event(event, start, points, every, average, data == RAW));
        });
    }

    static void require(boolean holds, String message) throws WgfmuFailure {
        if (!holds) {
            throw new WgfmuFailure(WgfmuFailure.PARAMETER, message);
        }
    }
}
