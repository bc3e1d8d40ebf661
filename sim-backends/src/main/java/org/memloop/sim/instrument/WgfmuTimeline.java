package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.sim.instrument.WgfmuPattern.Event;

/**
 * Read the sequence of one channel as the stretch of time it is: patterns, each repeated, one after the other. Nothing is
 * laid out, since a pattern may be repeated 10^12 times.
 */
final class WgfmuTimeline {
    /** Hold one entry and what comes before it. */
    private record Stretch(WgfmuChannel.Entry entry, WgfmuPattern pattern, double startStep, double vectorsBefore,
            double eventsBefore, double samplesBefore) {
        int samples() {
            return pattern.events.stream().mapToInt(Event::samples).sum();
        }

        double endStep() {
            return startStep + entry.count() * pattern.end();
        }
    }

    /** Hold one vector. */
    record Vector(double seconds, double volts) {}

    /**
     * Hold one measure event as it comes up.
     *
     * @param pattern its pattern's name
     * @param event what is measured
     * @param cycle which entry of the sequence, from 0
     * @param loop which repetition of the entry, from 0
     * @param count which of the pattern's events of this name, from 0
     * @param offset its first value among the channel's
     * @param startSeconds when the repetition begins
     */
    record Occurrence(String pattern, Event event, int cycle, double loop, int count, double offset,
            double startSeconds) {}

    private final List<Stretch> stretches = new ArrayList<>();
    private double endStep;
    private double vectors;
    private double events;
    private double samples;
    private final Map<WgfmuPattern, double[]> times = new IdentityHashMap<>();

    WgfmuTimeline(List<WgfmuChannel.Entry> sequence, WgfmuPatterns patterns) throws WgfmuFailure {
        for (WgfmuChannel.Entry entry : sequence) {
            Stretch next = new Stretch(entry, patterns.get(entry.pattern()), endStep, vectors, events, samples);
            stretches.add(next);
            endStep = next.endStep();
            vectors += entry.count() * next.pattern.vectors.size();
            events += entry.count() * next.pattern.events.size();
            samples += entry.count() * next.samples();
        }
    }

    double vectors() {
        return vectors;
    }

    double events() {
        return events;
    }

    double samples() {
        return samples;
    }

    double seconds() {
        return endStep * WgfmuPattern.STEP_SECONDS;
    }

    Vector vector(double index) {
        Stretch at = stretches.stream().filter(s -> s.vectorsBefore <= index).reduce((_, last) -> last).orElseThrow();
        double loop = Math.floor((index - at.vectorsBefore) / at.pattern.vectors.size());
        int inside = (int) (index - at.vectorsBefore - loop * at.pattern.vectors.size());
        Map.Entry<Long, Double> vector = at.pattern.vector(inside);
        return new Vector((at.startStep + loop * at.pattern.end() + vector.getKey()) * WgfmuPattern.STEP_SECONDS,
                vector.getValue());
    }

    /** {@return the volts at a time; those of the end after it} */
    double voltsAt(double seconds) throws WgfmuFailure {
        double step = seconds / WgfmuPattern.STEP_SECONDS;
        WgfmuPatterns.require(step >= 0 && !stretches.isEmpty() && step <= endStep + 1e-3,
                "time " + seconds + " s is outside the sequence of " + seconds() + " s");
        Stretch at = stretches.stream().filter(s -> s.startStep <= step).reduce((_, last) -> last).orElseThrow();
        double loop = Math.min(Math.floor((step - at.startStep) / Math.max(1, at.pattern.end())), at.entry.count() - 1);
        return at.pattern.voltsAt(step - at.startStep - loop * at.pattern.end());
    }

    /** {@return when a sample begins, seconds after the start} */
    double sampleSeconds(double index) {
        Stretch at = stretches.stream().filter(s -> s.samplesBefore <= index && s.samples() > 0)
                .reduce((_, last) -> last).orElseThrow();
        double loop = Math.floor((index - at.samplesBefore) / at.samples());
        int inside = (int) (index - at.samplesBefore - loop * at.samples());
        return (at.startStep + loop * at.pattern.end()) * WgfmuPattern.STEP_SECONDS
                + times.computeIfAbsent(at.pattern, WgfmuPattern::sampleTimes)[inside];
    }

    Occurrence event(double index) {
        Stretch at = stretches.stream().filter(s -> s.eventsBefore <= index && !s.pattern.events.isEmpty())
                .reduce((_, last) -> last).orElseThrow();
        double loop = Math.floor((index - at.eventsBefore) / at.pattern.events.size());
        return occurrence(at, loop, (int) (index - at.eventsBefore - loop * at.pattern.events.size()));
    }

    private Occurrence occurrence(Stretch at, double loop, int inside) {
        List<Event> inOrder = at.pattern.inOrder();
        Event event = inOrder.get(inside);
        int before = inOrder.subList(0, inside).stream().mapToInt(Event::samples).sum();
        int count = (int) inOrder.subList(0, inside).stream().filter(e -> e.name().equals(event.name())).count();
        return new Occurrence(at.entry.pattern(), event, stretches.indexOf(at), loop, count,
                at.samplesBefore + loop * at.samples() + before,
                (at.startStep + loop * at.pattern.end()) * WgfmuPattern.STEP_SECONDS);
    }

    /** Find an event. {@return its index among all, from 0} */
    double indexOf(String pattern, String event, int cycle, double loop, int count) throws WgfmuFailure {
        WgfmuPatterns.require(cycle >= 0 && cycle < stretches.size(), "the sequence has no entry " + cycle);
        Stretch at = stretches.get(cycle);
        WgfmuPatterns.require(at.entry.pattern().equals(pattern),
                "entry " + cycle + " is pattern '" + at.entry.pattern() + "', not '" + pattern + "'");
        WgfmuPatterns.require(loop >= 0 && loop < at.entry.count(), "entry " + cycle + " has no repetition " + loop);
        List<Event> inOrder = at.pattern.inOrder();
        int same = 0;
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).name().equals(event) && same++ == count) {
                return at.eventsBefore + loop * inOrder.size() + i;
            }
        }
        throw new WgfmuFailure(WgfmuFailure.EVENT, "pattern '" + pattern + "' has no event '" + event + "' number "
                + count);
    }
}
