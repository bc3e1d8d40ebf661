package org.memloop.instrument.router;

import java.util.Locale;

/** Name the states of a router; the code on the wire is the ordinal. Lines are driven in {@link #RUNNING} only. */
public enum RouterState {
    /** No program; every line grounded. */
    IDLE,
    /** A whole program waits to be fired; every line grounded. */
    LOADED,
    /** A program is being fired. */
    RUNNING,
    /** The last program was fired to its end; every line grounded. */
    DONE,
    /** The last program was stopped before its end; every line grounded. */
    ABORTED,
    /** The host fell silent: every line grounded, the program dropped, latched until acknowledged. */
    GROUNDED_BY_WATCHDOG;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
