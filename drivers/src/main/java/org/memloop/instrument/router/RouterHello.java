package org.memloop.instrument.router;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.LinkException;
import org.memloop.link.Link;

/** Greet a router, and make sure that it is one this version can drive. */
final class RouterHello {
    private static final int ROWS_MAX = 256;
    private static final int BODY_BYTES_MIN = 64;

    private RouterHello() {}

    /** Say hello; every line is grounded then. */
    static RouterGreeting say(RouterExchange exchange, Link link, String role, Duration watchdog, int nonce) {
        byte[] body = body(nonce, Math.toIntExact(watchdog.toMillis()));
        ByteBuffer reply = exchange.ask(RouterMessage.HELLO, body, 0);
        if (reply.remaining() >= 2 && (reply.getShort(0) & 0xFFFF) != RouterFrames.VERSION) {
            throw wrongVersion(role, link.resource(), reply.getShort(0) & 0xFFFF);
        }
        try {
            RouterGreeting answer = RouterGreeting.decode(reply);
            if (answer.nonce() != nonce) {
                throw new LinkException(role, "HELLO", "the answer belongs to another HELLO; is a second program on "
                        + link.resource() + "?", null);
            }
            return answer;
        } catch (IllegalArgumentException e) {
            throw new LinkException(role, "HELLO", e.getMessage(), e);
        }
    }

    static byte[] body(int nonce, int watchdogMillis) {
        return ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN).putInt(RouterFrames.MAGIC)
                .putShort((short) RouterFrames.VERSION).putInt(nonce).putInt(watchdogMillis).array();
    }

    static ConfigurationException wrongVersion(String role, String resource, long theirs) {
        return new ConfigurationException(role + ": the router on " + resource + " speaks protocol version " + theirs
                + ", this program speaks version " + RouterFrames.VERSION + "; update the "
                + (theirs < RouterFrames.VERSION ? "board's firmware" : "program"));
    }

    static Geometry geometry(RouterGreeting answer, String role) {
        int rows = answer.rows();
        int columns = answer.columns();
        if (rows < 1 || rows > ROWS_MAX || columns < 1 || columns > ROWS_MAX || answer.maxBody() < BODY_BYTES_MIN) {
            throw new ConfigurationException(role + ": the router says its array is " + rows + "x" + columns
                    + " and a request holds " + answer.maxBody() + " bytes; protocol version " + RouterFrames.VERSION
                    + " is for 1x1 to 256x256 and at least 64 bytes");
        }
        return new Geometry(rows, columns);
    }
}
