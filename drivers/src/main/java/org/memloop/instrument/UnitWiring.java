package org.memloop.instrument;

/**
 * Say which channels of a pulse-measure unit or of source-measure units feed the chip's two driven inputs.
 *
 * @param columnChannel channel on Vin2_col, as the instrument numbers it (a WGFMU: 101, 102, 201, ...)
 * @param gateChannel channel on Vin2_row
 */
public record UnitWiring(int columnChannel, int gateChannel) {
    /** The two channels of the first pulse-measure module of a B1500A: column on 101, gate on 102. */
    public static final UnitWiring PULSE_MEASURE = new UnitWiring(101, 102);
    /** The first two source-measure units of a B1500A: column on 1, gate on 2. */
    public static final UnitWiring SOURCE_MEASURE = new UnitWiring(1, 2);

    /** Refuse one channel for both. */
    public UnitWiring {
        if (columnChannel < 1 || gateChannel < 1 || columnChannel == gateChannel) {
            throw new IllegalArgumentException("column and gate need a channel each, counted from 1, not "
                    + columnChannel + " and " + gateChannel);
        }
    }
}
