package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

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
    private static final double SETTLINGS = 5;
    private static final int MOST_PATTERNS = 1_000_000;
    private static final int MOST_SAMPLES = 4_000_000;

    /** Hold one channel's part: at which net, its volts over time, its samples in order. */
    private static final class Part {
        private final WgfmuChannel channel;
        private final Net net;
        private final List<long[]> starts = new ArrayList<>();
        private final List<WgfmuPattern> patterns = new ArrayList<>();
        private final List<double[]> samples = new ArrayList<>();
        private long end;
        private int playing;
        private int sampled;
        private double now;
        private double before;

        Part(WgfmuChannel channel, Net net) {
            this.channel = channel;
            this.net = net;
        }

        double voltsAt(double step) {
            while (playing + 1 < starts.size() && starts.get(playing + 1)[0] <= step) {
                playing++;
            }
            return starts.isEmpty() ? channel.dcVolts : patterns.get(playing).voltsAt(step - starts.get(playing)[0]);
        }
    }

    private final Wiring wiring;
    private final RandomGenerator random;
    private final List<Part> parts = new ArrayList<>();

    WgfmuRun(Wiring wiring, RandomGenerator random) {
        this.wiring = wiring;
        this.random = random;
    }

    /** Add a channel, and look its sequence over. */
    void add(WgfmuChannel channel, Net net, Map<String, WgfmuPattern> patterns) throws WgfmuFailure {
        Part part = new Part(channel, net);
        for (WgfmuChannel.Entry entry : channel.sequence) {
            WgfmuPattern pattern = patterns.get(entry.pattern());
            for (double volts : pattern.vectors.values()) {
                if (!channel.fits(volts)) {
                    throw new WgfmuFailure(WgfmuFailure.PARAMETER, "pattern '" + entry.pattern() + "' reaches " + volts
                            + " V, outside the force range");
                }
            }
            if (part.starts.size() + entry.count() > MOST_PATTERNS) {
                throw new WgfmuFailure(WgfmuFailure.CONTEXT, "the emulation plays at most " + MOST_PATTERNS
                        + " patterns in a run");
            }
            for (long i = 0; i < entry.count(); i++) {
                append(part, pattern);
            }
        }
        part.samples.sort(Comparator.comparingDouble(sample -> sample[0]));
        parts.add(part);
    }

    private static void append(Part part, WgfmuPattern pattern) throws WgfmuFailure {
        part.starts.add(new long[]{part.end});
        part.patterns.add(pattern);
        double origin = part.end * WgfmuPattern.STEP_SECONDS;
        for (WgfmuPattern.Event event : pattern.events) {
            for (int i = 0; part.channel.measures() && i < event.samples(); i++) {
                part.samples.add(new double[]{origin + event.seconds(i), event.windowSeconds()});
            }
        }
        if (part.samples.size() > MOST_SAMPLES) {
            throw new WgfmuFailure(WgfmuFailure.CONTEXT, "a channel's memory holds " + MOST_SAMPLES + " samples");
        }
        part.end += pattern.end();
    }

    /** Check that all sequences last equally long. {@return how long, seconds} */
    double seconds() throws WgfmuFailure {
        long longest = parts.stream().mapToLong(part -> part.end).max().orElse(0);
        for (Part part : parts) {
            if (part.end != longest && part.end != 0) {
                throw new WgfmuFailure(WgfmuFailure.CONTEXT, "the sequences of the channels last unequally long");
            }
        }
        return longest * WgfmuPattern.STEP_SECONDS;
    }

    /** Play everything; simulated time passes. */
    void play() {
        for (Part part : parts) {
            part.channel.times = new double[part.samples.size()];
            part.channel.values = new double[part.samples.size()];
        }
        Optional<Part> longest = parts.stream().max(Comparator.comparingLong(part -> part.end));
        for (int i = 0; i < longest.map(part -> part.starts.size()).orElse(0); i++) {
            long from = longest.get().starts.get(i)[0];
            long to = from + longest.get().patterns.get(i).end();
            TreeSet<Long> breaks = breaks(from, to);
            long last = from;
            for (long next : breaks.tailSet(from, false)) {
                stretch(last, next);
                last = next;
            }
        }
        for (Part part : parts) {
            part.channel.dcVolts = part.starts.isEmpty()
                    ? part.channel.dcVolts
                    : part.patterns.getLast().vectors.lastEntry().getValue();
        }
    }

    private TreeSet<Long> breaks(long from, long to) {
        TreeSet<Long> breaks = new TreeSet<>(List.of(to));
        for (Part part : parts) {
            // the last pattern that starts at or before this time, and those after it
            int i = Math.max(0, first(part, from));
            for (; i < part.starts.size() && part.starts.get(i)[0] < to; i++) {
                long start = part.starts.get(i)[0];
                part.patterns.get(i).vectors.keySet().stream().map(step -> step + start)
                        .filter(step -> step > from && step < to).forEach(breaks::add);
            }
        }
        return breaks;
    }

    private static int first(Part part, long step) {
        int low = 0;
        int high = part.starts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (part.starts.get(middle)[0] <= step) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void stretch(long from, long to) {
        double seconds = (to - from) * WgfmuPattern.STEP_SECONDS;
        double[] begin = parts.stream().mapToDouble(part -> part.voltsAt(from)).toArray();
        double[] end = parts.stream().mapToDouble(part -> part.voltsAt(to - 1e-6)).toArray();
        double change = 0;
        for (int i = 0; i < begin.length; i++) {
            end[i] = Math.abs(end[i] - begin[i]) < 1e-9 ? begin[i] : end[i];
            change = Math.max(change, Math.abs(end[i] - begin[i]));
        }
        if (change > 1e-4 && seconds <= EDGE_SECONDS) {
            measure(from * WgfmuPattern.STEP_SECONDS, seconds, end, parts.stream().mapToDouble(p -> p.now).toArray());
            wiring.advance(seconds);
            return;
        }
        int pieces = (int) Math.max(1, Math.ceil(change / SLOPE_VOLTS - 1e-6));
        for (int piece = 0; piece < pieces; piece++) {
            double[] volts = new double[begin.length];
            for (int i = 0; i < volts.length; i++) {
                volts[i] = begin[i] + (end[i] - begin[i]) * (piece + 0.5) / pieces;
            }
            double amps = drive(volts, seconds / pieces);
            measure(from * WgfmuPattern.STEP_SECONDS + piece * seconds / pieces, seconds / pieces, volts,
                    Arrays.stream(parts.toArray(Part[]::new))
                            .mapToDouble(p -> p.net == Net.COLUMN ? amps : p.net == Net.RETURN ? -amps : 0).toArray());
            wiring.advance(seconds / pieces);
        }
    }

    private double drive(double[] volts, double seconds) {
        double column = 0;
        double back = 0;
        double gate = 0;
        for (int i = 0; i < volts.length; i++) {
            switch (parts.get(i).net) {
                case COLUMN -> column = volts[i];
                case RETURN -> back = volts[i];
                case GATE -> gate = volts[i];
            }
        }
        return column == back ? 0 : wiring.drive(column - back, gate - back, seconds);
    }

    private void measure(double start, double seconds, double[] volts, double[] amps) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            boolean current = part.channel.measureMode == WgfmuChannel.MEASURE_CURRENT;
            part.before = part.now;
            part.now = current ? amps[i] : volts[i];
            WgfmuChannel.Accuracy accuracy = part.channel.accuracy();
            double tau = accuracy.settlingSeconds() / SETTLINGS;
            while (part.sampled < part.samples.size() && part.samples.get(part.sampled)[0] < start + seconds - 1e-12) {
                double[] sample = part.samples.get(part.sampled);
                double since = sample[0] - start + sample[1] / 2;
                double settled = part.now + (part.before - part.now) * Math.exp(-since / tau);
                double noise = accuracy.noise() * Math.sqrt(accuracy.windowSeconds() / sample[1]);
                part.channel.times[part.sampled] = sample[0] + part.channel.measureDelay;
                part.channel.values[part.sampled] = Math.clamp(settled + noise * random.nextGaussian(),
                        -accuracy.fullScale(), accuracy.fullScale());
                part.sampled++;
            }
        }
    }
}
