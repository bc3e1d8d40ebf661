package org.memloop.sim.instrument;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterFrames.Message;
import org.memloop.instrument.router.RouterGreeting;
import org.memloop.instrument.router.RouterMessage;
import org.memloop.instrument.router.RouterRefusal;
import org.memloop.instrument.router.RouterState;
import org.memloop.instrument.router.RouterStatus;

/**
 * Be the router's firmware: bytes in, bytes out, and the chip's line registers between ({@code
 * docs/router-protocol.md}).
 *
 * <p>Like a firmware's main loop, whoever serves it hands in what came ({@link #receive}) and calls {@link #tick} in
 * between; a program runs in slices during ticks, so that questions are answered and an order to ground is obeyed
 * between two pulses. Pulses take simulated time only; the watchdog runs on the clock it is given.
 */
public final class RouterEmulator {
    private static final int MAX_STEPS = 8192;
    private static final int MAX_BODY = 1024;
    private static final int SLICE_TRIGGERS = 2048;
    private static final long NANOS_MAX = 2_000_000_000;
    private static final long WATCHDOG_MILLIS_MIN = 500;
    private static final long WATCHDOG_MILLIS_MAX = 60_000;
    /** A frame that stands still for so long will not be finished; a person may type again. */
    private static final long FRAME_NANOS = 250_000_000;

    private final Wiring wiring;
    private final Geometry geometry;
    private final LongSupplier nanoClock;
    private final int boot;
    private final RouterFrames.Splitter splitter = new RouterFrames.Splitter();
    private final RouterConsole console;
    private final RouterMemory memory = new RouterMemory();
    private final BitSet ground = new BitSet();
    private RouterProgram program;
    private RouterProgram fired;
    private int begun;
    private RouterState state = RouterState.IDLE;
    private Optional<RouterFollowing> following = Optional.empty();
    private boolean greeted;
    private boolean loading;
    private long watchdogNanos;
    private long heardNanos;
    private long lastByteNanos;
    private long silentMillis;
    private long waitUntilNanos;
    private long triggersBefore;
    private long damagedFrames;

    /**
     * Switch on a router with every line grounded.
     *
     * @param wiring the laboratory it is wired into
     * @param geometry shape of the array, at most 256 by 256
     * @param nanoClock a clock for the watchdog, nanoseconds, for example {@code System::nanoTime}
     * @param boot number that tells this start of the router from others
     */
    public RouterEmulator(Wiring wiring, Geometry geometry, LongSupplier nanoClock, int boot) {
        this.wiring = wiring;
        this.geometry = geometry;
        this.nanoClock = nanoClock;
        this.boot = boot;
        console = new RouterConsole(geometry);
        program = RouterProgram.none(geometry);
        fired = program;
        wiring.latch(ground);
        wiring.connect(new Wiring.Follower() {
            @Override
            public void onTrigger(double seconds) {
                following.ifPresent(by -> follow(by.trigger(seconds)));
            }

            @Override
            public void onTime(double seconds) {
                following.ifPresent(by -> follow(by.time(seconds)));
            }
        });
    }

    private void follow(RouterFollowing.Course course) {
        switch (course) {
            case ON -> {
            }
            case ENDED -> groundLines(RouterState.DONE);
            case EARLY, LATE -> groundLines(RouterState.ABORTED);
        }
    }

    /** {@return whether a program is running, so that the next tick should not wait} */
    public boolean running() {
        synchronized (wiring) {
            return state == RouterState.RUNNING;
        }
    }

    /**
     * Take bytes from the serial line.
     *
     * @param bytes an array
     * @param length how many of its bytes came
     * @param out where answers go, each a frame or a text as a whole
     */
    public void receive(byte[] bytes, int length, Consumer<byte[]> out) {
        synchronized (wiring) {
            lastByteNanos = length > 0 ? nanoClock.getAsLong() : lastByteNanos;
            for (int i = 0; i < length; i++) {
                switch (splitter.accept(bytes[i])) {
                    case NOTHING -> {
                    }
                    case DAMAGED -> damagedFrames++;
                    case TEXT -> console.accept(bytes[i]).ifPresent(
                            typed -> out.accept(console.answer(typed, greeting(0), status(), damagedFrames)));
                    case MESSAGE -> handle(splitter.message(), out);
                }
            }
        }
    }

