package org.memloop.sim.instrument;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.memloop.sim.instrument.WgfmuSize.Many;
import org.memloop.sim.instrument.WgfmuTimeline.Occurrence;

/**
 * Put patterns into the channels' sequences, and read back what they will force and measure. Every method is
 * {@code WGFMU_} its name. Sizes that an int cannot hold are told as the largest one that it can.
 */
final class WgfmuSequenceFunctions {
    private static final int SEQUENCES_MAX = 512;
    private static final double LOOPS_MAX = 1e12;

    private final WgfmuUnit unit;

    WgfmuSequenceFunctions(WgfmuUnit unit) {
        this.unit = unit;
    }

    int addSequence(int id, String pattern, double count) {
        return unit.run("addSequence", () -> add(id, pattern, count));
    }

    private void add(int id, String pattern, double count) throws WgfmuFailure {
        unit.patterns.get(pattern);
        WgfmuPatterns.require(count >= 1 && count <= LOOPS_MAX, "a count is 1 to 1e12, not " + count);
        WgfmuChannel channel = unit.channel(id);
        WgfmuPatterns.require(channel.sequence.size() < SEQUENCES_MAX,
                "a channel plays at most " + SEQUENCES_MAX + " sequences");
        channel.sequence.add(new WgfmuChannel.Entry(pattern, Math.rint(count)));
        unit.outcome.outdate();
    }

    int addSequences(int id, @Many String[] names, @Many double[] counts, @WgfmuSize int size) {
        return unit.run("addSequences", () -> {
            WgfmuChannel channel = unit.channel(id);
            int before = channel.sequence.size();
            try {
                for (int i = 0; i < size; i++) {
                    add(id, names[i], counts[i]);
                }
            } catch (WgfmuFailure e) {
                channel.sequence.subList(before, channel.sequence.size()).clear();
                throw e;
            }
        });
    }

    int getForceValueSize(int id, double[] size) {
        return unit.run("getForceValueSize", () -> size[0] = unit.timeline(id).vectors());
    }

    int getForceValues(int id, double offset, @WgfmuSize int[] size, @Many double[] seconds, @Many double[] volts) {
        return unit.run("getForceValues", () -> {
            WgfmuTimeline timeline = unit.timeline(id);
            size[0] = WgfmuUnit.count(offset, size[0], timeline.vectors());
            for (int i = 0; i < size[0]; i++) {
                WgfmuTimeline.Vector vector = timeline.vector(offset + i);
                seconds[i] = vector.seconds();
                volts[i] = vector.volts();
            }
        });
    }

    int getForceValue(int id, double index, double[] seconds, double[] volts) {
        return getForceValues(id, index, new int[]{1}, seconds, volts);
    }

    int getInterpolatedForceValue(int id, double seconds, double[] volts) {
        return unit.run("getInterpolatedForceValue", () -> volts[0] = unit.timeline(id).voltsAt(seconds));
    }

    int getMeasureTimeSize(int id, int[] size) {
        return unit.run("getMeasureTimeSize", () -> size[0] = whole(unit.timeline(id).samples()));
    }

    int getMeasureTimes(int id, int offset, @WgfmuSize int[] size, @Many double[] seconds) {
        return unit.run("getMeasureTimes", () -> {
            WgfmuTimeline timeline = unit.timeline(id);
            size[0] = WgfmuUnit.count(offset, size[0], timeline.samples());
            for (int i = 0; i < size[0]; i++) {
                seconds[i] = timeline.sampleSeconds(offset + (double) i);
            }
        });
    }

    int getMeasureTime(int id, int index, double[] seconds) {
        return getMeasureTimes(id, index, new int[]{1}, seconds);
    }

    int getMeasureEventSize(int id, int[] size) {
        return unit.run("getMeasureEventSize", () -> size[0] = whole(unit.timeline(id).events()));
    }

