package org.memloop.instrument;

import org.memloop.bench.Capabilities;

/** Record the voltage over its input resistance, one segment for each trigger, and bring all segments in one transfer. */
public interface Oscilloscope extends AutoCloseable {
    /** {@return who this is} */
    Capabilities.Identity identity();

    /** {@return the resistance of the input that the current flows through, ohms} */
    double inputOhms();

    /** {@return how many segments one acquisition may hold} */
    int maxSegments();

    /** {@return how finely a segment's mean is read, as a current through the input} */
    Capabilities.ReadAccuracy accuracy();

    /**
     * Get ready to record; return only when the instrument waits for its trigger.
     *
     * @param segments how many triggers will come
     * @param widthSeconds length of the pulse that each trigger starts
     */
    void arm(int segments, double widthSeconds);

    /**
     * Bring the recorded segments.
     *
     * @return one mean for each segment
     * @throws org.memloop.bench.LinkException when the triggers did not come in time
     */
    Segments fetch();

    /** Stop and let go of the link. Calling it again is harmless. */
    @Override
    void close();

    /**
     * Hold the plateau of every recorded pulse.
     *
     * @param volts mean over the settled part of each pulse, volts
     * @param saturated whether any sample of it left the range
     */
    record Segments(double[] volts, boolean[] saturated) {}
}
