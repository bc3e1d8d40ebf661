package org.memloop.instrument.router;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LimitException;
import org.memloop.bench.LinkException;
import org.memloop.bench.Load;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.ArrayRouter;
import org.memloop.instrument.StepTiming;
import org.memloop.link.Link;
import org.memloop.link.Uninterrupted;

/**
 * Drive the router on a Nucleo board (STM32F746ZG, thesis section 4.2.3) over its virtual serial port, by the protocol
 * of {@code docs/router-protocol.md}.
 *
 * <p>A pulse is fired at most once: FIRE and FOLLOW name the load they fire, the router forgets a load by firing it, and a repeated
 * request is answered from the router's memory. Failures after FIRE was sent say that pulses are
 * {@linkplain org.memloop.bench.BenchException.Firing#POSSIBLE possible}, and leave every line grounded if the router
 * can still be reached.
 */
public final class NucleoRouter implements ArrayRouter {
    /** How long the host may be silent while a program is loaded or runs, when nothing else is said. */
    public static final Duration WATCHDOG = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(NucleoRouter.class);
    private static final long NANOS_MAX = 2_000_000_000;
    /** What the board needs to shift a register in and latch it: 256 bits at 13.5 MHz, and some room. */
    private static final double SELECT_SECONDS = 30e-6;
    private static final double STEP_SECONDS = 10e-9;
    /** A trigger later than so many periods was missed; less than 2, so that no second pulse follows it to a cell. */
    private static final double GAP = 1.5;

    private final Link link;
    private final String role;
    private final RouterExchange exchange;
    private final long settleNanos;
    private final long recoveryNanos;
    private final RouterGreeting greeting;
    private final Geometry geometry;
    private int lastLoadId;
    private RouterRun.Load loaded = RouterRun.Load.NOTHING;
    private boolean closed;

    /**
     * Say hello to a router; every line is grounded then.
     *
     * @param link to the board; this driver closes it, also when it cannot be opened
     * @param timing the pauses around every pulse, each 0 to 2 s; kept to whole nanoseconds
     * @param role what the laboratory file calls this instrument, for messages
     * @throws LinkException when nothing answers, or not a router
     * @throws ConfigurationException when the router speaks another protocol version, or a pause is out of range
     */
    public NucleoRouter(Link link, StepTiming timing, String role) {
        this(link, timing, role, WATCHDOG);
    }

    /**
     * Say hello to a router; every line is grounded then.
     *
     * @param link to the board; this driver closes it, also when it cannot be opened
     * @param timing the pauses around every pulse, each 0 to 2 s; kept to whole nanoseconds
     * @param role what the laboratory file calls this instrument, for messages
     * @param watchdog how long the host may be silent while a program is loaded or runs, 0.5 s to 60 s
     * @throws LinkException when nothing answers, or not a router
     * @throws ConfigurationException when the router speaks another protocol version, or a time is out of range
     */
    public NucleoRouter(Link link, StepTiming timing, String role, Duration watchdog) {
        this(link, timing, role, watchdog, (int) System.nanoTime());
    }

    /**
     * Say hello to a router; every line is grounded then.
     *
     * @param link to the board; this driver closes it, also when it cannot be opened
     * @param timing the pauses around every pulse, each 0 to 2 s; kept to whole nanoseconds
     * @param role what the laboratory file calls this instrument, for messages
     * @param watchdog how long the host may be silent while a program is loaded or runs, 0.5 s to 60 s
     * @param nonce a number that no other HELLO has, by which its answer is known
     */
    public NucleoRouter(Link link, StepTiming timing, String role, Duration watchdog, int nonce) {
        this.link = link;
        this.role = role;
        this.exchange = new RouterExchange(link, role);
        try {
            settleNanos = nanos("settleSeconds", timing.settleSeconds());
            recoveryNanos = nanos("recoverySeconds", timing.recoverySeconds());
            greeting = RouterHello.say(exchange, link, role, watchdog, nonce);
            geometry = RouterHello.geometry(greeting, role);
            lastLoadId = greeting.memory().map(RouterGreeting.Memory::begun).orElse(0);
            if (greeting.state() == RouterState.GROUNDED_BY_WATCHDOG) {
                LOG.warn("{}: the last host fell silent with a program loaded or running, and the watchdog grounded"
                        + " every line; pulses of that program may be missing", role);
                acknowledge();
            }
        } catch (BenchException e) {
            link.close();
            throw e;
        }
    }

    private long nanos(String what, double seconds) {
        long nanos = Math.round(seconds * 1e9);
        if (!(seconds >= 0) || nanos > NANOS_MAX) {
            throw new ConfigurationException(role + ": " + what + " must be 0 to 2 s, not " + seconds + " s");
        }
        return nanos;
    }