    int getMeasureEvents(int id, int offset, @WgfmuSize int[] size, @Many StringBuilder[] patterns,
            @Many StringBuilder[] events, @Many int[] cycles, @Many double[] loops, @Many int[] counts,
            @Many int[] offsets, @Many int[] sizes) {
        return unit.run("getMeasureEvents", () -> {
            WgfmuTimeline timeline = unit.timeline(id);
            size[0] = WgfmuUnit.count(offset, size[0], timeline.events());
            for (int i = 0; i < size[0]; i++) {
                Occurrence found = timeline.event(offset + (double) i);
                patterns[i].replace(0, patterns[i].length(), found.pattern());
                events[i].replace(0, events[i].length(), found.event().name());
                cycles[i] = found.cycle();
                loops[i] = found.loop();
                counts[i] = found.count();
                offsets[i] = whole(found.offset());
                sizes[i] = found.event().samples();
            }
        });
    }

    int getMeasureEvent(int id, int index, StringBuilder pattern, StringBuilder event, int[] cycle, double[] loop,
            int[] count, int[] offset, int[] size) {
        return getMeasureEvents(id, index, new int[]{1}, new StringBuilder[]{pattern}, new StringBuilder[]{event},
                cycle, loop, count, offset, size);
    }

    int getMeasureEventAttribute(int id, int index, double[] seconds, int[] points, double[] interval,
            double[] average, int[] data) {
        return unit.run("getMeasureEventAttribute", () -> {
            WgfmuTimeline timeline = unit.timeline(id);
            WgfmuUnit.count(index, 1, timeline.events());
            Occurrence found = timeline.event(index);
            seconds[0] = found.startSeconds() + found.event().start() * WgfmuPattern.STEP_SECONDS;
            points[0] = found.event().points();
            interval[0] = found.event().interval() * WgfmuPattern.STEP_SECONDS;
            average[0] = found.event().average();
            data[0] = found.event().raw() ? WgfmuPatterns.RAW : WgfmuPatterns.AVERAGED;
        });
    }

    static int whole(double size) {
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /**
     * Write patterns, events and sequences into a file of comma-separated values: a line for each, its kind first.
     *
     * <pre>
     *   vector,PATTERN,SECONDS,VOLTS               measure,PATTERN,EVENT,SECONDS,POINTS,INTERVAL,AVERAGE,DATA
     *   range,PATTERN,EVENT,SECONDS,RANGE          trigger,PATTERN,EVENT,SECONDS,DURATION
     *   sequence,CHANNEL,PATTERN,COUNT
     * </pre>
     */
    int exportAscii(String path) {
        return unit.run("exportAscii", () -> {
            try (BufferedWriter out = Files.newBufferedWriter(Path.of(path))) {
                for (Map.Entry<String, WgfmuPattern> entry : unit.patterns.all.entrySet()) {
                    export(out, entry.getKey(), entry.getValue());
                }
                for (Map.Entry<Integer, WgfmuChannel> channel : unit.channels.entrySet()) {
                    for (WgfmuChannel.Entry entry : channel.getValue().sequence) {
                        line(out, "sequence,%d,%s,%.0f", channel.getKey(), entry.pattern(), entry.count());
                    }
                }
            } catch (IOException | InvalidPathException e) {
                throw new WgfmuFailure(WgfmuFailure.STRING, "cannot write to '" + path + "': " + e.getMessage());
            }
        });
    }

    private static void export(BufferedWriter out, String name, WgfmuPattern pattern) throws IOException {
        for (Map.Entry<Long, Double> vector : pattern.vectors.entrySet()) {
            line(out, "vector,%s,%.8f,%s", name, seconds(vector.getKey()), vector.getValue());
        }
        for (WgfmuPattern.Event e : pattern.inOrder()) {
            line(out, "measure,%s,%s,%.8f,%d,%.8f,%.8f,%d", name, e.name(), seconds(e.start()), e.points(),
                    seconds(e.interval()), e.average(), e.raw() ? WgfmuPatterns.RAW : WgfmuPatterns.AVERAGED);
        }
        for (WgfmuPattern.RangeChange e : pattern.ranges) {
            line(out, "range,%s,%s,%.8f,%d", name, e.name(), seconds(e.start()), e.range());
        }
        for (WgfmuPattern.TriggerOut e : pattern.triggers) {
            line(out, "trigger,%s,%s,%.8f,%.8f", name, e.name(), seconds(e.start()), seconds(e.duration()));
        }
    }

    private static double seconds(long steps) {
        return steps * WgfmuPattern.STEP_SECONDS;
    }

    private static void line(BufferedWriter out, String form, Object... values) throws IOException {
        out.write(String.format(Locale.ROOT, form, values));
        out.newLine();
    }
}
