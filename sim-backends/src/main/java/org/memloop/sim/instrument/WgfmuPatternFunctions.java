package org.memloop.sim.instrument;

import java.util.List;
import java.util.Map;

import org.memloop.sim.instrument.WgfmuSize.Many;

/** Build patterns and their events, and read them back. Every method is {@code WGFMU_} its name. */
final class WgfmuPatternFunctions {
    private final WgfmuUnit unit;
    private final WgfmuPatterns patterns;

    WgfmuPatternFunctions(WgfmuUnit unit) {
        this.unit = unit;
        patterns = unit.patterns;
    }

    /** Change patterns; what the last run found no longer belongs to them. */
    private int change(String function, WgfmuUnit.Body body) {
        return unit.run(function, () -> {
            body.run();
            unit.outcome.outdate();
        });
    }

    int clear() {
        return change("clear", () -> {
            patterns.all.clear();
            unit.channels.values().forEach(channel -> channel.sequence.clear());
        });
    }

    int createPattern(String name, double initialVolts) {
        return change("createPattern", () -> patterns.create(name, new WgfmuPattern(initialVolts)));
    }

    int addVector(String name, double seconds, double volts) {
        return change("addVector", () -> patterns.change(name, pattern -> pattern.add(seconds, volts)));
    }

    int addVectors(String name, @Many double[] seconds, @Many double[] volts, @WgfmuSize int size) {
        return change("addVectors", () -> patterns.change(name, pattern -> {
            for (int i = 0; i < size; i++) {
                pattern.add(seconds[i], volts[i]);
            }
        }));
    }

    int setVector(String name, double seconds, double volts) {
        return change("setVector", () -> patterns.change(name,
                pattern -> pattern.place(WgfmuPattern.steps(seconds, 0), WgfmuPattern.volts(volts))));
    }

    int setVectors(String name, @Many double[] seconds, @Many double[] volts, @WgfmuSize int size) {
        return change("setVectors", () -> patterns.change(name, pattern -> {
            for (int i = 0; i < size; i++) {
                pattern.place(WgfmuPattern.steps(seconds[i], 0), WgfmuPattern.volts(volts[i]));
            }
        }));
    }

    int createMergedPattern(String name, String first, String second, int axis) {
        return change("createMergedPattern", () -> patterns.merge(name, first, second, axis));
    }

    int createMultipliedPattern(String name, String from, double timeFactor, double voltsFactor) {
        return change("createMultipliedPattern", () -> {
            WgfmuPatterns.require(timeFactor > 0, "a time factor is positive, not " + timeFactor);
            patterns.create(name, patterns.get(from).copy(timeFactor, volts -> volts * voltsFactor));
        });
    }

    int createOffsetPattern(String name, String from, double seconds, double volts) {
        return change("createOffsetPattern",
                () -> patterns.create(name, patterns.get(from).offset(WgfmuPattern.steps(seconds, 0), volts)));
    }

    int getPatternForceValueSize(String name, int[] size) {
        return unit.run("getPatternForceValueSize", () -> size[0] = patterns.get(name).vectors.size());
    }

    int getPatternForceValues(String name, int offset, @WgfmuSize int[] size, @Many double[] seconds,
            @Many double[] volts) {
        return unit.run("getPatternForceValues", () -> {
            List<Map.Entry<Long, Double>> all = List.copyOf(patterns.get(name).vectors.entrySet());
            size[0] = WgfmuUnit.count(offset, size[0], all.size());
            for (int i = 0; i < size[0]; i++) {
                seconds[i] = all.get(offset + i).getKey() * WgfmuPattern.STEP_SECONDS;
                volts[i] = all.get(offset + i).getValue();
            }
        });
    }

    int getPatternForceValue(String name, int index, double[] seconds, double[] volts) {
        return getPatternForceValues(name, index, new int[]{1}, seconds, volts);
    }

    int getPatternInterpolatedForceValue(String name, double seconds, double[] volts) {
        return unit.run("getPatternInterpolatedForceValue", () -> {
            WgfmuPattern pattern = patterns.get(name);
            double step = seconds / WgfmuPattern.STEP_SECONDS;
            WgfmuPatterns.require(step >= 0 && step <= pattern.end() + 1e-3,
                    "time " + seconds + " s is outside pattern '" + name + "'");
            volts[0] = pattern.voltsAt(step);
        });
    }

    int getPatternMeasureTimeSize(String name, int[] size) {
        return unit.run("getPatternMeasureTimeSize", () -> size[0] = patterns.get(name).sampleTimes().length);
    }

    int getPatternMeasureTimes(String name, int offset, @WgfmuSize int[] size, @Many double[] seconds) {
        return unit.run("getPatternMeasureTimes", () -> {
            double[] all = patterns.get(name).sampleTimes();
            size[0] = WgfmuUnit.count(offset, size[0], all.length);
            System.arraycopy(all, offset, seconds, 0, size[0]);
        });
    }

    int getPatternMeasureTime(String name, int index, double[] seconds) {
        return getPatternMeasureTimes(name, index, new int[]{1}, seconds);
    }

    int setMeasureEvent(String pattern, String event, double seconds, int points, double interval, double average,
            int data) {
        return change("setMeasureEvent",
                () -> patterns.event(pattern, event, seconds, points, interval, average, data));
    }

    int setRangeEvent(String pattern, String event, double seconds, int range) {
        return change("setRangeEvent", () -> {
            WgfmuUnit.oneOf(range, 6001, 6005);
            long start = inside(pattern, seconds);
            patterns.change(pattern, p -> {
                p.remove(event);
                p.ranges.add(new WgfmuPattern.RangeChange(event, start, range));
            });
        });
    }

    int setTriggerOutEvent(String pattern, String event, double seconds, double duration) {
        return change("setTriggerOutEvent", () -> {
            long start = inside(pattern, seconds);
            long steps = WgfmuPattern.steps(duration, 1);
            patterns.change(pattern, p -> {
                p.remove(event);
                p.triggers.add(new WgfmuPattern.TriggerOut(event, start, steps));
            });
        });
    }

    private long inside(String pattern, double seconds) throws WgfmuFailure {
        long start = WgfmuPattern.steps(seconds, 0);
        WgfmuPatterns.require(start <= patterns.get(pattern).end(),
                "the event comes after the end of pattern '" + pattern + "'");
        return start;
    }
}
