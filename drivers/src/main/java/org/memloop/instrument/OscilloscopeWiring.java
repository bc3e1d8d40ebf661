package org.memloop.instrument;

/**
 * Say where the current that returns from the array (Vin1_col) meets an oscilloscope, and where the router's trigger does.
 *
 * @param channel input that reads the current as a voltage; counted from 1
 * @param input whether the current flows through the input itself or through a resistor across it
 * @param ohms the resistance it flows through, ohms
 * @param trigger trigger input, as the instrument calls it, for example {@code AUX} or {@code CHAN4}
 */
public record OscilloscopeWiring(int channel, Input input, double ohms, String trigger) {
    /** Channel 1 terminated with its own 50 ohm, trigger at AUX. */
    public static final OscilloscopeWiring USUAL = new OscilloscopeWiring(1, Input.TERMINATED, 50, "AUX");

    /** Tell the two ways to read a current with an oscilloscope. */
    public enum Input {
        /** The input is terminated (50 ohm) and takes the current. */
        TERMINATED,
        /** The input has 1 megohm; a shunt to ground takes the current. */
        SHUNT
    }

    /** Refuse what reads no current. */
    public OscilloscopeWiring {
        if (channel < 1) {
            throw new IllegalArgumentException("channels are counted from 1, there is none of number " + channel);
        }
        if (!(ohms > 0) || Double.isInfinite(ohms)) {
            throw new IllegalArgumentException("a current is read over more than 0 ohm, not over " + ohms);
        }
    }
}
