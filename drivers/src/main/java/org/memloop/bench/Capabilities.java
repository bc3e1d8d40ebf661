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
 */
public record Capabilities(String description, Geometry geometry, Limits limits, ReadAccuracy readAccuracy,
        List<Identity> instruments, Operations operations) {

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
