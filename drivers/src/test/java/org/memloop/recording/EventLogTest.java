package org.memloop.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.ConfigurationException;

class EventLogTest {
    private static final String LOG = """
            C4,1619201838.49,778,ENDURANCE,(2.5, 1.3),3,3,1e-06,50000
            C4,1619201838.49,778,RESET,2.5,0,3,1e-06
            C4,1619201838.50,778,READ,28000,3.5e-05,7e-06,0.0039
            C4,1619201838.50,778,SET,1.3,3,0,1e-06
            C4,1619201838.51,778,READ,8000,1.25e-04,2e-05,0.013
            C4,1619201838.52,780,SET,1.3,3,0,1e-06
            C4,1619201838.53,780,READ,9000,1.1e-04,2e-05,0.013
            C4,1619201838.54,778,SET,1.3,3,0,1e-06
            C4,1619201838.55,778,READ,8100,1.2e-04,2e-05,0.013
            C4,1619201838.56,778,READ,8200,1.0e-04,2e-05,0.013
            """;
    @TempDir
    Path folder;

    @Test
    void readingsAfterOneOperationMakeARecording() throws IOException {
        Path file = folder.resolve("log.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(LOG.getBytes(StandardCharsets.UTF_8));
        }
        Recording all = EventLog.read(file, "set", 0);
        assertEquals(2, all.devices());
        assertEquals(1, all.pulses());
        assertEquals(1.1e-4f, all.siemens(1, 0));
        Recording longer = EventLog.read(file, "SET", 2);
        assertEquals(1, longer.devices());
        assertEquals(1.2e-4f, longer.siemens(0, 1));
        assertEquals("SET 1.3,3,0,1e-06", longer.about().get("pulse"));
        assertEquals(3.5e-5f, EventLog.read(file, "RESET", 0).siemens(0, 0));
        assertThrows(ConfigurationException.class, () -> EventLog.read(file, "FORM", 0));
        assertThrows(ConfigurationException.class, () -> EventLog.read(file, "SET", 3));
    }

    @Test
    void columnsAreStretchedToConductances() throws IOException {
        Path file = folder.resolve("updown.csv");
        Files.writeString(file, "-1,1\n0,0.5\n1,-1\n");
        Recording recording = EventLog.columns(file, List.of(2, 1), 20e-6, 100e-6);
        assertEquals(100e-6f, recording.siemens(0, 0));
        assertEquals(80e-6f, recording.siemens(0, 1), 1e-10f);
        assertEquals(20e-6f, recording.siemens(1, 0));
        assertTrue(recording.about().get("origin").contains("columns [2, 1]"));
        String said = assertThrows(ConfigurationException.class, () -> EventLog.columns(file, List.of(3), 1e-6, 1e-5))
                .getMessage();
        assertTrue(said.contains("line 1") && said.contains("column 3"), said);
    }
}
