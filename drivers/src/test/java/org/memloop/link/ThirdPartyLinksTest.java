package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.LinkException;
import org.memloop.scpi.ScpiSession;

/**
 * Speak with processes of others: socat on a socket, socat and pyserial on a serial line, all of them Debian packages.
 * Where something is missing the tests are skipped, unless the variable {@code MEMLOOP_CLIENTS} is {@code required}.
 */
@Timeout(60)
class ThirdPartyLinksTest {
    private static final String SOCAT = "/usr/bin/socat";
    private static final String PYTHON = "/usr/bin/python3";
    private static final String ECHO = """
            import serial, sys
            port = serial.Serial(sys.argv[1], 115200, timeout=20)
            print("ready", flush=True)
            while True:
                line = port.readline()
                if line == b"block?\\n":
                    port.write(b"#6100000" + bytes(i % 256 for i in range(100000)) + b"\\n")
                elif line == b"late?\\n":
                    pass
                else:
                    port.write(line.upper())
            """;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.reversed().forEach(Process::destroy);
    }

    private static void require(boolean there, String what) {
        if (!there && "required".equals(System.getenv("MEMLOOP_CLIENTS"))) {
            fail("needs " + what);
        }
        if (!there) {
            abort("needs " + what);
        }
    }

    private Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    @Test
    void aSocketOfSocatsAnswers() throws Exception {
        require(Files.isExecutable(Path.of(SOCAT)), "socat (Debian: socat)");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        start(SOCAT, "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr", "EXEC:cat");
        try (ScpiSession session = new ScpiSession(connected(port), "echo")) {
            for (int i = 0; i < 100; i++) {
                assertEquals("question " + i, session.query("question " + i));
            }
            assertEquals(65535, session.queryBlock("#565535" + "x".repeat(65535), TimeUnit.SECONDS.toNanos(5)).length);
        }
    }

    /** Socat needs a moment until it listens. */
    private static Link connected(int port) throws InterruptedException {
        for (int i = 0;; i++) {
            try {
                return new SocketLink(new ResourceName.Socket(0, "127.0.0.1", port));
            } catch (LinkException e) {
                if (i == 50) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    @Test
    void aSerialLineOfPyserialsAnswers() throws Exception {
        require(Files.isExecutable(Path.of(SOCAT)), "socat (Debian: socat)");
        require(Files.isExecutable(Path.of(PYTHON)) && new ProcessBuilder(PYTHON, "-c", "import serial").start()
                .waitFor() == 0, "pyserial (Debian: python3-serial)");
        Path ours = folder.resolve("ours");
        Path theirs = folder.resolve("theirs");
        start(SOCAT, "pty,raw,echo=0,link=" + ours, "pty,raw,echo=0,link=" + theirs);
        for (int i = 0; i < 100 && !(Files.exists(ours) && Files.exists(theirs)); i++) {
            Thread.sleep(50);
        }
        Process echo = start(PYTHON, "-c", ECHO, theirs.toString());
        assertEquals("ready", echo.inputReader().readLine());
        try (ScpiSession session = new ScpiSession(
                new Links().open("ASRL" + ours.toRealPath() + "::INSTR", 115_200), "echo")) {
            for (int i = 0; i < 50; i++) {
                assertEquals("QUESTION " + i, session.query("question " + i));
            }
            byte[] block = session.queryBlock("block?", TimeUnit.SECONDS.toNanos(20));
            assertEquals(100_000, block.length);
            for (int i = 0; i < block.length; i++) {
                assertEquals((byte) i, block[i], "byte " + i);
            }
            long start = System.nanoTime();
            String message = org.junit.jupiter.api.Assertions.assertThrows(LinkException.class,
                    () -> session.query("late?", TimeUnit.MILLISECONDS.toNanos(300))).getMessage();
            assertTrue(message.startsWith("echo, asked 'late?'") && System.nanoTime() - start < 2_000_000_000L,
                    message.toLowerCase(Locale.ROOT));
        }
    }
}
