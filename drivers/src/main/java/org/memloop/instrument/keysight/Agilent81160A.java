package org.memloop.instrument.keysight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.instrument.Diagnosable;
import org.memloop.instrument.Diagnosis;
import org.memloop.instrument.GeneratorWiring;
import org.memloop.instrument.PulseGenerator;
import org.memloop.link.Link;
import org.memloop.scpi.ScpiSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drive an Agilent or Keysight 81160A pulse generator: a column pulse on one output, a gate pulse on the other, one of
 * each for every rising edge at its external input. {@link #outputs()} has the rest of what it can do.
 *
 * <pre>
 *   trigger  _|~
 *   gate     __|~~~~~~~~~~~~~~~~|____   GUARD_SECONDS longer at both ends
 *   column   ____|~~~~~~~~~~~~|______   widthSeconds
 * </pre>
 *
 * The transistor is thus fully open before the column rises and until it has fallen, and the two overlap for exactly
 * {@code widthSeconds}. Word and bit lines take no direct current from the 50 ohm source, so the instrument is told that
 * its load is an open circuit; its levels then are the volts at the chip, up to 10 V (twice the range into 50 ohm).
 *
 * <p>Commands and ranges: 81160A user's guide, chapter on remote commands.
 */
public final class Agilent81160A implements PulseGenerator, Diagnosable {
    private static final Logger LOG = LoggerFactory.getLogger(Agilent81160A.class);

    private enum Command {
        FUNCTION(":FUNC%d PULS"),
        LOAD(":OUTP%d:IMP:EXT %s"),
        SOURCE_MANUAL(":ARM:SOUR%d MAN"),
        SOURCE_EXTERNAL(":ARM:SOUR%d EXT"),
        SENSE(":ARM:SENS%d EDGE"),
        COUNT(":TRIG%d:COUN 1"),
        LEADING(":PULS:TRAN%d %s"),
        TRAILING(":PULS:TRAN%d:TRA %s"),
        DELAY(":PULS:DEL%d %s"),
        WIDTH(":PULS:WIDT%d %s"),
        LOW(":VOLT%d:LOW %s"),
        HIGH(":VOLT%d:HIGH %s"),
        LIMIT_HIGH(":VOLT%d:LIM:HIGH %s"),
        LIMIT_LOW(":VOLT%d:LIM:LOW %s"),
        LIMIT_ON(":VOLT%d:LIM:STAT ON"),
        OUTPUT_ON(":OUTP%d ON"),
        OUTPUT_OFF(":OUTP%d OFF");

        private final String form;

        Command(String form) {
            this.form = form;
        }

        String of(int output) {
            return String.format(Locale.ROOT, form, output);
        }

        String of(int output, double value) {
            return String.format(Locale.ROOT, form, output, ScpiSession.number(value));
        }
    }

    private static final String MODEL = "81160A";
    private static final String TRIGGER_INPUT = ":ARM:SLOP POS;:ARM:LEV 1.5;:ARM:IMP 10KOHM";
    private static final double OPEN_CIRCUIT_OHMS = 1e6;
    private static final double EDGE_SECONDS = 5e-9;
    private static final double GUARD_SECONDS = 50e-9;
    private static final double VOLTS_MIN = 0.1;
    private static final double VOLTS_MAX = 10;
    private static final double WIDTH_SECONDS_MIN = 20e-9; // both 5 ns edges, whole ramps, and a plateau
    private static final double WIDTH_SECONDS_MAX = 1e5;
    private static final double LIMIT_LOW_VOLTS = -0.1;
    private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(15); // power-on takes about 8 s
    private static final long RELAY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Limits INSTRUMENT = new Limits(VOLTS_MAX, VOLTS_MAX, VOLTS_MAX, WIDTH_SECONDS_MIN,
            WIDTH_SECONDS_MAX, Long.MAX_VALUE);

    private static final long SELF_TEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final ScpiSession session;
    private final Capabilities.Identity identity;
    private final Limits ceiling;
    private final Limits allowed;
    private final GeneratorWiring wiring;
    private final int column;
    private final int gate;
    private boolean lent;
    private Optional<Pulse> shaped = Optional.empty();
    private boolean closed;

    /**
     * Make sure who is there, reset it, and prepare both outputs, switched off. The ceiling is also programmed into the
     * instrument's own output limits.
     *
     * @param link how to reach it; closed with the driver
     * @param role what it does for the bench, for messages
     * @param ceiling what the array bears
     */
    public Agilent81160A(Link link, String role, Limits ceiling) {
        this(link, role, ceiling, GeneratorWiring.USUAL);
    }

    /**
     * Make sure who is there, reset it, and prepare both outputs, switched off.
     *
     * @param link how to reach it; closed with the driver
     * @param role what it does for the bench, for messages
     * @param ceiling what the array bears
     * @param wiring which output feeds column and gate
     */
    public Agilent81160A(Link link, String role, Limits ceiling, GeneratorWiring wiring) {
        if (Math.max(wiring.columnOutput(), wiring.gateOutput()) > Agilent81160AOutputs.OUTPUTS) {
            throw new ConfigurationException(role + ": the " + MODEL + " has outputs 1 and 2, not " + wiring);
        }
        this.wiring = wiring;
        this.ceiling = ceiling;
        column = wiring.columnOutput();
        gate = wiring.gateOutput();
        session = new ScpiSession(link, role);
        allowed = INSTRUMENT.tightest(ceiling);
        identity = session.identify(MODEL);
        session.write("*RST;*CLS");
        session.query("*OPC?", RESET_NANOS);
        prepare();
    }

    private void prepare() {
        session.send(TRIGGER_INPUT);
        prepare(column, GUARD_SECONDS, Math.max(allowed.bitLineVoltsMax(), allowed.sourceLineVoltsMax()));
        prepare(gate, 0, allowed.wordLineVoltsMax());
        lent = false;
    }

    /**
     * Use the outputs for anything else. The next {@link #shape} prepares them for pulses on the array again.
     *
     * @return both outputs; valid until then
     */
    public Agilent81160AOutputs outputs() {
        lent = true;
        shaped = Optional.empty();
        return new Agilent81160AOutputs(session, ceiling, wiring);
    }

    /**
     * Order matters: the source goes to manual first, because a free-running output refuses widths beyond its period;
     * the load comes before the levels, because they refer to it; LOW is raised before HIGH is lowered; and the limits
     * come last, because they refuse levels that are outside already.
     */
    private void prepare(int output, double delaySeconds, double ceilingVolts) {
        session.send(String.join(";", Command.SOURCE_MANUAL.of(output), Command.FUNCTION.of(output),
                Command.SENSE.of(output), Command.COUNT.of(output), Command.LOAD.of(output, OPEN_CIRCUIT_OHMS),
                Command.LEADING.of(output, EDGE_SECONDS), Command.TRAILING.of(output, EDGE_SECONDS),
                Command.DELAY.of(output, delaySeconds), Command.LOW.of(output, 0), Command.HIGH.of(output, VOLTS_MIN),
                Command.LIMIT_LOW.of(output, LIMIT_LOW_VOLTS), Command.LIMIT_HIGH.of(output, ceilingVolts),
                Command.LIMIT_ON.of(output)));
    }

    @Override
    public Capabilities.Identity identity() {
        return identity;
    }

    @Override
    public Limits limits() {
        return INSTRUMENT;
    }

    /**
     * Set heights and width of the next pulses, outputs as they are. What has not changed is not sent again. LOW stays
     * at 0 V and HIGH at 0.1 V or more, so the order in which levels change can never cross them.
     *
     * @param pulse the condition
     * @throws LimitException before anything is sent, when the instrument or the array does not allow the pulse
     * @throws org.memloop.bench.InstrumentException when the instrument refuses it
     */
    @Override
    public void shape(Pulse pulse) {
        admit(pulse);
        if (lent) {
            session.write("*RST");
            session.query("*OPC?", RESET_NANOS);
            prepare();
        }
        String message = changes(pulse);
        if (message.isEmpty()) {
            return;
        }
        shaped = Optional.empty();
        session.send(message);
        shaped = Optional.of(pulse);
    }

    private void admit(Pulse pulse) {
        allowed.check(pulse);
        if (Math.min(pulse.columnVolts(), pulse.gateVolts()) < VOLTS_MIN) {
            throw new LimitException(String.format(Locale.ROOT,
                    "pulse %s: column %.4g V, gate %.4g V: the %s makes no pulse below %.4g V; nothing was fired",
                    pulse.name(), pulse.columnVolts(), pulse.gateVolts(), MODEL, VOLTS_MIN));
        }
    }

    private String changes(Pulse pulse) {
        List<String> commands = new ArrayList<>();
        if (shaped.isEmpty() || shaped.get().widthSeconds() != pulse.widthSeconds()) {
            commands.add(Command.WIDTH.of(column, pulse.widthSeconds()));
            commands.add(Command.WIDTH.of(gate, pulse.widthSeconds() + 2 * GUARD_SECONDS));
        }
        if (shaped.isEmpty() || shaped.get().columnVolts() != pulse.columnVolts()) {
            commands.add(Command.HIGH.of(column, pulse.columnVolts()));
        }
        if (shaped.isEmpty() || shaped.get().gateVolts() != pulse.gateVolts()) {
            commands.add(Command.HIGH.of(gate, pulse.gateVolts()));
        }
        return String.join(";", commands);
    }

    /** Switch the outputs on, gate first; answer triggers only once their relays have closed. */
    @Override
    public void arm() {
        session.write(Command.OUTPUT_ON.of(gate) + ";" + Command.OUTPUT_ON.of(column));
        session.query("*OPC?", RELAY_NANOS);
        session.send(Command.SOURCE_EXTERNAL.of(gate) + ";" + Command.SOURCE_EXTERNAL.of(column));
    }

    /** Ignore triggers first, then switch the outputs off, gate last. */
    @Override
    public void disarm() {
        session.send(String.join(";", Command.SOURCE_MANUAL.of(column), Command.SOURCE_MANUAL.of(gate),
                Command.OUTPUT_OFF.of(column), Command.OUTPUT_OFF.of(gate)));
    }

    @Override
    public Diagnosis diagnose() {
        return session.diagnose(SELF_TEST_NANOS, true);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            disarm();
        } catch (BenchException e) {
            // the commands were sent if the link still sends; there is nobody left to ask whether they were obeyed
            LOG.warn("{}: its outputs may still be on, look at it: {}", session.instrument(), e.getMessage());
        } finally {
            session.close();
        }
    }
}