    private static ByteBuffer fields(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Capabilities.Identity identity() {
        return new Capabilities.Identity(role, greeting.board() + ", serial " + greeting.serial() + ", firmware "
                + greeting.firmware() + ", protocol " + greeting.version(), link.resource());
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public StepTiming timing() {
        return new StepTiming(settleNanos / 1e9, recoveryNanos / 1e9);
    }

    @Override
    public int maxSteps() {
        return greeting.maxSteps();
    }

    /**
     * Ask the router what it is doing.
     *
     * @return its status
     * @throws BenchException when it does not answer
     */
    public RouterStatus status() {
        return status(RouterMessage.STATUS, fields(2).array(), 0);
    }

    /**
     * Take note that the watchdog has grounded the lines; until then the router refuses new programs.
     *
     * @return the status after it
     * @throws BenchException when the router does not answer
     */
    public RouterStatus acknowledge() {
        return status(RouterMessage.ACKNOWLEDGE, new byte[0], 0);
    }

    private RouterStatus status(RouterMessage request, byte[] body, long waitNanos) {
        try {
            RouterStatus status = RouterStatus.decode(exchange.ask(request, body, waitNanos));
            if (status.boot() != greeting.boot()) {
                throw new InstrumentException(role, request.name(), "the router has started anew since HELLO",
                        "check its power supply, then open the bench again");
            }
            return status;
        } catch (IllegalArgumentException e) {
            throw new LinkException(role, request.name(), e.getMessage(), e);
        }
    }

    @Override
    public Optional<Load> loaded() {
        return loaded.equals(RouterRun.Load.NOTHING)
                ? Optional.empty()
                : Optional.of(new Load(greeting.boot(), loaded.id(), loaded.triggers()));
    }

    @Override
    public Optional<Load> lastLoad() {
        return greeting.memory().map(memory -> new Load(greeting.boot(), memory.load(), memory.triggers()));
    }

    @Override
    public void load(PulseProgram program, int from, int to) {
        checkStretch(program, from, to);
        loaded = RouterRun.Load.NOTHING;
        lastLoadId = Math.max(1, lastLoadId + 1 & 0x7FFFFFFF);
        RouterProgramEncoder steps = new RouterProgramEncoder(lastLoadId, greeting.maxBody());
        long widthNanos = nanos("widthSeconds of pulse " + program.pulse(from).name(),
                program.pulse(from).widthSeconds());
        exchange.ask(RouterMessage.LOAD_BEGIN, fields(21).putInt(lastLoadId).putInt(to - from)
                .put((byte) program.pulse(from).polarity().ordinal()).putInt((int) settleNanos)
                .putInt((int) widthNanos).putInt((int) recoveryNanos).array(), 0);
        for (int step = from; step < to; step++) {
            int cell = program.cell(step);
            steps.add(geometry.row(cell), geometry.column(cell), program.count(step))
                    .ifPresent(body -> exchange.ask(RouterMessage.LOAD_STEPS, body, 0));
        }
        exchange.ask(RouterMessage.LOAD_STEPS, steps.rest(), 0);
        status(RouterMessage.LOAD_COMMIT, steps.commit(), 0);
        loaded = new RouterRun.Load(lastLoadId, steps.triggers(), settleNanos + widthNanos + recoveryNanos);
    }

    private void checkStretch(PulseProgram program, int from, int to) {
        if (from < 0 || to > program.size() || from >= to || to - from > maxSteps()) {
            throw new IllegalArgumentException(role + ": steps " + from + " to " + (to - 1) + " are no stretch of 1 to "
                    + maxSteps() + " steps of " + program);
        }
        for (int step = from; step < to; step++) {
            if (program.kind(step) != program.kind(from)) {
                throw new IllegalArgumentException(role + ": step " + step + " has another pulse than step " + from
                        + "; one load holds one pulse");
            }
            if (!geometry.contains(program.cell(step))) {
                throw new LimitException(role + ": step " + step + ": cell " + program.cell(step) + " is not on the "
                        + geometry + " array; nothing was fired");
            }
        }
    }

    @Override
    public long fire() {
        RouterRun run = take("FIRE");
        try {
            return run.fire();
        } catch (BenchException e) {
            throw grounded(e.withFiring(BenchException.Firing.POSSIBLE));
        }
    }

    private RouterRun take(String request) {
        RouterRun.Load load = loaded;
        if (load.equals(RouterRun.Load.NOTHING)) {
            throw new InstrumentException(role, request, "nothing is loaded", "load a program first; each fires once");
        }
        loaded = RouterRun.Load.NOTHING;
        return new RouterRun(this::status, role, load);
    }

    @Override
    public double followSeconds(double widthSeconds) {
        double seconds = timing().periodSeconds(widthSeconds) + SELECT_SECONDS;
        return Math.ceil(seconds / STEP_SECONDS - 1e-6) * STEP_SECONDS;
    }

    @Override
    public long follow(double periodSeconds, Runnable triggers) {
        long gapNanos = nanos("the longest time between two triggers", GAP * periodSeconds);
        RouterRun run = take("FOLLOW");
        try {
            run.begin(gapNanos);
        } catch (BenchException e) {
            throw grounded(e); // no trigger was asked for yet
        }
        try {
            return run.follow(triggers);
        } catch (BenchException e) {
            throw grounded(e.withFiring(BenchException.Firing.POSSIBLE));
        } catch (RuntimeException e) {
            groundAnyhow(e);
            throw e;
        }
    }

    private BenchException grounded(BenchException failure) {
        groundAnyhow(failure);
        return failure;
    }

    /** Ground after a failure; when that fails too, the failure is told with the first one. */
    private void groundAnyhow(RuntimeException failure) {
        try {
            ground();
        } catch (BenchException e) {
            failure.addSuppressed(e);
        }
    }

    /** Stop, ground, forget. An interrupt that is pending does not keep the lines from being grounded. */
    @Override
    public void ground() {
        loaded = RouterRun.Load.NOTHING;
        Uninterrupted.run(() -> status(RouterMessage.GROUND, new byte[0], 0));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            ground();
        } catch (BenchException e) {
            LOG.warn("{}: could not be grounded before its link was closed: {}", role, e.getMessage());
        } finally {
            link.close();
        }
    }
}
