package org.memloop.sim.instrument;

import java.util.BitSet;

import org.memloop.bench.Geometry;
import org.memloop.instrument.raspberry.RegisterPins;

/**
 * Be the pins of a Raspberry Pi that lead to the chip: bits go through one long register, the latch lets the lines take what
 * is in it, the trigger goes to generator and oscilloscope. Pauses take simulated time only.
 */
public final class EmulatedPins implements RegisterPins {
    private final Wiring wiring;
    private final int lines;
    private BitSet register = new BitSet();

    /**
     * Put the pins into a laboratory.
     *
     * @param wiring the laboratory
     * @param geometry shape of the array, from which follows how long the register is
     */
    public EmulatedPins(Wiring wiring, Geometry geometry) {
        this.wiring = wiring;
        lines = geometry.rows() + 2 * geometry.columns();
    }

    @Override
    public String describe() {
        return "Raspberry Pi (emulated pins)";
    }

    @Override
    public void shift(byte[] bits) {
        BitSet next = new BitSet(lines);
        int shifted = 8 * bits.length;
        for (int line = 0; line < lines; line++) {
            // the last bit that comes stays at line 0; what was there before moves up
            next.set(line, line < shifted
                    ? (bits[bits.length - 1 - line / 8] >> line % 8 & 1) == 1
                    : register.get(line - shifted));
        }
        register = next;
    }

    @Override
    public void latch() {
        wiring.latch(register);
    }

    @Override
    public void trigger() {
        wiring.trigger();
    }

    @Override
    public void pause(long nanos) {
        wiring.advance(nanos * 1e-9);
    }

    @Override
    public void close() {
        // the lines stay as they are, as they do behind a real one
    }
}
