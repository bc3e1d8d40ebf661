package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Use the pulse-measure unit as native programs do: through pointers, by the names of the library's header. */
@SuppressWarnings("restricted") // native functions are called, as programs of others call them
class WgfmuLibraryTest {
    private static final List<String> ALL = List.of(("openSession closeSession initialize setTimeout doSelfCalibration "
            + "doSelfTest getChannelIdSize getChannelIds getErrorSize getError getErrorSummarySize getErrorSummary "
            + "treatWarningsAsErrors setWarningLevel getWarningLevel getWarningSummarySize getWarningSummary "
            + "openLogFile closeLogFile setOperationMode getOperationMode setForceVoltageRange getForceVoltageRange "
            + "setMeasureMode getMeasureMode setMeasureVoltageRange getMeasureVoltageRange setMeasureCurrentRange "
            + "getMeasureCurrentRange setForceDelay getForceDelay setMeasureDelay getMeasureDelay setMeasureEnabled "
            + "isMeasureEnabled setTriggerOutMode getTriggerOutMode connect disconnect clear createPattern addVector "
            + "addVectors setVector setVectors createMergedPattern createMultipliedPattern createOffsetPattern "
            + "getPatternForceValueSize getPatternForceValues getPatternForceValue getPatternInterpolatedForceValue "
            + "getPatternMeasureTimeSize getPatternMeasureTimes getPatternMeasureTime setMeasureEvent setRangeEvent "
            + "setTriggerOutEvent addSequence addSequences getForceValueSize getForceValues getForceValue "
            + "getInterpolatedForceValue getMeasureTimeSize getMeasureTimes getMeasureTime getMeasureEventSize "
            + "getMeasureEvents getMeasureEvent getMeasureEventAttribute exportAscii update updateChannel execute abort "
            + "abortChannel getStatus getChannelStatus waitUntilCompleted getMeasureValueSize getMeasureValues "
            + "getMeasureValue getCompletedMeasureEventSize isMeasureEventCompleted dcforceVoltage dcmeasureValue "
            + "dcmeasureAveragedValue").split(" "));

    @TempDir
    Path folder;

    private final Arena arena = Arena.ofShared();
    private final Faults faults = new Faults(1);
    private final Wiring wiring = new Wiring(new Resistor(1e4), faults);
    private final KeysightB1530AEmulator unit = new KeysightB1530AEmulator(wiring, 5);
    private final SymbolLookup library = unit.library(arena);

