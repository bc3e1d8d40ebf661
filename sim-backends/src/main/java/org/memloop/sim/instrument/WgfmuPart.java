package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.memloop.sim.instrument.WgfmuChannel.Accuracy;

/**
 * Play one channel's part of a run: its volts over time, and its samples in order. The measuring amplifier follows what
 * it measures as a low-pass of first order, whose settling time is that of its range (user's guide, table 4-22), and a
 * sample is its mean over the sample's window, with the range's noise:
 *
 * <pre>
 *   y' = (x - y) / tau      tau = settling time / 5      noise = noise of the range * sqrt(its window / the sample's)
 * </pre>
 */
final class WgfmuPart {
    private static final double SETTLINGS = 5;
    private static final double RANGE_CHANGE_SECONDS = 150e-6;
    private static final double CLIPPED_SHARE = 0.5;
    private static final int MOST_SAMPLES = 4_000_000;

    private record Sample(double start, double window) {}

    private final int id;
    private final WgfmuChannel channel;
    private final Net net;
    private final RandomGenerator random;
    private final List<Long> starts = new ArrayList<>();
    private final List<WgfmuPattern> patterns = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<double[]> rangeChanges = new ArrayList<>();
    private final List<Long> triggers = new ArrayList<>();
    private long end;
    private int playing;
    private int sampled;
    private double[] integrals = {};
    private double settled;
    private double rangeChanged = -1;
    private int range;
    private int changes;
    private int triggered;
    private double share = 1;

    WgfmuPart(int id, WgfmuChannel channel, Net net, RandomGenerator random) {
        this.id = id;
        this.channel = channel;
        this.net = net;
        this.random = random;
    }

    int id() {
        return id;
    }

    Net net() {
        return net;
    }

    long end() {
        return end;
    }

    int patterns() {
        return patterns.size();
    }

    long start(int index) {
        return starts.get(index);
    }

    WgfmuPattern pattern(int index) {
        return patterns.get(index);
    }

    void append(WgfmuPattern pattern) throws WgfmuFailure {
        starts.add(end);
        patterns.add(pattern);
        double origin = end * WgfmuPattern.STEP_SECONDS;
        for (WgfmuPattern.Event event : pattern.events) {
            for (int i = 0; channel.measures() && i < event.samples(); i++) {
                samples.add(new Sample(origin + event.seconds(i), event.windowSeconds()));
            }
        }
        for (WgfmuPattern.RangeChange change : pattern.ranges) {
            rangeChanges.add(new double[]{origin + change.start() * WgfmuPattern.STEP_SECONDS, change.range()});
        }
        switch (channel.triggerMode) {
            case WgfmuChannel.TRIGGER_AT_EVENT -> pattern.triggers.forEach(event -> triggers.add(end + event.start()));
            case WgfmuChannel.TRIGGER_AT_PATTERN -> triggers.add(end);
            case WgfmuChannel.TRIGGER_AT_EXECUTION -> {
                if (patterns.size() == 1) {
                    triggers.add(end);
                }
            }
            default -> {
                // at the start of a sequence: see sequence(); or never
            }
        }
        if (samples.size() > MOST_SAMPLES) {
            throw new WgfmuFailure(WgfmuFailure.CONTEXT, "a channel's memory holds " + MOST_SAMPLES + " samples");
        }
        end += pattern.end();
    }

    /** Begin one more entry of the channel's sequence. */
    void sequence() {
        if (channel.triggerMode == WgfmuChannel.TRIGGER_AT_SEQUENCE) {
            triggers.add(end);
        }
    }

    void ready() {
        Collections.sort(triggers);
        samples.sort(Comparator.comparingDouble(Sample::start));
        rangeChanges.sort(Comparator.comparingDouble(change -> change[0]));
    }

    void begin(boolean clipped) {
        integrals = new double[samples.size()];
        range = channel.currentRange;
        share = clipped ? CLIPPED_SHARE : 1;
        channel.times = samples.stream().mapToDouble(sample -> sample.start() + channel.measureDelay).toArray();
        channel.values = new double[samples.size()];
    }

    double voltsAt(double step) {
        while (playing + 1 < starts.size() && starts.get(playing + 1) <= step) {
            playing++;
        }
        return starts.isEmpty() ? channel.dcVolts : patterns.get(playing).voltsAt(step - starts.get(playing));
    }

