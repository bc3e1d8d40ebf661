package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.sim.crossbar.Wires;

class MapCrossbarTest {
    @TempDir
    private Path folder;

    private String run(CrossbarPlan.Cells cells, Wires wires, Optional<Integer> tile, Optional<Path> figures) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new MapCrossbar(new CrossbarPlan(cells, wires, tile, figures), () -> 0)
                .run(new Console(stream, stream, false, InstantSource.fixed(Instant.EPOCH)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsWhatTheWiresTakeAndDrawsIt() throws IOException {
        String told = run(new CrossbarPlan.Cells.Random(32, 48, 1e-6, 1e-3, 1), Wires.of(1), Optional.of(16),
                Optional.of(folder.resolve("map")));
        assertEquals(4, told.lines().count(), told);
        assertTrue(told.contains("32 x 48 cells, 1.0 ohm a segment, drivers on the left, sensed at the bottom"), told);
        assertTrue(told.contains("whole: measured / wanted 0.") && told.contains("tiles: measured / wanted 0."), told);
        for (String name : new String[]{"whole-map", "whole-weights", "tiles-map", "tiles-weights"}) {
            for (String kind : new String[]{".png", ".svg", ".csv"}) {
                assertTrue(Files.size(folder.resolve("map").resolve(name + kind)) > 1000, name + kind);
            }
        }
        assertEquals(1 + 32 * 48, Files.readAllLines(folder.resolve("map/whole-map.csv")).size());
    }

    @Test
    void readsTheConductancesOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("w.csv"), "1e-3,0\n0,0\n");
        String told = run(new CrossbarPlan.Cells.Recorded(file), Wires.of(100), Optional.empty(), Optional.empty());
        // one cell behind one segment of each line, and one more of the sensed line
        assertTrue(told.contains(String.format("%.4f", 1 / 1.3)), told);
    }
}
