package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.lab.LabFile;

/** Do the same on one die with three racks: over raw sockets, over VXI-11 and HiSLIP, with a pulse-measure unit. */
class RacksAgreeTest {
    private static final int[] CELLS = IntStream.range(0, 32).toArray();

    @TempDir
    private Path folder;

    private static double[] live(String uri) {
        PulseProgram.Builder program = PulseProgram.builder();
        for (Pulse pulse : new Pulse[]{Pulse.FORMING, Pulse.HARD_RESET, Pulse.SET, Pulse.READ, Pulse.WEAK_RESET,
                Pulse.WEAK_RESET, Pulse.READ}) {
            for (int cell : CELLS) {
                program.add(cell, pulse, 1);
            }
        }
        try (Bench bench = new WireBenchProvider().open(BenchUri.parse(uri))) {
            Readings readings = bench.run(program.build());
            return IntStream.range(0, readings.size()).mapToDouble(readings::amps).toArray();
        }
    }

    private String unitBench() throws Exception {
        Path file = folder.resolve("unit.yaml");
        Files.writeString(file, LabFile.builtInText()
                .replaceAll("(?m)^  generator:    \\{ driver.*\n",
                        "  pulse-measure-unit: { driver: keysight-b1530a, resource: \"GPIB0::17::INSTR\" }\n")
                .replaceAll("(?m)^  oscilloscope: \\{ driver.*\n", "")
                .replaceAll("(?s)\nwiring:.*?\ntiming:", "\ntiming:"));
        return "wire:" + file + "?seed=9&baud=0";
    }

    @Test
    void aDieLivesTheSameWithEveryRack() throws Exception {
        double[] sockets = live("wire:?seed=9&baud=0&link=socket");
        assertArrayEquals(sockets, live("wire:?seed=9&baud=0&link=vxi11"));
        assertArrayEquals(sockets, live("wire:?seed=9&baud=0&link=hislip"));
        double[] unit = live(unitBench());
        assertEquals(sockets.length, unit.length);
        assertTrue(IntStream.range(0, CELLS.length).filter(i -> sockets[i] > 5e-6).count() > 16,
                "most cells were formed");
        // pulses of the unit have other edges, so a cell's own noise may fall otherwise: most agree, and all roughly
        double[] off = IntStream.range(0, unit.length)
                .mapToDouble(i -> Math.abs(unit[i] - sockets[i]) / (1e-6 + sockets[i])).sorted().toArray();
        assertTrue(off[off.length / 2] < 0.03, "median " + off[off.length / 2]);
        assertTrue(off[off.length * 9 / 10] < 0.2, "nine of ten " + off[off.length * 9 / 10]);
    }

    @Test
    void aLinkThatThereIsNotIsNamed() {
        assertTrue(assertThrows(ConfigurationException.class, () -> live("wire:?link=pigeon")).getMessage()
                .contains("link must be socket, vxi11, hislip"));
    }
}
