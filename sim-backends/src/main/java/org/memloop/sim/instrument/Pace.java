package org.memloop.sim.instrument;

/**
 * State how long an instrument takes. The figures below are typical of such instruments by general knowledge and the
 * bandwidth of their links; none is from a data sheet, and none was measured.
 *
 * @param commandSeconds to carry out one command
 * @param answerSeconds until the first byte of an answer, on top
 * @param byteSeconds for each byte of an answer
 */
public record Pace(double commandSeconds, double answerSeconds, double byteSeconds) {
    /** An 81160A: a few milliseconds to set a parameter. */
    public static final Pace GENERATOR = new Pace(2e-3, 1e-3, 1e-6);
    /** An MSOS204A: a computer of its own, and waveforms at 10 MB/s. */
    public static final Pace OSCILLOSCOPE = new Pace(0.5e-3, 1e-3, 1e-7);
    /** A B1500A behind GPIB: 200 kB/s. Measuring itself takes simulated time anyhow. */
    public static final Pace ANALYZER = new Pace(1e-3, 1e-3, 5e-6);
    /** A function of the B1530A's library that speaks to the unit; 16 bytes for each value and its time. */
    public static final Pace PULSE_MEASURE = new Pace(2e-3, 1e-3, 1e-7);
    /** An E36312A: 10 ms to set, 20 ms to measure. */
    public static final Pace E36312A = new Pace(10e-3, 20e-3, 1e-6);
    /** An E3631A: 50 ms until an output begins to change, 50 ms more to measure. */
    public static final Pace E3631A = new Pace(50e-3, 50e-3, 1e-4);
}
