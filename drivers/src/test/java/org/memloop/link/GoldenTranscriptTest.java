package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.bench.LinkException;

/**
 * Hold the clients to exchanges that were recorded between pyvisa-py and other servers: the server's bytes are those
 * that were recorded, and the client's are compared with what was recorded, but for what a client may choose.
 *
 * <p>Chosen otherwise here: the client's number in create_link; in HiSLIP the highest version that is offered (set to 1.0
 * for this test), and a status query names the last message, as IVI-6.1 says, where pyvisa-py names the next.
 */
@Timeout(20)
class GoldenTranscriptTest {
    private static final String ZEROS = "00000000 00000000 00000000 00000000 ";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String read(MessageLink link, int bytesMax) {
        byte[] into = new byte[bytesMax];
        int count = link.read(into, 0, bytesMax, 3 * SECOND);
        assertTrue(link.ended());
        return new String(into, 0, count, StandardCharsets.US_ASCII);
    }

    private static String record(String message) {
        return "%08x".formatted(TranscriptServer.digits(message).length() / 2 | 0x80000000) + message;
    }

    private static String header(int xid, int procedure) {
        return "%08x 00000000 00000002 000607af 00000001 %08x ".formatted(xid, procedure) + ZEROS;
    }

    private static String reply(int xid) {
        return "%08x 00000001 ".formatted(xid) + ZEROS;
    }

    /** The recorded core channel; the GETPORT before it is compared in {@link #theQuestionForAPortIsTheRecordedOne}. */
    private static TranscriptServer core() throws IOException {
        return new TranscriptServer()
                .then(record(header(1, 0x0a) + "........ 00000000 00002710 00000005 \"inst0\" 000000"),
                        record(reply(1) + "00000000 000000c9 00009003 00000400"))
                .then(record(header(2, 0x0b) + "000000c9 00000bb8 00002710 00000008 00000007 \"*IDN?\\r\\n\" 00"),
                        record(reply(2) + "00000000 00000007"))
                .then(record(header(3, 0x0c) + "000000c9 00000400 00000bb8 00002710 00000000 00000000"),
                        record(reply(3) + "00000000 00000004 00000020 \"python-vxi11-server,bbb,1234,567\""))
                .then(record(header(4, 0x0d) + "000000c9 00000000 00002710 00000bb8"),
                        record(reply(4) + "00000000 00000000"))
                .then(record(header(5, 0x17) + "000000c9"), record(reply(5) + "00000000"));
    }

    private static Vxi11Link vxi11(int port) {
        return new Vxi11Link(new ResourceName.Vxi11(0, "127.0.0.1", "inst0", OptionalInt.of(port)));
    }

    @Test
    void vxi11() throws Exception {
        try (TranscriptServer server = core().start()) {
            try (Vxi11Link link = vxi11(server.port())) {
                link.write(ascii("*IDN?\r\n"));
                assertEquals("python-vxi11-server,bbb,1234,567", read(link, 0x400));
                assertEquals(0, link.poll());
            }
            assertEquals("", server.problem());
        }
    }

    @Test
    void theQuestionForAPortIsTheRecordedOne() throws Exception {
        assertEquals(
                TranscriptServer.digits("00000001 00000000 00000002 000186a0 00000002 00000003 " + ZEROS
                        + "000607af 00000001 00000006 00000000"),
                java.util.HexFormat.of().formatHex(
                        org.memloop.link.wire.Vxi11.portQuestion(1, org.memloop.link.wire.Vxi11.CORE)));
        byte[] answer = java.util.HexFormat.of().parseHex(TranscriptServer.digits(reply(1) + "0000e045"));
        assertEquals(0xe045, PortQuestion.port(answer, 1));
    }

    @Test
    void repliesMayComeInPiecesTooLongAndLate() throws Exception {
        String late = record(reply(77) + "00000000 00000000");
        String[] halves = {"00000020" + reply(1) + "00000000 000000c9", "8000000c 00009003 00000400 00000000"};
        try (TranscriptServer server = new TranscriptServer()
                .then(record(header(1, 0x0a) + "........ 00000000 00002710 00000005 \"inst0\" 000000"),
                        late + halves[0] + halves[1])
                .then(record(header(2, 0x0d) + "000000c9 00000000 00002710 00000bb8"),
                        record(reply(1) + "00000000 00000011") + record(reply(2) + "00000000 00000022 deadbeef"))
                .then(record(header(3, 0x17) + "000000c9"), record(reply(3) + "00000000")).start()) {
            try (Vxi11Link link = vxi11(server.port())) {
                assertEquals(0x22, link.poll());
            }
            assertEquals("", server.problem());
        }
    }