    /**
     * Do what is due: a slice of the running program, the answer somebody waits for, the watchdog.
     *
     * @param out where answers go
     */
    public void tick(Consumer<byte[]> out) {
        synchronized (wiring) {
            long now = nanoClock.getAsLong();
            if (splitter.inside() && now - lastByteNanos > FRAME_NANOS) {
                splitter.reset();
            }
            following.ifPresent(by -> follow(by.time(wiring.nowSeconds())));
            boolean armed = state == RouterState.LOADED || state == RouterState.RUNNING;
            if (armed && now - heardNanos > watchdogNanos) {
                silentMillis = (now - heardNanos) / 1_000_000;
                groundLines(RouterState.GROUNDED_BY_WATCHDOG);
                wiring.note("router", "watchdog: host silent for " + silentMillis + " ms, lines grounded");
            }
            if (state == RouterState.RUNNING && following.isEmpty()) {
                program.walk(wiring, SLICE_TRIGGERS);
                if (program.ended()) {
                    wiring.latch(ground);
                    state = RouterState.DONE;
                }
            }
            if (memory.owesReply() && (state != RouterState.RUNNING || now - waitUntilNanos >= 0)) {
                out.accept(memory.reply(RouterMessage.STATUS.replyCode(), status().encode()));
            }
        }
    }

    private void handle(Message message, Consumer<byte[]> out) {
        heardNanos = nanoClock.getAsLong();
        Optional<RouterMessage> request = RouterMessage.of(message.code());
        if (request.filter(RouterMessage.HELLO::equals).isPresent()) {
            memory.forget(); // a new host counts its requests anew
        }
        switch (memory.recall(message)) {
            case NEW -> {
                memory.begin(message);
                request.ifPresentOrElse(known -> answer(known, message, out), () -> out
                        .accept(memory.refuse(RouterRefusal.UNKNOWN_REQUEST, message.code())));
            }
            case REPEATED -> memory.lastReply().ifPresent(out);
            case REUSED -> out.accept(RouterMemory.refusal(message, RouterRefusal.SEQUENCE_REUSED,
                    message.sequence()));
        }
    }

    private void answer(RouterMessage request, Message message, Consumer<byte[]> out) {
        ByteBuffer fields = message.fields();
        try {
            if (request == RouterMessage.STATUS && waits(fields)) {
                return; // a later tick answers
            }
            out.accept(memory.reply(request.replyCode(), act(request, fields)));
        } catch (RouterRefused e) {
            out.accept(memory.refuse(e.refusal(), e.detail()));
        }
    }

    private boolean waits(ByteBuffer fields) throws RouterRefused {
        checkLength(fields, 2);
        int waitMillis = fields.getShort(0) & 0xFFFF;
        waitUntilNanos = heardNanos + waitMillis * 1_000_000L;
        return greeted && waitMillis > 0 && state == RouterState.RUNNING;
    }

    private byte[] act(RouterMessage request, ByteBuffer fields) throws RouterRefused {
        if (!greeted && request != RouterMessage.HELLO) {
            throw new RouterRefused(RouterRefusal.NO_HELLO, 0);
        }
        switch (request) {
            case HELLO -> {
                return hello(fields);
            }
            case STATUS -> {
            }
            case LOAD_BEGIN -> {
                begin(fields);
                return new byte[0];
            }
            case LOAD_STEPS -> {
                steps(fields);
                return new byte[0];
            }
            case LOAD_COMMIT -> commit(fields);
            case FIRE -> {
                checkLength(fields, 4);
                take(fields);
            }
            case FOLLOW -> {
                checkLength(fields, 8);
                long gap = Integer.toUnsignedLong(fields.getInt(4));
                requireField(1, gap > 0 && gap <= NANOS_MAX);
                take(fields);
                following = Optional.of(new RouterFollowing(program, wiring, gap / 1e9));
            }
            case GROUND -> {
                checkLength(fields, 0);
                groundLines(switch (state) {
                    case GROUNDED_BY_WATCHDOG, ABORTED, DONE -> state;
                    case RUNNING -> RouterState.ABORTED;
                    case IDLE, LOADED -> RouterState.IDLE;
                });
            }
            case ACKNOWLEDGE -> {
                checkLength(fields, 0);
                state = state == RouterState.GROUNDED_BY_WATCHDOG ? RouterState.IDLE : state;
            }
        }
        return status().encode();
    }

    private byte[] hello(ByteBuffer fields) throws RouterRefused {
        if (fields.remaining() < 6 || fields.getInt(0) != RouterFrames.MAGIC) {
            throw new RouterRefused(RouterRefusal.BAD_FIELD, 0);
        }
        if ((fields.getShort(4) & 0xFFFF) != RouterFrames.VERSION) {
            throw new RouterRefused(RouterRefusal.WRONG_VERSION, RouterFrames.VERSION);
        }
        checkLength(fields, 14);
        long watchdogMillis = Integer.toUnsignedLong(fields.getInt(10));
        if (watchdogMillis < WATCHDOG_MILLIS_MIN || watchdogMillis > WATCHDOG_MILLIS_MAX) {
            throw new RouterRefused(RouterRefusal.BAD_FIELD, 3);
        }
        watchdogNanos = watchdogMillis * 1_000_000;
        greeted = true;
        groundLines(state == RouterState.GROUNDED_BY_WATCHDOG ? state : RouterState.IDLE);
        replaceProgram(RouterProgram.none(geometry));
        return greeting(fields.getInt(6)).encode();
    }

