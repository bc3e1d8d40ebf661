package org.memloop.sim.instrument;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Hold what the functions of one waveform generator and fast measurement unit share, and carry them out. */
final class WgfmuUnit {
    static final String ROLE = "pulse-measure-unit";

    /** Do what one function does. */
    interface Body {
        void run() throws WgfmuFailure;
    }

    final Wiring wiring;
    final RandomGenerator random;
    final Map<Integer, WgfmuChannel> channels = new TreeMap<>(Map.of(101, new WgfmuChannel(), 102, new WgfmuChannel()));
    final Map<Integer, Net> nets = new TreeMap<>(Map.of(101, Net.COLUMN, 102, Net.GATE));
    final WgfmuPatterns patterns = new WgfmuPatterns();
    final WgfmuRecord record = new WgfmuRecord();
    /** The last run; what it found is outdated once a pattern or a sequence has changed. */
    final WgfmuOutcome outcome = new WgfmuOutcome();
    private final WgfmuFaults faults;
    Latency latency = Latency.OFF;
    private boolean open;

    WgfmuUnit(Wiring wiring, RandomGenerator random) {
        this.wiring = wiring;
        this.random = random;
        faults = new WgfmuFaults(wiring, () -> open = false);
    }

    /** Carry out a function of the library alone. {@return its code} */
    int run(String function, Body body) {
        synchronized (wiring) {
            int code = attempt(function, body);
            record.log(wiring.nowSeconds(), function, code);
            return code;
        }
    }

    /** Carry out a function that speaks to the instrument, which something may be wrong with. {@return its code} */
    int runLive(String function, Body body) {
        double late = 0;
        int code;
        synchronized (wiring) {
            code = attempt(function, () -> {
                requireOpen();
                faults.before();
                body.run();
                faults.after();
            });
            late = faults.lateSeconds()
                    + take(Pace.PULSE_MEASURE.commandSeconds() + Pace.PULSE_MEASURE.answerSeconds());
            record.log(wiring.nowSeconds(), function, code);
        }
        WgfmuFaults.pause(late);
        return code;
    }

    /** Let time pass as with a real unit. {@return how long somebody has to wait} */
    double take(double seconds) {
        if (latency == Latency.OFF) {
            return 0;
        }
        wiring.advance(seconds);
        return latency == Latency.REAL ? seconds : 0;
    }

    private int attempt(String function, Body body) {
        try {
            record.begin();
            body.run();
            record.refuseWarnings();
            return 0;
        } catch (WgfmuFailure e) {
            record.error("WGFMU_" + function + ": " + e.getMessage());
            return e.code();
        }
    }

    void open(String address) throws WgfmuFailure {
        if (open) {
            throw new WgfmuFailure(WgfmuFailure.CONTEXT, "a session is open already");
        }
        if (address.isBlank()) {
            throw new WgfmuFailure(WgfmuFailure.STRING, "an address is needed, for example GPIB0::17::INSTR");
        }
        faults.opening(address);
        record.forget();
        open = true;
    }

    void close() throws WgfmuFailure {
        requireOpen();
        open = false;
    }

    void requireOpen() throws WgfmuFailure {
        if (!open) {
            throw new WgfmuFailure(WgfmuFailure.CONTEXT, "no session is open");
        }
    }

    WgfmuChannel channel(int id) throws WgfmuFailure {
        WgfmuChannel channel = channels.get(id);
        if (channel == null) {
            throw new WgfmuFailure(WgfmuFailure.CHANNEL, "no channel " + id + "; there are " + channels.keySet());
        }
        return channel;
    }

    WgfmuTimeline timeline(int id) throws WgfmuFailure {
        return new WgfmuTimeline(channel(id).sequence, patterns);
    }

    static int oneOf(int value, int first, int last) throws WgfmuFailure {
        WgfmuPatterns.require(value >= first && value <= last, value + " is not one of " + first + " to " + last);
        return value;
    }

    /** {@return how many of the items from an offset on a reader gets} */
    static int count(double offset, int wanted, double available) throws WgfmuFailure {
        WgfmuPatterns.require(offset >= 0 && offset < available && wanted >= 1,
                "index " + offset + " is not one of " + available);
        return (int) Math.min(wanted, available - offset);
    }
}
