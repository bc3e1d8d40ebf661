package org.memloop.bench;

import java.util.List;

/**
 * State what a bench is and can do.
 *
 * @param description one line for a person
 * @param geometry shape of the array
 * @param limits what the bench refuses to exceed
 * @param readAccuracy how finely a current is read
 * @param instruments identity of every instrument, empty for a bench that has none
 * @param operations which pulses the bench can do
 * @param pauseSeconds how long every line is grounded between two pulses, seconds; 0 where there is no pause
 */
public record Capabilities(String description, Geometry geometry, Limits limits, ReadAccuracy readAccuracy,
        List<Identity> instruments, Operations operations, double pauseSeconds) {

    /** Keep the list from changing. */
    public Capabilities {
        instruments = List.copyOf(instruments);
    }

    /**
     * State what a bench is that can do any pulse within its limits.
     *
     * @param description one line for a person
     * @param geometry shape of the array
     * @param limits what the bench refuses to exceed
     * @param readAccuracy how finely a current is read
     * @param instruments identity of every instrument, empty for a bench that has none
     */
    public Capabilities(String description, Geometry geometry, Limits limits, ReadAccuracy readAccuracy,
            List<Identity> instruments) {
        this(description, geometry, limits, readAccuracy, instruments, Operations.ANY);
    }

    /**
     * State what a bench is that keeps no pauses.
     *
     * @param description one line for a person
     * @param geometry shape of the array
     * @param limits what the bench refuses to exceed
     * @param readAccuracy how finely a current is read
     * @param instruments identity of every instrument, empty for a bench that has none
     * @param operations which pulses the bench can do
     */
    public Capabilities(String description, Geometry geometry, Limits limits, ReadAccuracy readAccuracy,
            List<Identity> instruments, Operations operations) {
        this(description, geometry, limits, readAccuracy, instruments, operations, 0);
    }

    /**
     * State the same with pauses between pulses.
     *
     * @param seconds how long every line is grounded between two pulses
     * @return the capabilities
     */
    public Capabilities withPause(double seconds) {
        return new Capabilities(description, geometry, limits, readAccuracy, instruments, operations, seconds);
    }

    /**
     * State how finely a bench reads a current.
     *
     * @param resolutionAmps smallest step of a reading, amperes; 0 where there is none
     * @param noiseAmps standard deviation of one reading of a noiseless resistor, amperes
     */
    public record ReadAccuracy(double resolutionAmps, double noiseAmps) {}

    /**
     * Name one instrument of a bench.
     *
     * @param role what it does for the bench, for example {@code router}
     * @param idn what it answered when asked who it is
     * @param resource its VISA resource name
     */
    public record Identity(String role, String idn, String resource) {}
}
