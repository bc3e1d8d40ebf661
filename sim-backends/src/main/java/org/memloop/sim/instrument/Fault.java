package org.memloop.sim.instrument;

/** Name what can be wrong between an emulated instrument and its driver, for demonstrations and tests. */
public enum Fault {
    /** Nothing is wrong. */
    NONE,
    /** Take every request and never answer, as a board without firmware does. */
    SILENT,
    /** Answer every request with noise, as a wrong baud rate or another instrument does. */
    GARBAGE,
    /** Do what is asked, but lose the first reply to the request that fires. */
    DROP_REPLY
}