    private void begin(ByteBuffer fields) throws RouterRefused {
        checkLength(fields, 21);
        refuseWhileBusy();
        int steps = fields.getInt(4);
        long settle = Integer.toUnsignedLong(fields.getInt(9));
        long window = Integer.toUnsignedLong(fields.getInt(13));
        long recovery = Integer.toUnsignedLong(fields.getInt(17));
        if (steps < 1 || steps > MAX_STEPS) {
            throw new RouterRefused(RouterRefusal.TOO_MANY_STEPS, MAX_STEPS);
        }
        requireField(0, fields.getInt(0) != 0);
        requireField(2, fields.get(8) == 0 || fields.get(8) == 1);
        requireField(3, settle <= NANOS_MAX);
        requireField(4, window > 0 && window <= NANOS_MAX);
        requireField(5, recovery <= NANOS_MAX);
        state = RouterState.IDLE;
        loading = true;
        begun = fields.getInt(0);
        replaceProgram(new RouterProgram(geometry, fields.getInt(0), steps, Pulse.Polarity.values()[fields.get(8)],
                settle / 1e9, (window + recovery) / 1e9));
    }

    private void steps(ByteBuffer fields) throws RouterRefused {
        if (fields.remaining() < 8) {
            throw new RouterRefused(RouterRefusal.BAD_LENGTH, fields.remaining());
        }
        refuseWhileBusy();
        if (!loading || fields.getInt() != program.id() || fields.getInt() != program.steps()) {
            throw new RouterRefused(RouterRefusal.OUT_OF_ORDER, program.steps());
        }
        if (!program.take(fields)) {
            loading = false;
            throw new RouterRefused(RouterRefusal.BAD_STEP, program.steps());
        }
    }

    private void commit(ByteBuffer fields) throws RouterRefused {
        checkLength(fields, 16);
        refuseWhileBusy();
        if (!loading || fields.getInt(0) != program.id()
                || !program.isWhole(fields.getLong(4), fields.getInt(12))) {
            throw new RouterRefused(RouterRefusal.BAD_PROGRAM, program.steps());
        }
        loading = false;
        state = RouterState.LOADED;
    }

    /** Take up the program that a request names, which uses it up. */
    private void take(ByteBuffer fields) throws RouterRefused {
        refuseWhileBusy();
        if (state != RouterState.LOADED || fields.getInt(0) != program.id()) {
            throw new RouterRefused(RouterRefusal.NOT_LOADED, state == RouterState.LOADED ? program.id() : 0);
        }
        state = RouterState.RUNNING;
        fired = program;
    }

    private void refuseWhileBusy() throws RouterRefused {
        if (state == RouterState.GROUNDED_BY_WATCHDOG) {
            throw new RouterRefused(RouterRefusal.WATCHDOG, silentMillis);
        }
        if (state == RouterState.RUNNING) {
            throw new RouterRefused(RouterRefusal.RUNNING, program.stepsDone());
        }
    }

    private static void checkLength(ByteBuffer fields, int bytes) throws RouterRefused {
        if (fields.remaining() != bytes) {
            throw new RouterRefused(RouterRefusal.BAD_LENGTH, fields.remaining());
        }
    }

    private static void requireField(int index, boolean inRange) throws RouterRefused {
        if (!inRange) {
            throw new RouterRefused(RouterRefusal.BAD_FIELD, index);
        }
    }

    private void groundLines(RouterState next) {
        wiring.latch(ground);
        loading = false;
        following = Optional.empty();
        state = next;
    }

    private void replaceProgram(RouterProgram next) {
        triggersBefore += program.given();
        program = next;
    }

    /** {@return what it is doing, and has done since it was switched on} */
    public RouterStatus status() {
        synchronized (wiring) {
            return new RouterStatus(boot, state, program.id(), program.steps(), program.stepsDone(), program.given(),
                    triggersBefore + program.given());
        }
    }

    private RouterGreeting greeting(int nonce) {
        return new RouterGreeting(RouterFrames.VERSION, nonce, boot, state, "1.0.0", geometry.rows(),
                geometry.columns(), MAX_STEPS, MAX_BODY, "EMULATED", "memloop router (emulated Nucleo-F746ZG)",
                Optional.of(new RouterGreeting.Memory(fired.id(), fired.given(), begun)));
    }
}
