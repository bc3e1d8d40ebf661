package org.memloop.sim.instrument;

/** Say who may operate an instrument: the person in front of it, or the bus (IEEE 488.1, remote/local function). */
public enum RemoteState {
    /** The front panel. */
    LOCAL,
    /** The bus; the LOCAL key gives the panel back. */
    REMOTE,
    /** The front panel, until the next message. */
    LOCAL_WITH_LOCKOUT,
    /** The bus alone. */
    REMOTE_WITH_LOCKOUT
}
