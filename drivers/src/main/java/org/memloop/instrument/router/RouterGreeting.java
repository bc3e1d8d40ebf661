package org.memloop.instrument.router;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Hold a router's answer to HELLO.
 *
 * <pre>
 *   version u16 | nonce u32 | boot u32 | state u8 | firmware 3 x u8 | rows u16 | columns u16 | maxSteps u32
 *   | maxBody u16 | length u8, serial | length u8, board | memory: load u32, triggers u64, begun u32
 * </pre>
 *
 * @param version protocol version the router speaks
 * @param nonce the number the host sent, so that an old answer is not taken for this one
 * @param boot number drawn when the router started
 * @param state what it is doing
 * @param firmware version of the firmware, {@code major.minor.patch}
 * @param rows word lines of the array
 * @param columns bit lines of the array
 * @param maxSteps how many steps one program may have
 * @param maxBody how many bytes the body of one request may have
 * @param serial serial number of the board, ASCII
 * @param board name of the board, ASCII
 * @param memory what was fired before this HELLO; empty with firmware that does not say
 */
public record RouterGreeting(int version, int nonce, int boot, RouterState state, String firmware, int rows,
        int columns, int maxSteps, int maxBody, String serial, String board, Optional<Memory> memory) {

    private static final int MEMORY_BYTES = 16;

    /**
     * Remember programs of this start of the board, whoever sent them.
     *
     * @param load id of the program fired last, 0 for none
     * @param triggers how many triggers it gave
     * @param begun id of the program begun last, 0 for none
     */
    public record Memory(int load, long triggers, int begun) {}

    /** {@return the bytes on the wire} */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(26 + serial.length() + board.length()
                + (memory.isPresent() ? MEMORY_BYTES : 0)).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) version).putInt(nonce).putInt(boot).put((byte) state.ordinal());
        for (String part : firmware.split("\\.")) {
            out.put((byte) Integer.parseInt(part));
        }
        out.putShort((short) rows).putShort((short) columns).putInt(maxSteps).putShort((short) maxBody);
        putText(out, serial);
        putText(out, board);
        memory.ifPresent(last -> out.putInt(last.load()).putLong(last.triggers()).putInt(last.begun()));
        return out.array();
    }

    /**
     * Read the bytes on the wire.
     *
     * @param body a little-endian buffer at the first of them
     * @return the answer
     * @throws IllegalArgumentException when they are none
     */
    public static RouterGreeting decode(ByteBuffer body) {
        try {
            int version = body.getShort() & 0xFFFF;
            int nonce = body.getInt();
            int boot = body.getInt();
            int state = body.get() & 0xFF;
            if (state >= RouterState.values().length) {
                throw new IllegalArgumentException("no state has the code " + state);
            }
            String firmware = (body.get() & 0xFF) + "." + (body.get() & 0xFF) + "." + (body.get() & 0xFF);
            return new RouterGreeting(version, nonce, boot, RouterState.values()[state], firmware,
                    body.getShort() & 0xFFFF, body.getShort() & 0xFFFF, body.getInt(), body.getShort() & 0xFFFF,
                    text(body), text(body),
                    memory(body));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the answer to HELLO is too short", e);
        }
    }

    /** Whoever spoke before there was a memory ends here; what may follow it one day is passed over. */
    private static Optional<Memory> memory(ByteBuffer body) {
        return body.remaining() < MEMORY_BYTES
                ? Optional.empty()
                : Optional.of(new Memory(body.getInt(), body.getLong(), body.getInt()));
    }

    private static void putText(ByteBuffer out, String text) {
        out.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer body) {
        byte[] text = new byte[body.get() & 0xFF];
        body.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }
}
