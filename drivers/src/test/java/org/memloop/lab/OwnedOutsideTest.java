package org.memloop.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LinkException;
import org.memloop.link.LinkOptions;

class OwnedOutsideTest {
    private static final String NOWHERE = "TCPIP0::127.0.0.1::1::SOCKET";

    @TempDir
    private Path folder;

    private void open() {
        new OwnedOutside(Outside.real(), folder).link(NOWHERE, LinkOptions.USUAL, 9600).close();
    }

    @Test
    void aSecondProgramIsToldWhoHasTheInstrument() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Path file = folder.resolve("TCPIP0_127.0.0.1_1_SOCKET");
            Files.writeString(file, other.pid() + "\nada\n2026-03-01T09:00:00Z\n");
            ConfigurationException e = assertThrows(ConfigurationException.class, this::open);
            assertEquals(NOWHERE + " is locked by process " + other.pid()
                    + " of ada since 2026-03-01T09:00:00Z; wait for its end, or stop it", e.getMessage());
            other.destroy();
            other.waitFor();
            assertThrows(LinkException.class, this::open, "a dead program has nothing; nobody answers there, though");
            assertTrue(Files.readString(file, StandardCharsets.UTF_8).startsWith(ProcessHandle.current().pid() + "\n"));
            assertThrows(LinkException.class, this::open, "it is ours now");
        } finally {
            other.destroyForcibly();
        }
    }
}
