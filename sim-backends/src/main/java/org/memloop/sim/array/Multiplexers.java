package org.memloop.sim.array;

import java.util.BitSet;
import java.util.List;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;

/**
 * Model the analogue-mode circuitry around the array (thesis, figure 4.5b): every word, bit and source line hangs on one
 * of two inputs, chosen by one bit of a shift register. Input 1 is ground; input 2 is the gate pulse (word lines) or the
 * column pulse (bit and source lines).
 *
 * <pre>
 * register bit   0 .. R-1         word lines     0 = Vin1_row (ground)   1 = Vin2_row (gate pulse)
 *                R .. R+C-1       bit lines      0 = Vin1_col (ground)   1 = Vin2_col (column pulse)
 *                R+C .. R+2C-1    source lines   0 = Vin1_col (ground)   1 = Vin2_col (column pulse)
 * </pre>
 *
 * A cell sees a pulse when its word line is on input 2 and exactly one of its column lines is.
 */
public final class Multiplexers {
    private final Geometry geometry;
    private final DeviceUnderTest device;
    private final BitSet register = new BitSet();
    private Miswiring wiring;

    /**
     * Put a device behind multiplexers, every line grounded.
     *
     * @param device what sits in the socket
     */
    public Multiplexers(DeviceUnderTest device) {
        this.device = device;
        this.geometry = device.geometry();
        this.wiring = Miswiring.of(geometry, List.of());
    }

    /**
     * Wire the lines.
     *
     * @param actual how they are wired from now on
     */
    public void wire(Miswiring actual) {
        wiring = actual;
    }

    /** {@return the number of bits of the register: one for each word, bit and source line} */
    public int bits() {
        return geometry.rows() + 2 * geometry.columns();
    }

    /**
     * Latch a new content of the register.
     *
     * @param bits the set bits, laid out as in the class comment
     */
    public void latch(BitSet bits) {
        register.clear();
        register.or(wiring.driven(bits));
    }

    /** {@return whether every line is on ground} */
    public boolean grounded() {
        return register.isEmpty();
    }

    /** {@return whether any word line is on the gate pulse} */
    public boolean drivesWordLines() {
        int first = register.nextSetBit(0);
        return first >= 0 && first < geometry.rows();
    }

    /** {@return whether any bit line is on the column pulse} */
    public boolean drivesBitLines() {
        int first = register.nextSetBit(geometry.rows());
        return first >= 0 && first < geometry.rows() + geometry.columns();
    }

    /** {@return whether any source line is on the column pulse} */
    public boolean drivesSourceLines() {
        return register.nextSetBit(geometry.rows() + geometry.columns()) >= 0;
    }

    /**
     * Apply one pulse of the two driven inputs to every selected cell.
     *
     * @param columnVolts height on Vin2_col, volts; below 0 Vin1_col is the higher of the two, and the current flows
     *        the other way through cell and transistor
     * @param gateVolts height on Vin2_row, volts
     * @param widthSeconds length, seconds
     * @param startSeconds when it begins, on the simulated clock
     * @return mean current returning through Vin1_col, amperes, with the sign of the column volts
     */
    public double pulse(double columnVolts, double gateVolts, double widthSeconds, double startSeconds) {
        int rows = geometry.rows();
        int columns = geometry.columns();
        boolean forward = columnVolts >= 0;
        // what counts for cell and transistor is how high everything is above the lower of the two lines
        double gateAboveLower = Math.max(0, forward ? gateVolts : gateVolts - columnVolts);
        double amps = 0;
        for (int row = register.nextSetBit(0); row >= 0 && row < rows; row = register.nextSetBit(row + 1)) {
            if (wiring.open(row)) {
                continue;
            }
            for (int line = register.nextSetBit(rows); line >= 0; line = register.nextSetBit(line + 1)) {
                boolean bitLine = line < rows + columns;
                int other = bitLine ? line + columns : line - columns;
                if (wiring.open(line) || register.get(other) && !wiring.open(other)) {
                    continue;
                }
                int column = bitLine ? line - rows : line - rows - columns;
                Pulse.Polarity polarity = bitLine == forward ? Pulse.Polarity.SET : Pulse.Polarity.RESET;
                int cell = geometry.cell(row, column);
                amps += wiring.open(other)
                        ? device.pulseWithoutReturn(cell, polarity, Math.abs(columnVolts), gateAboveLower, widthSeconds,
                                startSeconds)
                        : device.pulse(cell, polarity, Math.abs(columnVolts), gateAboveLower, widthSeconds,
                                startSeconds);
            }
        }
        return forward ? amps : -amps;
    }
}
