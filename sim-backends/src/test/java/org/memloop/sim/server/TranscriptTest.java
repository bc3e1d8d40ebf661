package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replay exchanges recorded between pyvisa-py and other servers, byte for byte in both directions. */
@Timeout(20)
class TranscriptTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.41.1");
    private static final String ZEROS = "00000000 00000000 00000000 00000000 ";
    private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|((?:[0-9a-f]{2})+)|\\s+");

    /** Write hexadecimal digits as bytes; text in quotes stands for itself. */
    private static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher part = PART.matcher(text);
        for (int end = 0; end < text.length(); end = part.end()) {
            assertTrue(part.find() && part.start() == end, "at " + end + " of " + text);
            if (part.group(1) != null) {
                out.writeBytes(part.group(1).replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII));
            } else if (part.group(2) != null) {
                out.writeBytes(HexFormat.of().parseHex(part.group(2)));
            }
        }
        return out.toByteArray();
    }

    private static void exchange(Socket socket, String sent, String expected) throws IOException {
        socket.getOutputStream().write(bytes(sent));
        byte[] wanted = bytes(expected);
        assertEquals(HexFormat.of().formatHex(wanted),
                HexFormat.of().formatHex(socket.getInputStream().readNBytes(wanted.length)), "after " + sent);
    }

    private static void call(Socket socket, String sent, String expected) throws IOException {
        exchange(socket, "%08x".formatted(bytes(sent).length | 0x80000000) + sent,
                "%08x".formatted(bytes(expected).length | 0x80000000) + expected);
    }

    private static String header(int xid, int procedure) {
        return "%08x 00000000 00000002 000607af 00000001 %08x ".formatted(xid, procedure) + ZEROS;
    }

    private static String reply(int xid) {
        return "%08x 00000001 ".formatted(xid) + ZEROS;
    }

    @Test
    void vxi11AsPyvisaSpeaksIt() throws IOException {
        ScriptedInstrument instrument = new ScriptedInstrument("python-vxi11-server,bbb,1234,567", 0);
        try (Vxi11Server server = new Vxi11Server(instrument, new Locks(), HOST,
                new Vxi11Server.Ports(0, 0xe045, 0x9003))) {
            try (Socket map = new Socket(HOST, server.portmapperPort())) {
                call(map, "00000001 00000000 00000002 000186a0 00000002 00000003 " + ZEROS
                        + "000607af 00000001 00000006 00000000", reply(1) + "0000e045");
            }
            try (Socket core = new Socket(HOST, 0xe045)) {
                call(core, header(1, 0x0a) + "0df7aa22 00000000 00002710 00000005 \"inst0\" 000000",
                        reply(1) + "00000000 000000c9 00009003 00000400");
                call(core, header(2, 0x0b) + "000000c9 00000bb8 00002710 00000008 00000007 2a49444e3f0d0a 00",
                        reply(2) + "00000000 00000007");
                call(core, header(3, 0x0c) + "000000c9 00000400 00000bb8 00002710 00000000 00000000",
                        reply(3) + "00000000 00000004 00000020 \"python-vxi11-server,bbb,1234,567\"");
                call(core, header(4, 0x0d) + "000000c9 00000000 00002710 00000bb8", reply(4) + "00000000 00000000");
                call(core, header(5, 0x17) + "000000c9", reply(5) + "00000000");
            }
        }
    }

    @Test
    void hislipAsPyvisaSpeaksIt() throws IOException, InterruptedException {
        ScriptedInstrument instrument = new ScriptedInstrument("ACME,SIM,1,0\n", 0x10);
        try (HislipServer server = new HislipServer(instrument, new Locks(), HOST, 0);
                Socket s = new Socket(HOST, server.port());
                Socket a = new Socket(HOST, server.port())) {
            exchange(s, "48530000 01007878 0000000000000007 \"hislip0\"", "48530100 01000001 0000000000000000");
            exchange(a, "48531100 00000001 0000000000000000", "48531200 00005858 0000000000000000");
            exchange(a, "48530f00 00000000 0000000000000008 0000000000100000",
                    "48531000 00000000 0000000000000008 0000000000100000");
            exchange(s, "48530700 ffffff00 0000000000000006 \"*IDN?\\n\"",
                    "48530700 ffffff00 000000000000000d \"ACME,SIM,1,0\\n\"");
            exchange(s, "48530701 ffffff02 0000000000000005 \"*CLS\\n\"", "");
            // the two connections may overtake each other, and a status is that of the last message that has arrived
            assertEquals("*IDN?", instrument.heard().poll(10, TimeUnit.SECONDS));
            assertEquals("*CLS", instrument.heard().poll(10, TimeUnit.SECONDS));
            exchange(a, "48531500 ffffff04 0000000000000000", "48531610 00000000 0000000000000000");
            exchange(s, "48530700 ffffff04 0000000000000006 \"*IDN?\\n\"",
                    "48530700 ffffff04 000000000000000d \"ACME,SIM,1,0\\n\"");
            exchange(a, "48531501 ffffff06 0000000000000000", "48531600 00000000 0000000000000000");
            exchange(a, "48530401 000003e8 0000000000000000", "48530501 00000000 0000000000000000");
            exchange(a, "48530400 ffffff04 0000000000000000", "48530501 00000000 0000000000000000");
            exchange(a, "48531800 00000000 0000000000000000", "48531900 00000000 0000000000000000");
            exchange(s, "48530c00 ffffff06 0000000000000000", "");
            exchange(a, "48531300 00000000 0000000000000000", "48531700 00000000 0000000000000000");
            exchange(s, "48530800 00000000 0000000000000000", "48530900 00000000 0000000000000000");
            exchange(s, "48530700 ffffff00 0000000000000006 \"*IDN?\\n\"",
                    "48530700 ffffff00 000000000000000d \"ACME,SIM,1,0\\n\"");
            exchange(a, "48530a01 ffffff00 0000000000000000", "48530b00 00000000 0000000000000000");
        }
    }
}
