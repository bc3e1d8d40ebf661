package org.memloop.sim.instrument;

import java.util.Map;

import org.memloop.sim.instrument.WgfmuSize.Many;
import org.memloop.sim.instrument.WgfmuTimeline.Occurrence;

/** Run what the sequences say, and bring the measured values. Every method is {@code WGFMU_} its name. */
final class WgfmuRunFunctions {
    private static final int EVENT_COMPLETED = 11001;
    private static final int EVENT_NOT_COMPLETED = 11000;

    private final WgfmuUnit unit;

    WgfmuRunFunctions(WgfmuUnit unit) {
        this.unit = unit;
    }

    int update() {
        return unit.runLive("update", this::prepared);
    }

    int updateChannel(int id) {
        return unit.runLive("updateChannel", () -> {
            unit.channel(id);
            prepared();
        });
    }

    private WgfmuRun prepared() throws WgfmuFailure {
        WgfmuRun run = new WgfmuRun(unit);
        for (Map.Entry<Integer, WgfmuChannel> entry : unit.channels.entrySet()) {
            WgfmuChannel channel = entry.getValue();
            boolean plays = channel.connected
                    && (channel.mode == WgfmuChannel.FAST_IV || channel.mode == WgfmuChannel.PG);
            if (plays && channel.mode == WgfmuChannel.PG && channel.measureMode == WgfmuChannel.MEASURE_CURRENT) {
                throw new WgfmuFailure(WgfmuFailure.NOT_SUPPORTED, "channel " + entry.getKey()
                        + " measures volts only in PG mode");
            }
            if (plays) {
                run.add(entry.getKey(), channel);
            }
        }
        run.check();
        unit.record.refuseWarnings();
        return run;
    }

    int execute() {
        return unit.runLive("execute", () -> {
            WgfmuRun run = prepared();
            unit.outcome.forget();
            if (!unit.wiring.strikes(WgfmuUnit.ROLE, Fault.MISSED_TRIGGER)) {
                run.play();
                unit.outcome.executed(run.seconds());
            }
        });
    }

    int waitUntilCompleted() {
        return unit.runLive("waitUntilCompleted", unit.outcome::requireRun);
    }

    int abort() {
        return unit.runLive("abort", () -> {});
    }

    int abortChannel(int id) {
        return unit.runLive("abortChannel", () -> unit.channel(id));
    }

    int getStatus(int[] status, double[] elapsed, double[] total) {
        return unit.runLive("getStatus", () -> tell(status, elapsed, total));
    }

    int getChannelStatus(int id, int[] status, double[] elapsed, double[] total) {
        return unit.runLive("getChannelStatus", () -> {
            unit.channel(id);
            tell(status, elapsed, total);
        });
    }

    private void tell(int[] status, double[] elapsed, double[] total) {
        status[0] = unit.outcome.status();
        elapsed[0] = unit.outcome.seconds();
        total[0] = unit.outcome.seconds();
    }

    int getMeasureValueSize(int id, int[] measured, int[] total) {
        return unit.runLive("getMeasureValueSize", () -> {
            total[0] = WgfmuSequenceFunctions.whole(unit.timeline(id).samples());
            measured[0] = unit.outcome.valid() ? unit.channel(id).values.length : 0;
        });
    }

    int getMeasureValues(int id, int offset, @WgfmuSize int[] size, @Many double[] seconds, @Many double[] values) {
        return unit.runLive("getMeasureValues", () -> {
            WgfmuChannel channel = unit.channel(id);
            unit.outcome.require();
            size[0] = WgfmuUnit.count(offset, size[0], channel.values.length);
            System.arraycopy(channel.times, offset, seconds, 0, size[0]);
            System.arraycopy(channel.values, offset, values, 0, size[0]);
        });
    }

    int getMeasureValue(int id, int index, double[] seconds, double[] value) {
        return getMeasureValues(id, index, new int[]{1}, seconds, value);
    }

    int getCompletedMeasureEventSize(int id, int[] completed, int[] total) {
        return unit.runLive("getCompletedMeasureEventSize", () -> {
            total[0] = WgfmuSequenceFunctions.whole(unit.timeline(id).events());
            completed[0] = unit.outcome.valid() ? total[0] : 0;
        });
    }

    int isMeasureEventCompleted(int id, String pattern, String event, int cycle, double loop, int count,
            int[] completed, int[] index, int[] offset, int[] size) {
        return unit.runLive("isMeasureEventCompleted", () -> {
            unit.patterns.get(pattern);
            WgfmuTimeline timeline = unit.timeline(id);
            double at = timeline.indexOf(pattern, event, cycle, loop, count);
            Occurrence found = timeline.event(at);
            completed[0] = unit.outcome.valid() ? EVENT_COMPLETED : EVENT_NOT_COMPLETED;
            index[0] = WgfmuSequenceFunctions.whole(at);
            offset[0] = WgfmuSequenceFunctions.whole(found.offset());
            size[0] = found.event().samples();
        });
    }
}
