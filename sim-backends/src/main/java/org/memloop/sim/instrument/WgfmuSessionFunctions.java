package org.memloop.sim.instrument;

import java.util.List;

import org.memloop.sim.instrument.WgfmuSize.Many;

/** Open and close sessions, test and calibrate, and tell of errors and warnings. Every method is {@code WGFMU_} its name. */
final class WgfmuSessionFunctions {
    private final WgfmuUnit unit;

    WgfmuSessionFunctions(WgfmuUnit unit) {
        this.unit = unit;
    }

    int openSession(String address) {
        return unit.run("openSession", () -> unit.open(address));
    }

    int closeSession() {
        return unit.run("closeSession", unit::close);
    }

    int initialize() {
        return unit.runLive("initialize", this::toStart);
    }

    private void toStart() {
        unit.channels.values().forEach(WgfmuChannel::initialize);
        unit.outcome.forget();
    }

    int setTimeout(double seconds) {
        return unit.run("setTimeout",
                () -> WgfmuPatterns.require(seconds >= 1, "a time-out is at least 1 s, not " + seconds));
    }

    int doSelfTest(int[] result, StringBuilder text, @WgfmuSize int[] size) {
        return passed("doSelfTest", result, text, size);
    }

    int doSelfCalibration(int[] result, StringBuilder text, @WgfmuSize int[] size) {
        return passed("doSelfCalibration", result, text, size);
    }

    /** Pass, with every output off as both leave them. */
    private int passed(String function, int[] result, StringBuilder text, int[] size) {
        return unit.runLive(function, () -> {
            toStart();
            result[0] = 0;
            tell("", text, size);
        });
    }

    int getChannelIdSize(int[] size) {
        return unit.runLive("getChannelIdSize", () -> size[0] = unit.channels.size());
    }

    int getChannelIds(@Many int[] ids, @WgfmuSize int[] size) {
        return unit.runLive("getChannelIds", () -> {
            List<Integer> all = List.copyOf(unit.channels.keySet());
            size[0] = WgfmuUnit.count(0, size[0], all.size());
            for (int i = 0; i < size[0]; i++) {
                ids[i] = all.get(i);
            }
        });
    }

    int getErrorSize(int[] size) {
        size[0] = unit.record.lastError().length();
        return 0;
    }

    int getError(StringBuilder text, @WgfmuSize int[] size) {
        tell(unit.record.lastError(), text, size);
        return 0;
    }

    int getErrorSummarySize(int[] size) {
        size[0] = unit.record.errors().length();
        return 0;
    }

    int getErrorSummary(StringBuilder text, @WgfmuSize int[] size) {
        tell(unit.record.errors(), text, size);
        return 0;
    }

    int getWarningSummarySize(int[] size) {
        size[0] = unit.record.warnings().length();
        return 0;
    }

    int getWarningSummary(StringBuilder text, @WgfmuSize int[] size) {
        tell(unit.record.warnings(), text, size);
        return 0;
    }

    /** Put a text, or its beginning, where the caller wants it. */
    private static void tell(String from, StringBuilder to, int[] size) {
        size[0] = Math.clamp(from.length(), 0, Math.max(0, size[0]));
        to.setLength(0);
        to.append(from, 0, size[0]);
    }

    int treatWarningsAsErrors(int level) {
        return unit.run("treatWarningsAsErrors",
                () -> unit.record.errorLevel(WgfmuUnit.oneOf(level, WgfmuRecord.OFF, WgfmuRecord.INFORMATION)));
    }

    int setWarningLevel(int level) {
        return unit.run("setWarningLevel",
                () -> unit.record.level(WgfmuUnit.oneOf(level, WgfmuRecord.OFF, WgfmuRecord.INFORMATION)));
    }

    int getWarningLevel(int[] level) {
        level[0] = unit.record.level();
        return 0;
    }

    int openLogFile(String path) {
        return unit.run("openLogFile", () -> unit.record.open(path));
    }

    int closeLogFile() {
        return unit.run("closeLogFile", unit.record::close);
    }
}