    /** Add the steps between two at which this part's slope changes. */
    void breaks(long from, long to, Set<Long> breaks) {
        int found = Collections.binarySearch(starts, from);
        // the last pattern that starts at or before this time, and those after it
        for (int i = Math.max(0, found >= 0 ? found : -found - 2); i < starts.size() && starts.get(i) < to; i++) {
            long start = starts.get(i);
            patterns.get(i).vectors.keySet().stream().map(step -> step + start)
                    .filter(step -> step > from && step < to).forEach(breaks::add);
        }
        int first = Collections.binarySearch(triggers, from);
        for (int i = first >= 0 ? first : -first - 1; i < triggers.size() && triggers.get(i) < to; i++) {
            if (triggers.get(i) > from) {
                breaks.add(triggers.get(i));
            }
        }
    }

    /** Tell how often the trigger output goes up until a step, since it was last asked. */
    int triggersUntil(long step) {
        int before = triggered;
        while (triggered < triggers.size() && triggers.get(triggered) <= step) {
            triggered++;
        }
        return triggered - before;
    }

    /** Pass an edge, which ends before the current has changed much. */
    void edge(double start, double seconds, double volts) {
        follow(start, seconds, measuresAmps() ? settled : volts);
    }

    /** Pass a stretch of constant volts and current. */
    void measure(double start, double seconds, double volts, double columnAmps) {
        double amps = net == Net.COLUMN ? columnAmps : net == Net.RETURN ? -columnAmps : 0;
        follow(start, seconds, measuresAmps() ? amps : volts);
    }

    private boolean measuresAmps() {
        return channel.measureMode == WgfmuChannel.MEASURE_CURRENT;
    }

    /** Pass a stretch, in parts where the range changes within it. */
    private void follow(double start, double seconds, double actual) {
        double from = start;
        double stop = start + seconds;
        while (changes < rangeChanges.size() && rangeChanges.get(changes)[0] < stop - 1e-12) {
            double at = Math.max(from, rangeChanges.get(changes)[0]);
            settle(from, at, actual);
            from = at;
            rangeChanged = at;
            range = (int) rangeChanges.get(changes++)[1];
        }
        settle(from, stop, actual);
    }

    private void settle(double start, double stop, double actual) {
        boolean changing = rangeChanged >= 0 && start < rangeChanged + RANGE_CHANGE_SECONDS;
        double tau = (changing ? RANGE_CHANGE_SECONDS : accuracy().settlingSeconds()) / SETTLINGS;
        for (int i = sampled; i < samples.size() && samples.get(i).start() < stop - 1e-13; i++) {
            double from = Math.max(samples.get(i).start(), start);
            double to = Math.min(samples.get(i).start() + samples.get(i).window(), stop);
            if (to > from) {
                integrals[i] += integral(actual, from - start, to - start, tau);
            }
        }
        while (sampled < samples.size()
                && samples.get(sampled).start() + samples.get(sampled).window() <= stop + 1e-13) {
            take(sampled++);
        }
        settled = actual + (settled - actual) * Math.exp(-(stop - start) / tau);
    }

    /** Integrate what the amplifier shows, over a part of the present stretch. */
    private double integral(double actual, double from, double to, double tau) {
        return actual * (to - from)
                + (settled - actual) * tau * (Math.exp(-from / tau) - Math.exp(-to / tau));
    }

    private Accuracy accuracy() {
        return channel.accuracy(range);
    }

    private void take(int index) {
        Accuracy accuracy = accuracy();
        double window = samples.get(index).window();
        double noise = accuracy.noise() * Math.sqrt(accuracy.windowSeconds() / window);
        double most = accuracy.fullScale() * share;
        channel.values[index] = Math.clamp(integrals[index] / window + noise * random.nextGaussian(), -most, most);
    }

    /** Take what is left, and hold the last volts. {@return how many values are at the end of their range} */
    int finish() {
        while (sampled < samples.size()) {
            take(sampled++);
        }
        if (!patterns.isEmpty()) {
            channel.dcVolts = patterns.getLast().vectors.lastEntry().getValue();
        }
        double most = channel.accuracy(range).fullScale() * share;
        return (int) Arrays.stream(channel.values).filter(value -> Math.abs(value) >= most).count();
    }
}
