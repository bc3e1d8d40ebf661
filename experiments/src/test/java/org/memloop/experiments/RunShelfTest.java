package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.BenchUri;
import org.memloop.run.JournalReader;
import org.memloop.run.JournalReader.Entry;

/** Look at the runs of a small recording, and let another language read the export. */
class RunShelfTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String LOOK = """
            import h5py, numpy, sys
            f = h5py.File(sys.argv[1])
            r = f["readings"]
            units = {name: r[name].attrs["units"].decode() for name in r}
            assert units["amps"] == "A" and units["volts"] == "V" and units["seconds"] == "s", units
            assert f["cells/last_read_siemens"].attrs["units"] == b"S"
            assert f["cells/row"].shape == (64,) and f["pulses/name"][0] == b"READ"
            steps = f["steps"]
            assert steps["count"].shape == steps["cell"].shape and steps["count"][:].min() >= 1
            assert (numpy.diff(r["program"][:]) >= 0).all()
            print(r["amps"].shape[0], repr(float(r["amps"][-1])), f.attrs["kind"].decode(), f["pulses/width_seconds"][0])
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream()), false, InstantSource.system());

    @TempDir
    Path folder;

    @BeforeEach
    void record() {
        measure("one.csv", 1);
        measure("two.csv", 2);
    }

    private void measure(String file, int seed) {
        new MeasureTraces(new MeasureTracesPlan(BenchUri.parse("sim:hfox-8x8?stuck=0&seed=" + seed), 5, 20,
                folder.resolve(file), folder.resolve("runs"), List.of(), List.of("memloop", "traces", "measure")),
                console).run();
    }

    private String said(Runnable work) {
        out.reset();
        work.run();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void runsAreListedShownAndCompared() {
        Path first = folder.resolve("runs/0001-traces");
        Path second = folder.resolve("runs/0002-traces");
        RunShelf shelf = new RunShelf(console);
        String listed = said(() -> shelf.list(folder.resolve("runs")));
        assertTrue(listed.contains("0001-traces") && listed.contains("0002-traces") && listed.contains("finished"));
        String shown = said(() -> shelf.show(first));
        assertTrue(shown.contains("devices: 5") && shown.contains("journal: ") && !shown.contains("damaged"), shown);
        assertTrue(shelf.compare(first, first));
        String compared = said(() -> assertFalse(shelf.compare(first, second)));
        assertTrue(compared.contains("setting file") && compared.contains("readings part at program 1 | program 1"),
                compared);
    }

    @Test
    void pythonReadsTheExportWithItsUnits() throws Exception {
        requireH5py();
        Path run = folder.resolve("runs/0001-traces");
        Path file = folder.resolve("session.h5");
        new RunShelf(console).export(run, false, file);
        Process python = new ProcessBuilder(PYTHON, "-c", LOOK, file.toString()).redirectErrorStream(true).start();
        String seen = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, python.waitFor(), seen);
        List<Entry> entries = JournalReader.read(run.resolve("journal.mlj")).entries();
        int readings = 0;
        double last = 0;
        for (Entry entry : entries) {
            if (entry instanceof Entry.Done done && done.readings().size() > 0) {
                readings += done.readings().size();
                last = done.readings().amps(done.readings().size() - 1);
            }
        }
        String[] words = seen.split(" ");
        assertEquals(readings, Integer.parseInt(words[0]));
        assertEquals(last, Double.parseDouble(words[1]));
        assertEquals("traces", words[2]);
        assertEquals(100e-6, Double.parseDouble(words[3]));
    }

    @Test
    void tablesOfCommaSeparatedValuesHaveALineForEachReading() throws Exception {
        Path tables = folder.resolve("tables");
        new RunShelf(console).export(folder.resolve("runs/0001-traces"), true, tables);
        List<String> readings = Files.readAllLines(tables.resolve("readings.csv"));
        assertEquals("program,step,cell,pulse,volts,amps,seconds,quality", readings.getFirst());
        assertTrue(readings.size() > 64 && Files.readString(tables.resolve("events.csv")).contains("forming"));
    }

    private static void requireH5py() throws Exception {
        if (!Files.isExecutable(Path.of(PYTHON)) || new ProcessBuilder(PYTHON, "-c", "import h5py").start()
                .waitFor() != 0) {
            String what = "needs " + PYTHON + " with h5py (Debian: python3-h5py)";
            if ("required".equals(System.getenv("MEMLOOP_CLIENTS"))) {
                fail(what);
            }
            abort(what);
        }
    }
}
