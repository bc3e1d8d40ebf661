package org.memloop.instrument.router;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Hold what a router says about itself.
 *
 * <pre>
 *   boot u32 | state u8 | load u32 | steps u32 | stepsDone u32 | triggersSinceLoad u64 | triggersSinceBoot u64
 * </pre>
 *
 * @param boot number drawn when the router started; another one means that it has started anew
 * @param state what it is doing
 * @param loadId id of the program loaded or fired last, 0 for none
 * @param steps how many steps that program has
 * @param stepsDone how many of them are done
 * @param triggersSinceLoad triggers given since that program was loaded
 * @param triggersSinceBoot triggers given since the router started
 */
public record RouterStatus(int boot, RouterState state, int loadId, int steps, int stepsDone, long triggersSinceLoad,
        long triggersSinceBoot) {

    private static final int BYTES = 33;

    /** {@return the bytes on the wire} */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(boot).put((byte) state.ordinal())
                .putInt(loadId).putInt(steps).putInt(stepsDone).putLong(triggersSinceLoad).putLong(triggersSinceBoot)
                .array();
    }

    /**
     * Read the bytes on the wire.
     *
     * @param body a little-endian buffer at the first of them
     * @return the status
     * @throws IllegalArgumentException when they are no status
     */
    public static RouterStatus decode(ByteBuffer body) {
        try {
            int boot = body.getInt();
            int state = body.get() & 0xFF;
            if (state >= RouterState.values().length) {
                throw new IllegalArgumentException("no state has the code " + state);
            }
            return new RouterStatus(boot, RouterState.values()[state], body.getInt(), body.getInt(), body.getInt(),
                    body.getLong(), body.getLong());
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the status is too short", e);
        }
    }
}
