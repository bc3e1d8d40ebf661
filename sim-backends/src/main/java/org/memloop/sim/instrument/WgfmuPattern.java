package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Hold one pattern of a waveform generator and fast measurement unit: volts at times with straight lines between, and
 * when to measure.
 *
 * <p>Times are kept as whole steps of 10 ns.
 */
final class WgfmuPattern {
    static final double STEP_SECONDS = 10e-9;
    static final long MOST_STEPS = 1_099_511_627_775L;
    private static final int VECTORS_MAX = 2048;
    private static final double VOLTS_MAX = 10;
    private static final double ADC_SECONDS = 5e-9;

    /**
     * Say when to measure.
     *
     * @param name name of the event
     * @param start first sample, steps after the pattern's start
     * @param points how many results, or groups of raw ones
     * @param interval from one to the next, steps
     * @param average how long each is averaged, seconds
     * @param raw whether the conversions are kept instead of their average
     */
    record Event(String name, long start, int points, long interval, double average, boolean raw) {
        int samples() {
            return points * perPoint();
        }

        int perPoint() {
            return raw ? 1 + (int) (average / ADC_SECONDS + 1e-6) : 1;
        }

        double windowSeconds() {
            return raw || average == 0 ? ADC_SECONDS : average;
        }

        /** {@return when a sample begins, seconds after the pattern's start} */
        double seconds(int sample) {
            int per = perPoint();
            return (start + sample / per * interval) * STEP_SECONDS + sample % per * ADC_SECONDS;
        }
    }

    /** Say when the range of current measurements changes, steps after the pattern's start. */
    record RangeChange(String name, long start, int range) {}

    /** Say when the trigger output goes up, and for how long, steps. */
    record TriggerOut(String name, long start, long duration) {}

    /** Volts by steps since the start of the pattern; the first is at 0. */
    final TreeMap<Long, Double> vectors = new TreeMap<>();
    final List<Event> events = new ArrayList<>();
    final List<RangeChange> ranges = new ArrayList<>();
    final List<TriggerOut> triggers = new ArrayList<>();

    WgfmuPattern(double initialVolts) throws WgfmuFailure {
        vectors.put(0L, volts(initialVolts));
    }

    static double volts(double volts) throws WgfmuFailure {
        if (!(Math.abs(volts) <= VOLTS_MAX)) {
            throw new WgfmuFailure(WgfmuFailure.PARAMETER, "voltage " + volts + " is not within -10 V to 10 V");
        }
        return volts;
    }

    /** Turn seconds into whole steps. */
    static long steps(double seconds, long least) throws WgfmuFailure {
        double steps = seconds / STEP_SECONDS;
        if (!(steps >= least - 1e-3 && steps <= MOST_STEPS) || Math.abs(steps - Math.rint(steps)) > 1e-3) {
            throw new WgfmuFailure(WgfmuFailure.PARAMETER, "time " + seconds + " s is not a multiple of 10 ns from "
                    + least * STEP_SECONDS + " s on");
        }
        return (long) Math.rint(steps);
    }

    void add(double seconds, double volts) throws WgfmuFailure {
        place(end() + steps(seconds, 1), volts(volts));
    }

    void place(long step, double volts) throws WgfmuFailure {
        if (!vectors.containsKey(step) && vectors.size() > VECTORS_MAX) {
            throw new WgfmuFailure(WgfmuFailure.PARAMETER, "a pattern has at most " + VECTORS_MAX + " vectors");
        }
        vectors.put(step, volts);
    }

    long end() {
        return vectors.lastKey();
    }

    Map.Entry<Long, Double> vector(int index) {
        return List.copyOf(vectors.entrySet()).get(index);
    }

    /** {@return the measure events in the order in which they begin} */
    List<Event> inOrder() {
        return events.stream().sorted(Comparator.comparingLong(Event::start)).toList();
    }

    /** {@return when each sample begins, in order, seconds after the start} */
    double[] sampleTimes() {
        return events.stream().flatMapToDouble(event -> IntStream.range(0, event.samples()).mapToDouble(event::seconds))
                .sorted().toArray();
    }

    void remove(String event) {
        events.removeIf(e -> e.name.equals(event));
        ranges.removeIf(e -> e.name.equals(event));
        triggers.removeIf(e -> e.name.equals(event));
    }

    /** Take the events of another pattern, later and slower. */
    private void takeEvents(WgfmuPattern other, double factor, long shift) {
        other.events.forEach(e -> events.add(new Event(e.name, Math.round(e.start * factor) + shift, e.points,
                Math.round(e.interval * factor), e.average * factor, e.raw)));
        other.ranges.forEach(e -> ranges.add(
                new RangeChange(e.name, Math.round(e.start * factor) + shift, e.range)));
        other.triggers.forEach(e -> triggers.add(new TriggerOut(e.name, Math.round(e.start * factor) + shift,
                Math.max(1, Math.round(e.duration * factor)))));
    }

    double voltsAt(double step) {
        Map.Entry<Long, Double> before = vectors.floorEntry((long) Math.floor(step));
        Map.Entry<Long, Double> after = vectors.higherEntry((long) Math.floor(step));
        if (after == null) {
            return before.getValue();
        }
        double part = (step - before.getKey()) / (after.getKey() - before.getKey());
        return before.getValue() + part * (after.getValue() - before.getValue());
    }

    /** {@return this pattern followed by another} */
    WgfmuPattern then(WgfmuPattern other) throws WgfmuFailure {
        WgfmuPattern merged = copy(1, volts -> volts);
        long shift = end();
        for (Map.Entry<Long, Double> vector : other.vectors.entrySet()) {
            if (vector.getKey() > 0) {
                merged.place(vector.getKey() + shift, vector.getValue());
            }
        }
        merged.takeEvents(other, 1, shift);
        return merged;
    }

    /** {@return the sum of this pattern and another} */
    WgfmuPattern plus(WgfmuPattern other) throws WgfmuFailure {
        WgfmuPattern sum = new WgfmuPattern(volts(voltsAt(0) + other.voltsAt(0)));
        TreeSet<Long> times = new TreeSet<>(vectors.keySet());
        times.addAll(other.vectors.keySet());
        for (long time : times) {
            sum.place(time, volts(voltsAt(time) + other.voltsAt(time)));
        }
        sum.takeEvents(this, 1, 0);
        return sum;
    }

    /** {@return this pattern with other times and volts} */
    WgfmuPattern copy(double timeFactor, DoubleUnaryOperator change) throws WgfmuFailure {
        WgfmuPattern copy = new WgfmuPattern(volts(change.applyAsDouble(voltsAt(0))));
        for (Map.Entry<Long, Double> vector : vectors.entrySet()) {
            copy.place(Math.round(vector.getKey() * timeFactor), volts(change.applyAsDouble(vector.getValue())));
        }
        copy.takeEvents(this, timeFactor, 0);
        return copy;
    }

    /** {@return this pattern later and higher} */
    WgfmuPattern offset(long steps, double volts) throws WgfmuFailure {
        WgfmuPattern moved = new WgfmuPattern(volts(voltsAt(0) + volts));
        for (Map.Entry<Long, Double> vector : vectors.entrySet()) {
            moved.place(vector.getKey() + steps, volts(vector.getValue() + volts));
        }
        moved.takeEvents(this, 1, steps);
        return moved;
    }
}