    @Test
    void whatIsNoVxi11IsToldInOneLine() throws Exception {
        try (TranscriptServer server = new TranscriptServer()
                .then(record(header(1, 0x0a) + "........ 00000000 00002710 00000005 \"inst0\" 000000"),
                        "\"HTTP/1.1 400 Bad Request\\r\\n\"")
                .start()) {
            String message = assertThrows(LinkException.class, () -> vxi11(server.port())).getMessage();
            assertTrue(message.contains("sent what is no answer to a remote procedure call"), message);
        }
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() throws Exception {
        try (TranscriptServer server = new TranscriptServer()
                .then(record(header(1, 0x0a) + "........ 00000000 00002710 00000005 \"inst0\" 000000"),
                        record(reply(1) + "00000003 00000000 00000000 00000000"))
                .start()) {
            String message = assertThrows(LinkException.class, () -> vxi11(server.port())).getMessage();
            assertEquals("TCPIP0::127.0.0.1::inst0," + server.port() + "::INSTR, asked 'device inst0': the instrument "
                    + "answers with VXI-11 error 3, device not accessible", message);
        }
    }

    @Test
    void hislip() throws Exception {
        try (TwoConnections server = new TwoConnections()) {
            server.one("48530000 01007878 0000000000000007 \"hislip0\"", "48530100 01000001 0000000000000000");
            server.two("48531100 00000001 0000000000000000", "48531200 00005858 0000000000000000");
            server.two("48530f00 00000000 0000000000000008 0000000000100000",
                    "48531000 00000000 0000000000000008 0000000000100000");
            server.one("48530700 ffffff00 0000000000000006 \"*IDN?\\n\"",
                    "48530700 ffffff00 000000000000000d \"ACME,SIM,1,0\\n\"");
            server.one("48530701 ffffff02 0000000000000005 \"*CLS\\n\"", "");
            server.two("48531500 ffffff02 0000000000000000", "48531610 00000000 0000000000000000");
            server.one("48530700 ffffff04 0000000000000006 \"*IDN?\\n\"",
                    "48530700 ffffff04 000000000000000d \"ACME,SIM,1,0\\n\"");
            server.two("48531501 ffffff04 0000000000000000", "48531610 00000000 0000000000000000");
            server.two("48530401 000003e8 0000000000000000", "48530501 00000000 0000000000000000");
            server.two("48530400 ffffff04 0000000000000000", "48530501 00000000 0000000000000000");
            server.two("48531800 00000000 0000000000000000", "48531900 00000000 0000000000000000");
            server.one("48530c00 ffffff06 0000000000000000", "");
            server.two("48531300 00000000 0000000000000000", "48531700 00000000 0000000000000000");
            server.one("48530800 00000000 0000000000000000", "48530900 00000000 0000000000000000");
            server.one("48530700 ffffff00 0000000000000006 \"*IDN?\\n\"",
                    "48530700 ffffff00 000000000000000d \"ACME,SIM,1,0\\n\"");
            server.two("48530a01 ffffff00 0000000000000000", "48530b00 00000000 0000000000000000");
            server.start();
            try (HislipLink link = new HislipLink(new ResourceName.Hislip(0, "127.0.0.1", "hislip0", server.port()),
                    Patience.USUAL, new HislipLink.Offer(0x0100, 0x7878))) {
                link.write(ascii("*IDN?\n"));
                assertEquals("ACME,SIM,1,0\n", read(link, 100));
                link.write(ascii("*CLS\n"));
                assertEquals(0x10, link.poll());
                link.write(ascii("*IDN?\n"));
                assertEquals("ACME,SIM,1,0\n", read(link, 100));
                assertEquals(0x10, link.poll());
                link.access().lock(SECOND);
                link.access().unlock();
                assertEquals(new HislipLink.LockInfo(false, 0), link.lockInfo());
                link.trigger();
                link.clear();
                link.write(ascii("*IDN?\n"));
                assertEquals("ACME,SIM,1,0\n", read(link, 100));
                link.remoteLocal(1);
            }
            assertEquals("", server.problem());
        }
    }
}
