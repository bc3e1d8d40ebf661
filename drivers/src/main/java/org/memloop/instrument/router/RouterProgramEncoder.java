package org.memloop.instrument.router;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Pack steps into the bodies of LOAD_STEPS requests.
 *
 * <pre>
 *   body   load u32 | index of the first step u32 | steps ...
 *   step   row u8 | column u8 | count, 7 bits a byte, lowest first, top bit set while more follow
 * </pre>
 */
final class RouterProgramEncoder {
    private static final int STEP_BYTES_MAX = 7;

    private final int loadId;
    private final ByteBuffer body;
    private final CRC32 checksum = new CRC32();
    private int steps;
    private long triggers;

    RouterProgramEncoder(int loadId, int maxBody) {
        this.loadId = loadId;
        body = ByteBuffer.allocate(Math.min(maxBody, RouterFrames.MAX_BODY)).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(loadId).putInt(0);
    }

    /** Add a step; return a full body when the step found no room in it. */
    Optional<byte[]> add(int row, int column, int count) {
        Optional<byte[]> full = Optional.empty();
        if (body.remaining() < STEP_BYTES_MAX) {
            full = Optional.of(rest());
            body.clear().putInt(loadId).putInt(steps);
        }
        int start = body.position();
        body.put((byte) row).put((byte) column);
        int left = count;
        while (left > 0x7F) {
            body.put((byte) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        body.put((byte) left);
        checksum.update(body.array(), start, body.position() - start);
        steps++;
        triggers += count;
        return full;
    }

    /** {@return the body under way} */
    byte[] rest() {
        return Arrays.copyOf(body.array(), body.position());
    }

    /** {@return the body of LOAD_COMMIT: load u32, triggers u64, checksum of all steps u32} */
    byte[] commit() {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(loadId).putLong(triggers)
                .putInt((int) checksum.getValue()).array();
    }

    long triggers() {
        return triggers;
    }
}
