package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bring other programs' measurements among the runs, and do with them what is done with runs. */
class RunsImportTest {
    private static final String LOG = """
            C4,1619201838.00,258,READ,200000,5e-06,1e-06,0.0039
            C4,1619201838.10,258,SET,1.3,3,0,1e-06
            C4,1619201838.50,258,READ,10000,1e-04,2e-05,0.013
            C4,1619201839.00,258,RESET,2.5,0,3,1e-06
            C4,1619201839.50,258,READ,100000,1e-05,2e-06,0.0039
            C4,1619201840.00,258,ENDURANCE,(2.5, 1.0),3,3,2e-08,50000
            C4,1619201840.50,258,READ,8000,1.25e-04,2.5e-05,0.013
            """;

    @TempDir
    private Path folder;
    private final Words words = new Words();
    private Path log;

    @BeforeEach
    void log() throws Exception {
        log = Files.writeString(folder.resolve("log.csv"), LOG);
    }

    private Path imported(Path file, int number, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of("runs", "import", file.toString(), "--runs",
                folder + "/runs"));
        all.addAll(List.of(more));
        words.run(0, all.toArray(String[]::new));
        return folder.resolve("runs/000" + number + "-import");
    }

    @Test
    void anEventLogBecomesARunThatIsListedShownExportedAnalyzedAndCompared() throws Exception {
        Path run = imported(log, 1, "--after", "RESET");
        words.run(0, "runs", "list", "--runs", folder + "/runs");
        assertTrue(words.out().contains("0001-import") && words.out().contains("finished"), words.out());
        words.run(0, "runs", "show", run.toString());
        assertTrue(words.out().contains("7 programs, 100,006 pulses, 4 of them measured"), words.out());
        words.run(0, "runs", "export", run.toString(), "--format", "csv", "--out", folder + "/tables");
        List<String> readings = Files.readAllLines(folder.resolve("tables/readings.csv"));
        assertEquals(5, readings.size());
        assertTrue(readings.get(2).endsWith(",258,0,0.2,2.0E-5,0.5,0"), readings.get(2));
        words.run(0, "analyze", run.toString(), "--out", folder + "/analysis");
        List<String> responses = Files.readAllLines(folder.resolve("analysis/responses.csv"));
        assertTrue(responses.contains("SET,SET,3.0,1.3,1.0E-6,1,1,100.0,100.0,100.0,1,95.0,95.0,95.0"),
                String.join("\n", responses));
        assertTrue(responses.contains("RESET,RESET,3.0,2.5,1.0E-6,1,1,10.0,10.0,10.0,1,-90.0,-90.0,-90.0"),
                String.join("\n", responses));
        Path again = imported(log, 2, "--after", "RESET");
        words.run(0, "runs", "compare", run.toString(), again.toString());
        Files.writeString(log, LOG.replace("2.5e-05", "2.6e-05"));
        words.run(1, "runs", "compare", run.toString(), imported(log, 3, "--after", "RESET").toString());
        assertTrue(words.out().contains("readings part at"), words.out());
    }

    @Test
    void aRecordingBecomesARunAndABench() throws Exception {
        Path file = folder.resolve("made-up.csv");
        words.run(0, "traces", "generate", "--devices", "6", "--pulses", "30", "--out", file.toString());
        Path run = imported(file, 1);
        words.run(0, "runs", "show", run.toString());
        assertTrue(words.out().contains("30 programs, 354 pulses, 180 of them measured"), words.out());
        words.run(0, "traces", "measure", "--bench", "traces:" + run.resolve("recording.h5") + "?rows=2&columns=3",
                "--devices", "6", "--pulses", "30", "--runs", folder + "/runs", "--out", folder + "/again.csv");
        assertEquals(Files.readAllLines(file).size(), Files.readAllLines(folder.resolve("again.csv")).size());
    }

    @Test
    void whatCannotBeUnderstoodIsToldAndLeavesNoRun() throws Exception {
        Files.writeString(log, LOG + "C5,1619201841,258,READ,8000,1.25e-04,2.5e-05,0.013\n");
        tells("is of the chips C4, C5");
        tells("is of the chips C4, C5", "--chip", "C6");
        Files.writeString(log, LOG + "C4,1619201841,258,MELT,8000\n");
        tells("line 8: the operation MELT is not known");
        Files.writeString(log, LOG + "C4,1619201841,70000,READ,8000,1.25e-04,2.5e-05,0.013\n");
        tells("line 8: cell '70000' is not on a 256x256 array");
        Files.writeString(log, LOG + "C4,1619201841,7,SET,1.3\n");
        tells("line 8: argument 2 of SET has to be its column in volts");
        assertFalse(Files.exists(folder.resolve("runs")));
        words.run(1, "runs", "import", folder + "/none.h5");
        assertTrue(words.err().contains("there is no such file"), words.err());
        words.run(2, "runs", "import", log.toString(), "--array", "12");
        words.run(2, "runs", "import", log.toString(), "--read", "0.2 V");
    }

    private void tells(String what, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of("runs", "import", log.toString(), "--runs",
                folder + "/runs"));
        all.addAll(List.of(more));
        words.run(1, all.toArray(String[]::new));
        assertTrue(words.err().contains(what), words.err());
    }
}
