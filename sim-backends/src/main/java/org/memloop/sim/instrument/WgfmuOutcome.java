package org.memloop.sim.instrument;

/** Know how far the last run of a waveform generator and fast measurement unit came, and whether it still counts. */
final class WgfmuOutcome {
    static final int COMPLETED = 10000;
    static final int IDLE = 10006;

    private boolean executed;
    private boolean outdated;
    private double seconds;

    void executed(double totalSeconds) {
        executed = true;
        outdated = false;
        seconds = totalSeconds;
    }

    /** Note that patterns or sequences are no longer those of the run. */
    void outdate() {
        outdated = executed;
    }

    /** Forget the run. */
    void forget() {
        executed = false;
        outdated = false;
        seconds = 0;
    }

    boolean valid() {
        return executed && !outdated;
    }

    int status() {
        return executed ? COMPLETED : IDLE;
    }

    double seconds() {
        return seconds;
    }

    void require() throws WgfmuFailure {
        if (!executed) {
            throw new WgfmuFailure(WgfmuFailure.NOT_READY, "nothing was executed");
        }
        if (outdated) {
            throw new WgfmuFailure(WgfmuFailure.OUTDATED, "patterns or sequences have changed since the run");
        }
    }

    void requireRun() throws WgfmuFailure {
        if (!executed) {
            throw new WgfmuFailure(WgfmuFailure.NOT_RUNNING, "nothing was executed");
        }
    }
}
