package org.memloop.sim.instrument;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Let the connection between the WGFMU library and its unit fail as any other does; the library tells it by a code. */
final class WgfmuFaults {
    private final Wiring wiring;
    private final Runnable hangUp;

    WgfmuFaults(Wiring wiring, Runnable hangUp) {
        this.wiring = wiring;
        this.hangUp = hangUp;
    }

    private boolean strikes(Fault fault) {
        return wiring.strikes(WgfmuUnit.ROLE, fault);
    }

    void opening(String address) throws WgfmuFailure {
        if (strikes(Fault.SILENT)) {
            throw new WgfmuFailure(WgfmuFailure.COMMUNICATION, "nobody answers at " + address);
        }
        if (strikes(Fault.WRONG_IDENTITY)) {
            throw new WgfmuFailure(WgfmuFailure.COMMUNICATION, "there is no unit of this kind at " + address);
        }
    }

    /** Fail before anything is done. */
    void before() throws WgfmuFailure {
        if (strikes(Fault.SILENT)) {
            throw new WgfmuFailure(WgfmuFailure.COMMUNICATION, "time-out");
        }
        if (strikes(Fault.HANG_UP)) {
            hangUp.run();
            throw new WgfmuFailure(WgfmuFailure.COMMUNICATION, "the connection was lost");
        }
        if (strikes(Fault.GARBAGE)) {
            throw new WgfmuFailure(WgfmuFailure.FIRMWARE, "an answer that makes no sense");
        }
    }

    /** Fail after it was done. */
    void after() throws WgfmuFailure {
        if (strikes(Fault.DROP_REPLY) || strikes(Fault.TRUNCATED)) {
            throw new WgfmuFailure(WgfmuFailure.COMMUNICATION, "time-out while waiting for the answer");
        }
    }

    double lateSeconds() {
        return wiring.strike(WgfmuUnit.ROLE, Fault.DELAYED).map(FaultRule::delaySeconds).orElse(0.0);
    }

    static void pause(double seconds) {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(until - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }
}
