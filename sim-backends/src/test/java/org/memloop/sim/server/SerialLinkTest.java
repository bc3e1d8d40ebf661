package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.memloop.bench.LinkException;
import org.memloop.link.SerialLink;

/** Try the serial link on a pseudo-terminal, where the other end of the cable is in the test's hand. */
class SerialLinkTest {
    private PseudoTerminal terminal;
    private SerialLink link;

    @BeforeEach
    void open() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        terminal = PseudoTerminal.open();
        link = SerialLink.open(terminal.devicePath(), 921_600, Duration.ofMillis(300));
    }

    @AfterEach
    void close() {
        if (terminal != null) {
            link.close();
            terminal.close();
        }
    }

    @Test
    void everyByteValuePassesUnchangedBothWays() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        link.write(all);
        byte[] there = new byte[300];
        assertEquals(256, terminal.read(there, 2000));
        assertArrayEquals(all, Arrays.copyOf(there, 256));

        terminal.write(all);
        byte[] back = new byte[256];
        for (int got = 0; got < 256;) {
            got += link.read(back, got, 256 - got, 2_000_000_000L);
        }
        assertArrayEquals(all, back);
    }

    @Test
    void aReadThatTimesOutSaysSoInTime() {
        long before = System.nanoTime();
        String told = told(() -> link.read(new byte[1], 0, 1, 30_000_000));
        assertTrue(System.nanoTime() - before < 1_000_000_000);
        assertEquals("ASRL" + terminal.devicePath() + "::INSTR: nothing came within 30 ms", told);
    }

    @Test
    void aWriteNobodyTakesEnds() {
        assertTrue(told(() -> link.write(new byte[200_000])).contains("took no bytes for 300 ms"));
        assertTrue(told(() -> link.write(new byte[1])).contains("the link is closed"));
    }

    @Test
    void whoeverDoesNotListenHoldsTheInstrumentUpNoMoreThanOnce() {
        link.close();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 40; i++) {
                terminal.write(new byte[10_000]);
            }
        });
        link = SerialLink.open(terminal.devicePath(), 921_600, Duration.ofMillis(300));
        terminal.write(new byte[]{42});
        byte[] one = new byte[1];
        assertEquals(1, link.read(one, 0, 1, 5_000_000_000L));
        assertEquals(42, one[0], "what was sent before is dropped, what comes now is heard");
    }

    @Test
    void anInterruptEndsReadAndWrite() {
        Thread.currentThread().interrupt();
        assertTrue(told(() -> link.read(new byte[1], 0, 1, 60_000_000_000L)).contains("interrupted"));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aPulledCableIsNoticed() {
        terminal.close();
        assertTrue(told(() -> link.read(new byte[1], 0, 1, 5_000_000_000L)).contains("is the cable still plugged in?"));
        assertTrue(told(() -> link.write(new byte[1])).contains("is the cable still plugged in?"));
    }

    @Test
    void aPortInUseOrMissingIsToldApart() {
        assertTrue(told(() -> SerialLink.open(terminal.devicePath(), 9600, SerialLink.WRITE_TIMEOUT))
                .contains("already open in this program"));
        assertTrue(told(() -> SerialLink.open("/dev/ttyNOWHERE", 9600, SerialLink.WRITE_TIMEOUT))
                .startsWith("ASRL/dev/ttyNOWHERE::INSTR: no such serial port; "));
    }

    @Test
    void aClosedLinkSaysSo() {
        link.close();
        link.close();
        assertTrue(told(() -> link.read(new byte[1], 0, 1, 1_000_000)).contains("the link is closed"));
    }

    private static String told(Runnable action) {
        return assertThrows(LinkException.class, action::run).getMessage();
    }
}
