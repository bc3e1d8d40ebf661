package org.memloop.instrument;

import java.util.Arrays;
import java.util.List;

import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.Readings;

/**
 * Pulse the cells a router selects, and read the current. Who gives the triggers differs, and nothing else:
 *
 * <pre>
 *   {@link TriggeredPulses}    the router triggers generator and oscilloscope at each pulse
 *   {@link SequencedPulses}    a pulse-measure unit plays a sequence, and the router steps by its triggers
 *   {@link ForcedPulses}       source-measure units force and measure, slowly, and the router steps by their trigger
 * </pre>
 */
public sealed interface PulseSource permits TriggeredPulses, SequencedPulses, ForcedPulses {
    /**
     * Hold what the pulses of a stretch brought.
     *
     * @param amps mean current of each pulse's plateau, amperes; empty when the pulse is not measured
     * @param qualities how far each can be trusted
     * @param periodSeconds from one pulse to the next, seconds
     */
    record Currents(double[] amps, Readings.Quality[] qualities, double periodSeconds) {
        /** Nothing was measured. */
        public static final Currents NONE = new Currents(new double[0], new Readings.Quality[0], 0);

        /**
         * Hold currents that a digitizer sampled.
         *
         * @param amps mean current of each pulse's plateau, amperes
         * @param saturated whether any sample of it left the range
         * @param periodSeconds from one pulse to the next, seconds
         * @return the currents
         */
        public static Currents sampled(double[] amps, boolean[] saturated, double periodSeconds) {
            Readings.Quality[] qualities = new Readings.Quality[amps.length];
            Arrays.setAll(qualities, i -> saturated[i] ? Readings.Quality.SATURATED : Readings.Quality.GOOD);
            return new Currents(amps, qualities, periodSeconds);
        }
    }

    /** {@return who the instruments are} */
    List<Capabilities.Identity> identities();

    /** {@return what the instruments can do; the budget of pulses is unlimited} */
    Limits limits();

    /** {@return how finely a current is read} */
    Capabilities.ReadAccuracy accuracy();

    /**
     * Tell how many pulses one stretch may have.
     *
     * @param measured whether they are measured
     * @return pulses
     */
    int maxPulses(boolean measured);

    /**
     * Get ready to pulse what a router has loaded.
     *
     * @param router the router
     * @param pulse the condition
     * @param pulses how many
     */
    void prepare(ArrayRouter router, Pulse pulse, int pulses);

    /**
     * Fire what was prepared, once.
     *
     * @param router the router
     * @return what was measured
     * @throws org.memloop.bench.BenchException which says that pulses are possible once the first may have left
     */
    Currents fire(ArrayRouter router);

    /** Take the pulses off the lines: column first, then gate. */
    void off();

    /** Switch off, and let go of the instruments, all of them whatever fails. Calling it again is harmless. */
    void close();
}
