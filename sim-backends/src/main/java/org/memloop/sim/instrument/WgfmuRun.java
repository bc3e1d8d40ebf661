package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Play the sequences of all channels together, and measure.
 *
 * <pre>
 *   flat stretch           one pulse of the cells, of its length
 *   slope                  pulses of steps of at most 50 mV
 *   slope of up to 100 ns  an edge: it ends before cells have noticed much
 *   sample                 the stretch's current, still settling from the one before, and the range's noise
 * </pre>
 */
final class WgfmuRun {
    private static final double EDGE_SECONDS = 100e-9;
    private static final double SLOPE_VOLTS = 0.05;
    private static final int MOST_PATTERNS = 1_000_000;

    private final WgfmuUnit unit;
    private final List<WgfmuPart> parts = new ArrayList<>();

    WgfmuRun(WgfmuUnit unit) {
        this.unit = unit;
    }

    /** Add a channel, and look its sequence over. */
    void add(int id, WgfmuChannel channel) throws WgfmuFailure {
        WgfmuPart part = new WgfmuPart(id, channel, unit.nets.get(id), unit.random);
        for (WgfmuChannel.Entry entry : channel.sequence) {
            WgfmuPattern pattern = unit.patterns.get(entry.pattern());
            for (double volts : pattern.vectors.values()) {
                if (!channel.fits(volts)) {
                    throw new WgfmuFailure(WgfmuFailure.PARAMETER, "pattern '" + entry.pattern() + "' reaches " + volts
                            + " V, outside the force range");
                }
            }
            if (part.patterns() + entry.count() > MOST_PATTERNS) {
                throw new WgfmuFailure(WgfmuFailure.CONTEXT, "the emulation plays at most " + MOST_PATTERNS
                        + " patterns in a run");
            }
            part.sequence();
            warnOfEarlyEvents(id, channel, entry.pattern(), pattern);
            for (long i = 0; i < entry.count(); i++) {
                part.append(pattern);
            }
        }
        part.ready();
        parts.add(part);
    }

    /** Say which events measure before their range has settled after an edge. */
    private void warnOfEarlyEvents(int id, WgfmuChannel channel, String name, WgfmuPattern pattern) {
        double settling = channel.accuracy().settlingSeconds();
        for (WgfmuPattern.Event event : pattern.events) {
            Map.Entry<Long, Double> edge = pattern.vectors.floorEntry(event.start());
            Map.Entry<Long, Double> before = pattern.vectors.lowerEntry(edge.getKey());
            double since = (event.start() - edge.getKey()) * WgfmuPattern.STEP_SECONDS;
            if (channel.measures() && before != null && !before.getValue().equals(edge.getValue())
                    && since < settling - 1e-12) {
                unit.record.warn(WgfmuRecord.INFORMATION, String.format(Locale.ROOT,
                        "channel %d, pattern '%s': event '%s' begins %.3g s after an edge; its range settles in %.3g s",
                        id, name, event.name(), since, settling));
            }
        }
    }

    /** Check that all sequences last equally long. */
    void check() throws WgfmuFailure {
        long longest = longest();
        for (WgfmuPart part : parts) {
            if (part.end() != longest && part.end() != 0) {
                throw new WgfmuFailure(WgfmuFailure.CONTEXT, "the sequences of the channels last unequally long");
            }
        }
    }

    private long longest() {
        return parts.stream().mapToLong(WgfmuPart::end).max().orElse(0);
    }

    /** {@return how long the run takes} */
    double seconds() {
        return longest() * WgfmuPattern.STEP_SECONDS;
    }

    /** Play everything; simulated time passes. */
    void play() {
        boolean plugged = !unit.wiring.strikes(WgfmuUnit.ROLE, Fault.UNPLUGGED);
        boolean clipped = unit.wiring.strikes(WgfmuUnit.ROLE, Fault.CLIPPED);
        parts.forEach(part -> part.begin(clipped));
        Optional<WgfmuPart> longest = parts.stream().max(Comparator.comparingLong(WgfmuPart::end));
        for (int i = 0; i < longest.map(WgfmuPart::patterns).orElse(0); i++) {
            long from = longest.get().start(i);
            long to = from + longest.get().pattern(i).end();
            TreeSet<Long> breaks = new TreeSet<>(List.of(to));
            parts.forEach(part -> part.breaks(from, to, breaks));
            long last = from;
            for (long next : breaks.tailSet(from, false)) {
                trigger(last);
                stretch(last, next, plugged);
                last = next;
            }
        }
        for (WgfmuPart part : parts) {
            int over = part.finish();
            if (over > 0) {
                unit.record.warn(WgfmuRecord.NORMAL,
                        "channel " + part.id() + ": " + over + " values are at the end of their range");
            }
        }
    }

    /** Raise the trigger outputs that go up by now; they are joined on one wire to the router. */
    private void trigger(long step) {
        for (WgfmuPart part : parts) {
            for (int i = part.triggersUntil(step); i > 0; i--) {
                unit.wiring.stepTrigger();
            }
        }
    }

    private void stretch(long from, long to, boolean plugged) {
        double seconds = (to - from) * WgfmuPattern.STEP_SECONDS;
        double start = from * WgfmuPattern.STEP_SECONDS;
        double[] begin = parts.stream().mapToDouble(part -> part.voltsAt(from)).toArray();
        double[] end = parts.stream().mapToDouble(part -> part.voltsAt(to - 1e-6)).toArray();
        double change = 0;
        for (int i = 0; i < begin.length; i++) {
            end[i] = Math.abs(end[i] - begin[i]) < 1e-9 ? begin[i] : end[i];
            change = Math.max(change, Math.abs(end[i] - begin[i]));
        }
        if (change > 1e-4 && seconds <= EDGE_SECONDS) {
            for (int i = 0; i < begin.length; i++) {
                parts.get(i).edge(start, seconds, (begin[i] + end[i]) / 2);
            }
            unit.wiring.advance(seconds);
            return;
        }
        int pieces = (int) Math.max(1, Math.ceil(change / SLOPE_VOLTS - 1e-6));
        for (int piece = 0; piece < pieces; piece++) {
            double[] volts = new double[begin.length];
            for (int i = 0; i < volts.length; i++) {
                volts[i] = begin[i] + (end[i] - begin[i]) * (piece + 0.5) / pieces;
            }
            double amps = plugged ? drive(volts, seconds / pieces) : 0;
            for (int i = 0; i < volts.length; i++) {
                parts.get(i).measure(start + piece * seconds / pieces, seconds / pieces, volts[i], amps);
            }
            unit.wiring.advance(seconds / pieces);
        }
    }

    private double drive(double[] volts, double seconds) {
        double column = 0;
        double back = 0;
        double gate = 0;
        for (int i = 0; i < volts.length; i++) {
            switch (parts.get(i).net()) {
                case COLUMN -> column = volts[i];
                case RETURN -> back = volts[i];
                case GATE -> gate = volts[i];
            }
        }
        return column == back ? 0 : unit.wiring.drive(column - back, gate - back, seconds);
    }
}
