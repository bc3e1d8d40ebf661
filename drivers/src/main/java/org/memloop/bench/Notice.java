package org.memloop.bench;

/** Tell something of a bench beside its readings, while it runs a program. */
public sealed interface Notice {
    /**
     * Tell that a stretch of the program is loaded and about to be fired, before it is.
     *
     * @param load its number in the router's memory, and how many pulses it fires
     * @param from first step of the stretch
     * @param to index after its last step
     */
    record Loaded(Load load, int from, int to) implements Notice {}

    /**
     * Tell what was measured of the bench itself, for example what a supply gives.
     *
     * @param role whose instrument, for example {@code supply-5v}
     * @param quantity what was measured, for example {@code output 1}
     * @param value how much
     * @param unit its SI unit
     * @param seconds when, on the bench's own clock
     */
    record Measured(String role, String quantity, double value, String unit, double seconds) implements Notice {}
}