    @BeforeEach
    void open() {
        BitSet lines = new BitSet();
        lines.set(0);
        lines.set(2);
        wiring.latch(lines);
        ok("openSession", "GPIB0::17::INSTR");
        ok("initialize");
        for (int channel : new int[]{101, 102}) {
            ok("setOperationMode", channel, 2001);
            ok("connect", channel);
        }
        ok("setMeasureMode", 101, 4001);
        ok("setMeasureCurrentRange", 101, 6003);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    private void ok(String function, Object... arguments) {
        assertEquals(0, call(function, arguments), () -> function + ": " + error());
    }

    private String error() {
        int[] size = new int[1];
        call("getErrorSize", size);
        byte[] text = new byte[size[0] + 1];
        call("getError", text, size);
        assertEquals(0, text[size[0]], "ends with a zero");
        return new String(text, 0, size[0], java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** Call as C does: numbers by value, everything else by address, arrays copied there and back. */
    private int call(String function, Object... arguments) {
        try (Arena call = Arena.ofConfined()) {
            MemoryLayout[] layouts = new MemoryLayout[arguments.length];
            Object[] natives = new Object[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                layouts[i] = arguments[i] instanceof Integer
                        ? ValueLayout.JAVA_INT
                        : arguments[i] instanceof Double ? ValueLayout.JAVA_DOUBLE : ValueLayout.ADDRESS;
                natives[i] = switch (arguments[i]) {
                    case int[] values -> call.allocateFrom(ValueLayout.JAVA_INT, values);
                    case double[] values -> call.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
                    case byte[] values -> call.allocate(Math.max(1, values.length));
                    case String text -> call.allocateFrom(text);
                    case String[] texts -> pointers(call, texts);
                    case byte[][] texts -> buffers(call, texts);
                    default -> arguments[i];
                };
            }
            int code = (int) Linker.nativeLinker().downcallHandle(library.find("WGFMU_" + function).orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts)).invokeWithArguments(natives);
            for (int i = 0; i < arguments.length; i++) {
                copyBack(arguments[i], natives[i]);
            }
            return code;
        } catch (Throwable e) {
            throw new AssertionError(function, e);
        }
    }

    private static MemorySegment pointers(Arena call, String[] texts) {
        MemorySegment pointers = call.allocate(ValueLayout.ADDRESS, texts.length);
        for (int i = 0; i < texts.length; i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, call.allocateFrom(texts[i]));
        }
        return pointers;
    }

    private static MemorySegment buffers(Arena call, byte[][] texts) {
        MemorySegment pointers = call.allocate(ValueLayout.ADDRESS, texts.length);
        for (int i = 0; i < texts.length; i++) {
            pointers.setAtIndex(ValueLayout.ADDRESS, i, call.allocate(texts[i].length));
        }
        return pointers;
    }

    private static void copyBack(Object argument, Object memory) {
        switch (argument) {
            case int[] values ->
                MemorySegment.copy((MemorySegment) memory, ValueLayout.JAVA_INT, 0, values, 0, values.length);
            case double[] values ->
                MemorySegment.copy((MemorySegment) memory, ValueLayout.JAVA_DOUBLE, 0, values, 0, values.length);
            case byte[] values ->
                MemorySegment.copy((MemorySegment) memory, ValueLayout.JAVA_BYTE, 0, values, 0, values.length);
            case byte[][] texts -> {
                for (int i = 0; i < texts.length; i++) {
                    MemorySegment.copy(((MemorySegment) memory).getAtIndex(ValueLayout.ADDRESS, i)
                            .reinterpret(texts[i].length), ValueLayout.JAVA_BYTE, 0, texts[i], 0, texts[i].length);
                }
            }
            default -> {
            }
        }
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void hasEveryFunctionOfTheHeaderAndNoOther() {
        TreeSet<String> expected = new TreeSet<>();
        ALL.forEach(name -> expected.add("WGFMU_" + name));
        assertEquals(expected, new TreeSet<>(unit.functions()));
        assertTrue(library.find("WGFMU_fly").isEmpty());
    }

    private void setAndRead() {
        ok("createPattern", "w", 0.0);
        ok("addVectors", "w", new double[]{1e-7, 1e-6, 1e-7}, new double[]{0.5, 0.5, 0}, 3);
        ok("setMeasureEvent", "w", "late", 9e-7, 2, 1e-7, 1e-7, 12000);
        ok("setMeasureEvent", "w", "early", 2e-7, 3, 1e-7, 2e-8, 12001);
        ok("createPattern", "g", 0.0);
        ok("addVectors", "g", new double[]{1e-7, 1e-6, 1e-7}, new double[]{3, 3, 0}, 3);
        ok("addSequences", 101, new String[]{"w", "w"}, new double[]{2, 3}, 2);
        ok("addSequence", 102, "g", 5.0);
    }

    @Test
    void sequencesAreReadBackWithoutBeingLaidOut() {
        setAndRead();
        double[] count = new double[1];
        ok("getForceValueSize", 101, count);
        assertEquals(5 * 4, count[0]);
        double[] seconds = new double[3];
        double[] volts = new double[3];
        int[] size = {3};
        ok("getForceValues", 101, 9.0, size, seconds, volts);
        assertArrayEquals(new double[]{2.5e-6, 3.5e-6, 3.6e-6}, seconds, 1e-12);
        assertArrayEquals(new double[]{0.5, 0.5, 0}, volts);
        ok("getInterpolatedForceValue", 101, 1.2e-6 + 0.5e-7, volts);
        assertEquals(0.25, volts[0], 1e-9);
        assertEquals(-1, call("getInterpolatedForceValue", 101, 1.0, volts));
        ok("getMeasureTimeSize", 101, size);
        int perPattern = 3 * 5 + 2;
        assertEquals(5 * perPattern, size[0]);
        ok("getMeasureTime", 101, perPattern, seconds);
        assertEquals(1.2e-6 + 2e-7, seconds[0], 1e-12);
        ok("getMeasureTime", 101, perPattern + 15, seconds);
        assertEquals(1.2e-6 + 9e-7, seconds[0], 1e-12, "events in the order of time");
        assertEquals(-1, call("getMeasureTime", 101, 5 * perPattern, seconds));
        ok("addSequence", 101, "w", 1e12);
        ok("getForceValueSize", 101, count);
        assertEquals(4e12 + 20, count[0]);
        ok("getForceValue", 101, 4e12 + 19, seconds, volts);
        assertEquals(1.2e-6 * (1e12 + 5), seconds[0], 1e-3);
        ok("getMeasureTimeSize", 101, size);
        assertEquals(Integer.MAX_VALUE, size[0], "as much as an int holds");
    }

    @Test
    void eventsAreListedWithTheirAttributes() {
        setAndRead();
        int[] size = new int[1];
        ok("getMeasureEventSize", 101, size);
        assertEquals(10, size[0]);
        byte[][] patterns = new byte[2][20];
        byte[][] events = new byte[2][20];
        int[] cycles = new int[2];
        double[] loops = new double[2];
        int[] counts = new int[2];
        int[] offsets = new int[2];
        int[] sizes = new int[2];
        size[0] = 2;
        ok("getMeasureEvents", 101, 6, size, patterns, events, cycles, loops, counts, offsets, sizes);
        assertEquals("w", text(patterns[0]));
        assertEquals("early", text(events[0]));
        assertEquals("late", text(events[1]));
        assertArrayEquals(new int[]{1, 1}, cycles);
        assertArrayEquals(new double[]{1, 1}, loops);
        assertArrayEquals(new int[]{3 * 17, 3 * 17 + 15}, offsets);
        assertArrayEquals(new int[]{15, 2}, sizes);
        byte[] pattern = new byte[20];
        byte[] event = new byte[20];
        ok("getMeasureEvent", 101, 9, pattern, event, cycles, loops, counts, offsets, sizes);
        assertEquals("w late", text(pattern) + " " + text(event));
        assertEquals(2, loops[0]);
        double[] time = new double[1];
        double[] interval = new double[1];
        double[] average = new double[1];
        ok("getMeasureEventAttribute", 101, 9, time, size, interval, average, counts);
        assertEquals(4 * 1.2e-6 + 9e-7, time[0], 1e-12);
        assertArrayEquals(new double[]{1e-7, 1e-7}, new double[]{interval[0], average[0]}, 1e-15);
        assertArrayEquals(new int[]{2, 12000}, new int[]{size[0], counts[0]});
    }

    @Test
    void eventsOfOneNameInAMergedPatternAreCounted() {
        setAndRead();
        ok("createMergedPattern", "ww", "w", "w", 9000);
        ok("clear");
        setAndRead();
        ok("createMergedPattern", "ww", "w", "w", 9000);
        ok("addSequence", 101, "ww", 1.0);
        int[] completed = new int[1];
        int[] index = new int[1];
        int[] offset = new int[1];
        int[] size = new int[1];
        ok("isMeasureEventCompleted", 101, "ww", "late", 2, 0.0, 1, completed, index, offset, size);
        assertArrayEquals(new int[]{11000, 10 + 3, 5 * 17 + 32, 2},
                new int[]{completed[0], index[0], offset[0], size[0]});
        assertEquals(-11,
                call("isMeasureEventCompleted", 101, "ww", "never", 2, 0.0, 0, completed, index, offset, size));
        assertEquals(-10,
                call("isMeasureEventCompleted", 101, "x", "late", 2, 0.0, 0, completed, index, offset, size));
    }

    @Test
    void resultsAreThereAfterTheRunAndOutdatedByWhatComesNext() {
        setAndRead();
        double[] time = new double[1];
        double[] value = new double[1];
        int[] done = new int[1];
        int[] total = new int[1];
        assertEquals(-14, call("getMeasureValue", 101, 0, time, value), "not ready");
        assertEquals(-13, call("waitUntilCompleted"), "not running");
        ok("getMeasureValueSize", 101, done, total);
        assertArrayEquals(new int[]{0, 85}, new int[]{done[0], total[0]});
        ok("execute");
        ok("waitUntilCompleted");
        ok("getStatus", done, time, value);
        assertEquals(10000, done[0]);
        assertEquals(6e-6, value[0], 1e-12);
        ok("getMeasureValueSize", 101, done, total);
        assertArrayEquals(new int[]{85, 85}, new int[]{done[0], total[0]});
        ok("getCompletedMeasureEventSize", 101, done, total);
        assertArrayEquals(new int[]{10, 10}, new int[]{done[0], total[0]});
        ok("getMeasureValue", 101, 15, time, value);
        assertEquals(50e-6, value[0], 0.3e-6);
        ok("addVector", "g", 1e-6, 0.0);
        assertEquals(-15, call("getMeasureValue", 101, 15, time, value), "out of date");
        assertEquals(-3, call("execute"), "unequally long");
        assertTrue(error().contains("unequally long"), error());
        int[] size = new int[1];
        call("getErrorSummarySize", size);
        assertTrue(size[0] > error().length(), "all errors since the session was opened");
    }

    @Test
    void warningsAreToldByLevelAndMayBeErrors() {
        setAndRead();
        int[] size = new int[1];
        ok("setMeasureCurrentRange", 101, 6002);
        ok("execute");
        ok("getWarningSummarySize", size);
        byte[] text = new byte[size[0] + 1];
        ok("getWarningSummary", text, size);
        assertTrue(text(text).contains("values are at the end of their range"), text(text));
        assertTrue(!text(text).contains("settles in"), "information is not of the usual level: " + text(text));
        ok("setWarningLevel", 1003);
        ok("getWarningLevel", size);
        assertEquals(1003, size[0]);
        ok("treatWarningsAsErrors", 1003);
        double before = wiring.nowSeconds();
        assertEquals(-8, call("execute"));
        assertTrue(error().contains("event 'late' begins 8.00e-07 s after an edge; its range settles in 5.80e-06 s"),
                error());
        assertEquals(before, wiring.nowSeconds(), "nothing was forced");
        ok("treatWarningsAsErrors", 1000);
        assertEquals(-1, call("setWarningLevel", 999));
    }

    @Test
    void rangesChangeWithinARun() {
        ok("createPattern", "w", 0.0);
        ok("addVectors", "w", new double[]{1e-7, 1e-3, 1e-7}, new double[]{0.5, 0.5, 0}, 3);
        ok("setMeasureEvent", "w", "coarse", 1e-4, 1, 1e-5, 1e-5, 12000);
        ok("setRangeEvent", "w", "finer", 2e-4, 6002);
        ok("setMeasureEvent", "w", "fine", 9e-4, 1, 1e-5, 1e-5, 12000);
        ok("createPattern", "g", 0.0);
        ok("addVectors", "g", new double[]{1e-7, 1e-3, 1e-7}, new double[]{3, 3, 0}, 3);
        ok("addSequence", 101, "w", 1.0);
        ok("addSequence", 102, "g", 1.0);
        ok("execute");
        double[] times = new double[2];
        double[] values = new double[2];
        ok("getMeasureValues", 101, 0, new int[]{2}, times, values);
        assertEquals(50e-6, values[0], 0.1e-6);
        assertEquals(10e-6, values[1], "the finer range is exceeded");
    }

    @Test
    void callsAndPatternsAreWrittenIntoFiles() throws Exception {
        Path log = folder.resolve("log.txt");
        Path csv = folder.resolve("patterns.csv");
        ok("openLogFile", log.toString());
        setAndRead();
        assertEquals(-9, call("connect", 303));
        ok("exportAscii", csv.toString());
        ok("closeLogFile");
        assertEquals(-2, call("exportAscii", folder.resolve("no/such/folder.csv").toString()));
        List<String> lines = Files.readAllLines(log);
        assertTrue(lines.contains("0.000000000 WGFMU_createPattern 0"), "" + lines);
        assertTrue(
                lines.stream().anyMatch(
                        line -> line.startsWith("0.000000000 WGFMU_connect -9 WGFMU_connect: no channel 303")),
                "" + lines);
        List<String> told = Files.readAllLines(csv);
        assertEquals("vector,w,0.00000010,0.5", told.get(1));
        assertTrue(told.containsAll(List.of("measure,w,early,0.00000020,3,0.00000010,0.00000002,12001",
                "sequence,101,w,2", "sequence,102,g,5")), "" + told);
    }

    @Test
    void testsCalibratesAndTellsItsChannels() {
        int[] result = {7};
        int[] size = {100};
        ok("doSelfTest", result, new byte[101], size);
        assertEquals(0, result[0]);
        int[] mode = new int[1];
        ok("getOperationMode", 101, mode);
        assertEquals(2003, mode[0], "back at its start");
        ok("getChannelIdSize", size);
        int[] ids = new int[size[0]];
        ok("getChannelIds", ids, size);
        assertEquals("[101, 102]", Arrays.toString(ids));
        ok("setTimeout", 10.0);
        assertEquals(-1, call("setTimeout", 0.5));
        assertEquals(-1, call("getChannelIds", MemorySegment.NULL, size), "a pointer to nothing");
        ok("closeSession");
        assertEquals(-3, call("getChannelIdSize", size));
    }

    @Test
    void aTroubledConnectionIsToldByItsCode() {
        int[] mode = new int[1];
        faults.set("pulse-measure-unit", FaultRule.once(Fault.SILENT, 1));
        assertEquals(-5, call("getOperationMode", 101, mode));
        faults.set("pulse-measure-unit", FaultRule.once(Fault.GARBAGE, 1));
        assertEquals(-6, call("setOperationMode", 101, 2002));
        faults.set("pulse-measure-unit", FaultRule.once(Fault.TRUNCATED, 1));
        assertEquals(-5, call("setOperationMode", 101, 2002));
        ok("getOperationMode", 101, mode);
        assertEquals(2002, mode[0], "it was carried out, but its answer was lost");
        faults.set("pulse-measure-unit", FaultRule.once(Fault.HANG_UP, 1));
        assertEquals(-5, call("getOperationMode", 101, mode));
        assertEquals(-3, call("getOperationMode", 101, mode), "the session is gone");
        faults.set("pulse-measure-unit", FaultRule.once(Fault.WRONG_IDENTITY, 1));
        assertEquals(-5, call("openSession", "GPIB0::17::INSTR"));
        ok("openSession", "GPIB0::17::INSTR");
        faults.set("pulse-measure-unit", FaultRule.once(Fault.DELAYED, 1).delayed(0.2));
        long start = System.nanoTime();
        ok("getOperationMode", 101, mode);
        assertTrue(System.nanoTime() - start > 190_000_000);
    }

    @Test
    void cablesAndRangesFailDuringARun() {
        ok("setOperationMode", 101, 2001);
        setAndRead();
        double[] value = new double[1];
        for (Fault fault : new Fault[]{Fault.UNPLUGGED, Fault.CLIPPED, Fault.MISSED_TRIGGER}) {
            long pulses = wiring.pulses();
            faults.clear("pulse-measure-unit");
            faults.set("pulse-measure-unit", FaultRule.always(fault));
            if (fault == Fault.CLIPPED) {
                ok("setMeasureCurrentRange", 101, 6002);
            }
            ok("execute");
            int code = call("getMeasureValue", 101, 15, new double[1], value);
            switch (fault) {
                case UNPLUGGED -> assertEquals(0, value[0], 0.3e-6);
                case CLIPPED -> assertEquals(5e-6, value[0], 1e-12);
                default -> assertEquals(-14, code);
            }
            assertEquals(fault == Fault.CLIPPED, wiring.pulses() > pulses);
        }
    }
}
