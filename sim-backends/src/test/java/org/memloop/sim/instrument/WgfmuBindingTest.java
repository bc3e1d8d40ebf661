package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.instrument.keysight.Wgfmu;
import org.memloop.instrument.keysight.WgfmuFunction;

/** The binding of Keysight's library, by the C calling convention, against native functions that stand in for it. */
class WgfmuBindingTest {
    private final Arena arena = Arena.ofShared();
    private final KeysightB1530AEmulator emulator = new KeysightB1530AEmulator(new Wiring(new Resistor(10e3)), 1);
    private final Wgfmu wgfmu = new Wgfmu(emulator.library(arena), "unit at GPIB0::17::INSTR");

    @AfterEach
    void unload() {
        arena.close();
    }

    @Test
    void bindsAllFunctionsOfTheLibraryAndNoOther() {
        assertEquals(new TreeSet<>(emulator.functions()),
                Arrays.stream(WgfmuFunction.values()).map(WgfmuFunction::symbol)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void passesNumbersTextsAndArraysBothWays() {
        wgfmu.call(WgfmuFunction.OPEN_SESSION, "GPIB0::17::INSTR");
        int[] size = {8};
        int[] ids = new int[8];
        wgfmu.call(WgfmuFunction.GET_CHANNEL_IDS, ids, size);
        assertArrayEquals(new int[]{101, 102}, Arrays.copyOf(ids, size[0]));
        wgfmu.call(WgfmuFunction.CREATE_PATTERN, "w", 0.0);
        wgfmu.call(WgfmuFunction.ADD_VECTORS, "w", new double[]{1e-6, 1e-6, 1e-6}, new double[]{0, 1, 0}, 3);
        wgfmu.call(WgfmuFunction.SET_MEASURE_EVENT, "w", "r", 1e-6, 2, 1e-7, 1e-7, 12000);
        wgfmu.call(WgfmuFunction.ADD_SEQUENCES, 101, new String[]{"w", "w"}, new double[]{1, 2}, 2);
        double[] total = {0};
        wgfmu.call(WgfmuFunction.GET_FORCE_VALUE_SIZE, 101, total);
        assertTrue(total[0] >= 9, "points of the sequence: " + total[0]);
        int[] events = {3};
        byte[][] patterns = new byte[3][64];
        byte[][] names = new byte[3][64];
        double[] loops = new double[3];
        int[][] numbers = new int[4][3];
        wgfmu.call(WgfmuFunction.GET_MEASURE_EVENTS, 101, 0, events, patterns, names, numbers[0], loops, numbers[1],
                numbers[2], numbers[3]);
        assertEquals(3, events[0]);
        assertEquals("w", Wgfmu.text(patterns[2]));
        assertEquals("r", Wgfmu.text(names[0]));
        int[] completed = {0};
        int[] index = {0};
        int[] offset = {0};
        int[] length = {0};
        wgfmu.call(WgfmuFunction.IS_MEASURE_EVENT_COMPLETED, 101, "w", "r", 1, 1.0, 0, completed, index, offset,
                length);
        assertArrayEquals(new int[]{11000, 2, 4, 2}, new int[]{completed[0], index[0], offset[0], length[0]});
        double[] volts = {0};
        wgfmu.call(WgfmuFunction.GET_PATTERN_INTERPOLATED_FORCE_VALUE, "w", 1.5e-6, volts);
        assertEquals(0.5, volts[0], 1e-9);
    }

    @Test
    void aFailureIsToldWithItsCodeAndWhatTheLibrarySays() {
        InstrumentException e = assertThrows(InstrumentException.class,
                () -> wgfmu.call(WgfmuFunction.ADD_VECTOR, "nobody", 1e-6, 0.0));
        assertTrue(
                e.getMessage().contains("unit at GPIB0::17::INSTR") && e.getMessage().contains("WGFMU_addVector(nobody")
                        && e.getMessage().contains("-10 (no such pattern)") && e.getMessage().contains("nobody"),
                e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnyCall() {
        assertThrows(IllegalArgumentException.class, () -> wgfmu.call(WgfmuFunction.ADD_VECTOR, "w", 1e-6));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> wgfmu.call(WgfmuFunction.ADD_VECTOR, "w", 1, 0.0))
                .getMessage().contains("parameter 2 is DOUBLE"));
    }

    @Test
    void aComputerWithoutTheLibraryIsToldWhatToDo() {
        String message = assertThrows(ConfigurationException.class, () -> Wgfmu.load(Optional.empty(), arena))
                .getMessage();
        assertTrue(message.contains("wgfmu") && message.contains("Windows") && message.contains("library:"), message);
        Wgfmu empty = new Wgfmu(_ -> Optional.empty(), "unit");
        assertTrue(assertThrows(ConfigurationException.class, () -> empty.call(WgfmuFunction.CLEAR)).getMessage()
                .contains("WGFMU_clear"));
    }
}
