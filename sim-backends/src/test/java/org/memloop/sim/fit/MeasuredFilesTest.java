package org.memloop.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.fit.Measured.Response;

class MeasuredFilesTest {
    @TempDir
    private Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static void refused(Path file, String... words) {
        String message = assertThrows(ConfigurationException.class, () -> MeasuredFiles.read(file)).getMessage();
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }

    @Test
    void a_packed_sweep_becomes_responses() throws IOException {
        Path file = folder.resolve("reset_sweep.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("7\t2e-06\t2.6000000000000005\t3.0\t10000\t40000\n".getBytes(StandardCharsets.UTF_8));
        }
        Response response = MeasuredFiles.read(file).responses().getFirst();
        assertEquals(new Response(7, Polarity.RESET, 3.0, 2.6, 2e-6, 1, 1e-4, 2.5e-5), response);
        assertEquals(-75e-6, response.changeSiemens(), 1e-12);
    }

    @Test
    void a_sweep_of_unknown_direction_is_refused() throws IOException {
        refused(file("sweep.tsv", "7\t2e-06\t2.6\t3.0\t10000\t40000"), "sweep.tsv", "'set' or 'reset'");
    }

    @Test
    void an_event_log_gives_the_pulses_between_readings_and_minds_its_parentheses() throws IOException {
        Measured measured = MeasuredFiles.read(file("log.csv",
                "C4,1619201838.1,778,ENDURANCE,(2.5, 1.3),3,3,1e-06,50000",
                "C4,1619201838.2,778,RESET,2.5,0,3,1e-06",
                "C4,1619201838.3,778,READ,100000,1e-05,2e-06,1e-3",
                "C4,1619201838.4,778,SET,1.3,3,0,1e-06",
                "C4,1619201838.5,778,READ,8000,1.25e-04,2e-05,1e-2",
                "C4,1619201838.6,778,RESET,2.5,0,3,1e-06",
                "C4,1619201838.7,778,READ,50000,2e-05,2e-06,1e-3"));
        assertEquals(2, measured.responses().size());
        assertEquals(new Response(778, Polarity.SET, 3, 1.3, 1e-6, 1, 1e-5, 1.25e-4), measured.responses().get(0));
        assertEquals(new Response(778, Polarity.RESET, 3, 2.5, 1e-6, 1, 1.25e-4, 2e-5), measured.responses().get(1));
    }

    @Test
    void cycles_traces_and_relaxation_are_told_by_their_columns() throws IOException {
        assertEquals(1, MeasuredFiles.read(file("100cyc.tsv", "16384\t7542\t499761\t25")).cycles().size());
        Measured trace = MeasuredFiles.read(file("ret1.csv", "1,1618447530.4,10000,1e-4,1e-5,0.01",
                "1,1618447530.5,12500,8e-5,1e-5,0.01"));
        assertEquals(0.1, trace.traces().getFirst().seconds()[1], 1e-6);
        Measured settled = MeasuredFiles.read(file("relax.tsv", "5\t0.0\t10000\t1e-4\t1e-4\t3\t0.0",
                "5\t1.01\t12500\t8e-5\t1e-4\t3\t1.0"));
        assertEquals(-20e-6, settled.settlings().getFirst().changeSiemens(), 1e-12);
        assertEquals(1, settled.settlings().size());
    }

    @Test
    void what_is_wrong_is_named_with_file_and_line() throws IOException {
        refused(file("set_a.tsv", "7\t2e-06\t2.6\t3.0\t10000\t40000", "8\t2e-06\t2.6\t3.0\t10000"), "set_a.tsv",
                "line 2", "6 fields, not 5");
        refused(file("set_b.tsv", "7\t2e-06\t2.6\t3.0\t10000\tnan"), "line 1", "field 6", "'nan'");
        refused(file("set_c.tsv", "7\t2e-06\t2.6\t3.0\t10000\t-4"), "line 1", "field 6", "above 0");
        refused(file("log.csv", "C4,1,778,ERASE,2.5,0,3,1e-06"), "line 1", "ERASE", "READ, SET, RESET");
        refused(file("two.tsv", "1\t2"), "2 columns", "sweeps");
        refused(folder.resolve("missing.tsv"), "missing.tsv", "no such file");
    }

    @Test
    void a_split_divides_cells_and_repeats_with_its_seed() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int cell = 0; cell < 2000; cell++) {
            lines.append(cell).append("\t2e-06\t2.6\t3.0\t10000\t40000\n");
        }
        Measured all = MeasuredFiles.read(file("set.tsv", lines.toString().strip()));
        Measured some = all.of(Measured.chosen(0.7, 3));
        assertEquals(1400, some.responses().size(), 80);
        assertEquals(some, all.of(Measured.chosen(0.7, 3)));
        assertEquals(2000, some.responses().size() + all.of(Measured.chosen(0.7, 3).negate()).responses().size());
    }
}
