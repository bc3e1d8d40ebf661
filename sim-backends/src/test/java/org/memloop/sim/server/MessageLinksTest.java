package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.memloop.bench.LinkException;
import org.memloop.link.HislipLink;
import org.memloop.link.Link;
import org.memloop.link.MessageLink;
import org.memloop.link.VisaLink;
import org.memloop.link.Vxi11Link;
import org.memloop.scpi.ScpiSession;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.Wiring;
import org.memloop.sim.server.Linked.Kind;

/** Try what links for messages can do on an emulated generator: END, status, clear, trigger, locks, service requests. */
@Timeout(30)
class MessageLinksTest {
    private static final String IDN = "Agilent Technologies,81160A,MY00000001,1.0.3.0-2.6";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Wiring wiring = new Wiring(new Resistor(10e3));
    private final Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
    private final Linked linked = new Linked(generator);

    @AfterEach
    void switchOff() {
        linked.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String read(MessageLink link, int atOnce) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] into = new byte[atOnce];
        do {
            all.write(into, 0, link.read(into, 0, atOnce, SECOND));
        } while (!link.ended());
        return all.toString(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void aSessionSpeaksOverEveryLink(Kind kind) {
        try (ScpiSession session = new ScpiSession(linked.open(kind), "generator")) {
            assertEquals(IDN, session.identify("81160A").idn());
            session.send(":VOLT1:HIGH 0.9");
            assertEquals(0.9, session.queryNumber(":VOLT1:HIGH?"), 1e-9);
            assertEquals(IDN + ";+0", session.query("*IDN?;*ESR?").replaceAll(";\\+?\\d+$", ";+0"));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void tellsTheEndOfAMessageInWhateverPartsItIsRead(Kind kind) {
        try (MessageLink link = linked.message(kind)) {
            for (int atOnce : new int[]{1, 7, 51, 52, 4096}) {
                link.write(ascii("*IDN?"));
                assertEquals(IDN + "\n", read(link, atOnce), "in parts of " + atOnce);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void longMessagesGoInPartsBothWays(Kind kind) {
        try (ScpiSession session = new ScpiSession(linked.open(kind), "generator")) {
            StringBuilder values = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                values.append(i == 0 ? "" : ",").append(i % 8000);
            }
            session.send(":DATA1:DAC VOLATILE," + values);
            byte[] block = new byte[200_000];
            for (int i = 0; i < block.length; i++) {
                block[i] = (byte) (i % 2 == 0 ? 10 : i * 7);
            }
            byte[] message = ascii(":DATA1:DAC VOLATILE,#6200000");
            byte[] whole = Arrays.copyOf(message, message.length + block.length);
            System.arraycopy(block, 0, whole, message.length, block.length);
            try (Link other = linked.open(kind)) {
                other.write(whole);
            }
            session.checkErrors("the block");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void pollsClearsAndTriggers(Kind kind) {
        try (MessageLink link = linked.message(kind)) {
            link.write(ascii("*CLS;*ESE 32;*SRE 32;:NONSENSE"));
            link.write(ascii("*OPC?"));
            read(link, 100); // over HiSLIP a poll may overtake a message
            assertEquals(64 + 32 + 4, link.poll() | (kind == Kind.HISLIP ? 64 : 0));
            while (kind == Kind.HISLIP && link.poll() != 32 + 4) {
                Thread.onSpinWait(); // the request itself may come after the poll that told of it
            }
            assertEquals(32 + 4, link.poll(), "the request was polled away");
            link.write(ascii("*IDN?"));
            if (kind != Kind.HISLIP) { // which sends the response at once, and then waits for no one
                assertEquals(16, link.poll() & 16, "a response waits");
            }
            link.clear();
            assertEquals(0, link.poll() & 16, "no response waits");
            link.write(ascii("*IDN?"));
            assertEquals(IDN + "\n", read(link, 100), "nothing old comes");
            link.write(ascii("*RST;*CLS;:FUNC1 PULS;:ARM:SOUR1 MAN;:TRIG1:COUN 1;:OUTP1 ON"));
            link.trigger();
            link.write(ascii(":SYST:ERR?"));
            assertTrue(read(link, 100).startsWith("+0"), "the trigger was taken");
            assertEquals(1, wiring.pulses(), "once");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void locksKeepOthersOut(Kind kind) throws Exception {
        try (MessageLink one = linked.message(kind); MessageLink other = linked.message(kind)) {
            one.access().lock(0);
            long start = System.nanoTime();
            LinkException e = assertThrows(LinkException.class, () -> other.access().lock(SECOND / 5));
            assertTrue(e.getMessage().contains("locked") || e.getMessage().contains("no answer"), e.getMessage());
            assertTrue(System.nanoTime() - start < SECOND, "within its time");
            if (kind != Kind.HISLIP) { // where the message waits for the lock
                assertTrue(assertThrows(LinkException.class, () -> other.write(ascii("*CLS"))).getMessage()
                        .contains("locked by another client"));
            }
            Thread waiting = Thread.ofVirtual().start(() -> other.access().lock(5 * SECOND));
            Thread.sleep(50);
            one.access().unlock();
            waiting.join();
            other.access().unlock();
            assertThrows(LinkException.class, () -> other.access().unlock());
            one.access().remote();
            one.access().local();
            one.write(ascii("*IDN?"));
            assertEquals(IDN + "\n", read(one, 100));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void theEndOfALinkEndsItsLocks(Kind kind) throws Exception {
        MessageLink one = linked.message(kind);
        one.access().lock(0);
        one.close();
        one.close();
        try (MessageLink other = linked.message(kind)) {
            other.access().lock(2 * SECOND);
        }
        assertThrows(LinkException.class, () -> one.write(ascii("*CLS")));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void isToldOfRequestsForService(Kind kind) throws Exception {
        try (MessageLink link = linked.message(kind)) {
            Semaphore told = new Semaphore(0);
            link.onServiceRequest(told::release);
            link.write(ascii("*CLS;*ESE 32;*SRE 32;:NONSENSE"));
            assertTrue(told.tryAcquire(5, TimeUnit.SECONDS));
            assertEquals(64, link.poll() & 64);
            link.write(ascii("*CLS"));
            link.write(ascii(":NONSENSE"));
            assertTrue(told.tryAcquire(5, TimeUnit.SECONDS), "again, after the first was cleared");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VXI11", "VISA"})
    void endsReadsAtACharacter(Kind kind) {
        try (MessageLink link = linked.message(kind)) {
            endReadsAt(link, OptionalInt.of(','));
            link.write(ascii("*IDN?"));
            byte[] into = new byte[100];
            assertEquals("Agilent Technologies,".length(), link.read(into, 0, 100, SECOND));
            assertTrue(link.ended());
            endReadsAt(link, OptionalInt.empty());
            assertEquals("81160A,MY00000001,1.0.3.0-2.6\n", read(link, 100));
        }
    }

    private static void endReadsAt(MessageLink link, OptionalInt character) {
        if (link instanceof Vxi11Link vxi11) {
            vxi11.endReadsAt(character);
        } else {
            ((VisaLink) link).endReadsAt(character);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsNoLongerThanToldAndAnswersAnInterrupt(Kind kind) throws Exception {
        try (Link link = linked.open(kind)) {
            long start = System.nanoTime();
            LinkException e = assertThrows(LinkException.class, () -> link.read(new byte[1], 0, 1, SECOND / 5));
            assertTrue(e.getMessage().contains("no answer within 0.200 s"), e.getMessage());
            assertTrue(e.getMessage().startsWith(linked.resource(kind)), e.getMessage());
            long took = System.nanoTime() - start;
            assertTrue(took >= SECOND / 5 - 2_000_000 && took < SECOND, "took " + took);
            Thread reader = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException _) {
                    // as good as slept
                }
                reader.interrupt();
            });
            start = System.nanoTime();
            e = assertThrows(LinkException.class, () -> link.read(new byte[1], 0, 1, 20 * SECOND));
            assertTrue(e.getMessage().contains("interrupted"), e.getMessage());
            assertTrue(System.nanoTime() - start < 3 * SECOND, "at once");
            link.write(ascii(":OUTP1 OFF")); // an output must still be switched off
            assertTrue(Thread.interrupted(), "the interrupt is kept");
            if (link instanceof MessageLink message) {
                message.clear();
                message.write(ascii("*IDN?"));
                assertEquals(IDN + "\n", read(message, 100));
            }
        }
    }

    @Test
    void vxi11CanBeAbortedFromAnotherThread() throws Exception {
        try (Vxi11Link link = (Vxi11Link) linked.open(Kind.VXI11)) {
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(100);
                    link.abort();
                } catch (InterruptedException _) {
                    // the read times out then, and the test fails
                }
            });
            LinkException e = assertThrows(LinkException.class, () -> link.read(new byte[1], 0, 1, 10 * SECOND));
            assertTrue(e.getMessage().endsWith("aborted"), e.getMessage());
        }
    }

    @Test
    void hislipSharesLocksAndTellsOfThem() {
        try (HislipLink one = (HislipLink) linked.open(Kind.HISLIP);
                HislipLink other = (HislipLink) linked.open(Kind.HISLIP)) {
            assertEquals(0x0100, one.version());
            assertEquals((1 << 20) - 16, one.payloadBytesMax());
            one.lockShared("bench", 0);
            other.lockShared("bench", 0);
            assertEquals(new HislipLink.LockInfo(false, 2), one.lockInfo());
            assertThrows(LinkException.class, () -> one.lockShared("bench", 0), "held already");
            one.access().unlock();
            other.access().unlock();
            one.access().lock(0);
            assertEquals(new HislipLink.LockInfo(true, 1), other.lockInfo());
            assertThrows(LinkException.class, () -> other.lockShared("bench", 0));
        }
    }

    @Test
    void hislipDropsResponsesNobodyWaitsForAnyMore() {
        try (MessageLink link = linked.message(Kind.HISLIP)) {
            link.write(ascii(":VOLT1:HIGH?"));
            link.write(ascii("*IDN?"));
            assertEquals(IDN + "\n", read(link, 100));
            link.write(ascii(":SYST:ERR?"));
            assertFalse(read(link, 100).isEmpty());
        }
    }

    @Test
    void readsGoIntoTheMiddleOfAnArray() {
        try (MessageLink link = linked.message(Kind.VISA)) {
            link.write(ascii("*IDN?"));
            byte[] into = new byte[9];
            assertEquals(7, link.read(into, 1, 7, SECOND));
            assertArrayEquals(ascii("\0Agilent\0"), into);
            assertFalse(link.ended());
        }
    }
}
