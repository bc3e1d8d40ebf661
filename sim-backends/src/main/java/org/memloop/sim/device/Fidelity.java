package org.memloop.sim.device;

/** Say how much of the spread and noise of a technology is simulated. */
public enum Fidelity {
    /** Every cell is the nominal one: no spread, no noise, no defects. */
    IDEAL,
    /** Cells differ from one another, once and for all: the same pulse does the same each time, readings are quiet. */
    STATIC,
    /** Cells also differ from themselves, and readings fluctuate. */
    FULL
}
