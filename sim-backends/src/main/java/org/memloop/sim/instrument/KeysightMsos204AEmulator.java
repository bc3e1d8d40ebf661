package org.memloop.sim.instrument;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.memloop.instrument.OscilloscopeWiring;

/**
 * Emulate a Keysight MSOS204A oscilloscope (Infiniium) with the current on channel 1 and the trigger line at AUX,
 * unless {@link #wire} says otherwise. It records one segment for each trigger edge while it is armed, in simulated time.
 *
 * <p>{@code :DIGitize} waits for its triggers: nothing further is carried out until they have come, or until a device
 * clear. Not emulated: free-running (AUTO sweep) acquisitions, triggering on a channel.
 */
public final class KeysightMsos204AEmulator implements EmulatedInstrument, Wiring.Recorder {
    private static final Identity IDENTITY = new Identity("KEYSIGHT TECHNOLOGIES", "MSOS204A", "MY00000002",
            "06.70.00901");
    private static final int CHANNELS = 4;
    private static final double TRIGGER_LINE_VOLTS = 3.3;
    private static final double CLIPPED_SHARE = 0.5;
    private static final double FIFTY_OHMS = 50;
    private static final double OPEN_OHMS = 1e6;

    private enum State {
        STOP,
        RUN,
        SING
    }

    private final Wiring wiring;
    private final RandomGenerator random;
    private final ScpiEngine engine;

    private final ScpiSettings.Flag shown;
    private final ScpiSettings.Number range;
    private final ScpiSettings.Number offset;
    private final ScpiSettings.Choice input;
    private final ScpiSettings.Choice mode;
    private final ScpiSettings.Number segmentCount;
    private final InfiniiumSampling sampling;
    private final InfiniiumTrigger trigger;
    private OscilloscopeWiring wires = OscilloscopeWiring.USUAL;

    private State state = State.STOP;
    private boolean digitizing;
    private boolean overloaded;
    private SegmentMemory memory = new SegmentMemory(null, 0,
            new SegmentMemory.Scales(InfiniiumSampling.POINTS_AUTO, 1, 0, 1, 0, true, false));
    private boolean armedEvent;
    private boolean triggerEvent;
    private boolean doneEvent;
    private boolean processedEvent;

    /**
     * Put an oscilloscope into a laboratory.
     *
     * @param wiring the laboratory, whose oscilloscope it becomes
     * @param seed what its noise grows from
     */
    @SuppressWarnings("this-escape") // connected last, when everything is in its place
    public KeysightMsos204AEmulator(Wiring wiring, long seed) {
        this.wiring = wiring;
        random = new SplittableRandom(seed);
        ScpiTable table = new ScpiTable(CHANNELS);
        ScpiSettings settings = new ScpiSettings(table);

        shown = settings.flag(":CHANnel<n>:DISPlay", true);
        range = settings.number(":CHANnel<n>:RANGe", new ScpiSettings.Range("V", 8e-3, 8, 0.8));
        settings.derived(":CHANnel<n>:SCALe", new ScpiSettings.Range("V", 1e-3, 1, 0.1), i -> range.get(i) / 8,
                (i, volts) -> range.set(i, volts * 8));
        offset = settings.number(":CHANnel<n>:OFFSet", new ScpiSettings.Range("V", -4, 4, 0));
        input = settings.choice(":CHANnel<n>:INPut", "DC50|DC|AC|LFR1|LFR2");
        settings.flag(":CHANnel<n>:INVert", false);
        settings.choice(":CHANnel<n>:UNITs", "VOLT|AMPere|WATT|UNKNown");
        settings.choice(":ACQuire:BANDwidth", "AUTO|MAX");
        settings.number(":CHANnel<n>:PROBe", new ScpiSettings.Range("", 1e-4, 1e3, 1));

        mode = settings.choice(":ACQuire:MODE", "RTIMe|ETIMe|PDETect|HRESolution|SEGMented|SEGPdetect|SEGHres");
        segmentCount = settings.number(":ACQuire:SEGMented:COUNt", new ScpiSettings.Range("", 2, 8192, 2), 1,
                (_, _) -> {});
        settings.flag(":ACQuire:INTerpolate", true);
        settings.flag(":ACQuire:AVERage", false);
        settings.number(":ACQuire:AVERage:COUNt", new ScpiSettings.Range("", 2, 65534, 2), 1, (_, _) -> {});
        settings.number(":ACQuire:COMPlete", new ScpiSettings.Range("", 0, 100, 90), 1, (_, _) -> {});
        sampling = new InfiniiumSampling(settings, table);
        trigger = new InfiniiumTrigger(settings, table);

        engine = new ScpiEngine(wiring, IDENTITY, table);
        engine.onClear(this::clearEvents);
        engine.status().sumErrorsInto(0); // this maker's status byte has no bit for the queue
        engine.blockedWhile(() -> digitizing);
        engine.onAbort(this::stop);
        operation(table);
        system(settings, table);
        running(table);
        new WaveformTransfer(settings, table, () -> memory, () -> "CHAN" + wires.channel());
        table.onReset(this::stop);
        wiring.connect(this);
    }

    private void system(ScpiSettings settings, ScpiTable table) {
        table.onReset(() -> engine.headers(false));
        ScpiSettings.Flag headers = settings.flag(":SYSTem:HEADer", false);
        table.command(":SYSTem:HEADer", call -> {
            headers.set(0, ScpiData.flag(call.text(0)));
            engine.headers(headers.get());
        });
        settings.flag(":SYSTem:LONGform", false);
        table.queryWith(":SYSTem:ERRor", 1, call -> {
            boolean text = !call.data().isEmpty()
                    && ScpiData.choice(call.text(0), new String[]{"NUMBer", "STRing"}).equals("STR");
            String entry = engine.nextError();
            return text ? entry : entry.substring(0, entry.indexOf(','));
        });
    }

    /**
     * The operation register: acquisition and processing done, waiting for a trigger, overload.
     *
     * <pre>
     *   status byte    bit 0 trigger     bit 7 operation
     * </pre>
     */
    private void operation(ScpiTable table) {
        StatusGroup group = new StatusGroup(table, ":OPERegister", () -> (doneEvent ? 1 : 0) | (processedEvent ? 2 : 0)
                | (state != State.STOP ? 1 << 5 : 0) | (overloaded ? 1 << 12 : 0));
        engine.summary(() -> (triggerEvent ? 1 : 0) | (group.summary() ? 128 : 0));
    }

    private void stop() {
        state = State.STOP;
        digitizing = false;
    }

    private void running(ScpiTable table) {
        table.command(":DIGitize", call -> {
            for (String channel : call.data()) {
                ScpiData.choice(channel, new String[]{"CHANnel1", "CHANnel2", "CHANnel3", "CHANnel4"});
            }
            start(State.SING);
            digitizing = true;
        });
        table.command(":RUN", _ -> start(State.RUN)).command(":SINGle", _ -> start(State.SING));
        table.command(":STOP", _ -> stop());
        table.query(":RSTate", _ -> state.toString());
        table.query(":ASTate", _ -> state == State.STOP ? "ADONE" : memory.segments() > 0 ? "TRIG" : "ARM");
        table.query(":AER", _ -> {
            boolean event = armedEvent;
            armedEvent = false;
            return event(event);
        });
        table.query(":TER", _ -> {
            boolean event = triggerEvent;
            triggerEvent = false;
            return event(event);
        });
        table.query(":ADER", _ -> {
            boolean event = doneEvent;
            doneEvent = false;
            return event(event);
        });
        table.query(":PDER", _ -> {
            boolean event = processedEvent;
            processedEvent = false;
            return event(event);
        });
    }

    private static String event(boolean happened) {
        return happened ? "+1" : "+0";
    }

    private void clearEvents() {
        armedEvent = false;
        triggerEvent = false;
        doneEvent = false;
        processedEvent = false;
    }

    private void start(State wanted) throws ScpiError {
        int segments = mode.get().startsWith("SEG") ? (int) segmentCount.get() : 1;
        if ((double) segments * sampling.points() > InfiniiumSampling.MEMORY_POINTS) {
            throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "segments and points exceed the memory");
        }
        boolean fine = mode.is("HRES") || mode.is("SEGH");
        int averaged = fine
                ? (int) Math.clamp(sampling.increment() * InfiniiumSampling.RATE_MAX, 1, Digitizer.AVERAGED_MAX)
                : 1;
        int i = current();
        Digitizer digitizer = new Digitizer(random, range.get(i), offset.get(i), averaged);
        var scales = new SegmentMemory.Scales(sampling.points(), sampling.increment(), sampling.origin(), range.get(i),
                offset.get(i), input.is(i, "DC50"), mode.get().startsWith("SEG"));
        memory = new SegmentMemory(digitizer, segments, scales);
        state = wanted;
        armedEvent = true;
    }

    /**
     * Wire the inputs.
     *
     * @param plan where the current and the router's trigger come in
     */
    public void wire(OscilloscopeWiring plan) {
        wires = plan;
    }

    private int current() {
        return wires.channel() - 1;
    }

    /** {@return the resistance that the current meets: the input's own, or a shunt with the input across it} */
    private double ohms() {
        boolean fifty = memory.scales().fiftyOhm();
        return switch (wires.input()) {
            case TERMINATED -> fifty ? wires.ohms() : OPEN_OHMS;
            case SHUNT -> fifty ? wires.ohms() * FIFTY_OHMS / (wires.ohms() + FIFTY_OHMS) : wires.ohms();
        };
    }

    ScpiTable table() {
        return engine.table();
    }

    @Override
    public Identity identity() {
        return IDENTITY;
    }

    @Override
    public Pace pace() {
        return Pace.OSCILLOSCOPE;
    }

    @Override
    public boolean errorsWaiting() {
        return engine.errorsWaiting();
    }

    @Override
    public Session open(Session.Listener listener) {
        return engine.open(listener);
    }

    @Override
    public void onTrigger(double startSeconds, double widthSeconds, double amps) {
        if (state == State.STOP || !trigger.sees(wires.trigger(), TRIGGER_LINE_VOLTS)) {
            return;
        }
        triggerEvent = true;
        if (shown.get(current())) {
            double share = wiring.strikes("oscilloscope", Fault.CLIPPED) ? CLIPPED_SHARE : 1;
            double volts = amps * ohms();
            overloaded = Math.abs(volts - offset.get(current())) > range.get(current()) / 2;
            memory.record(widthSeconds, volts, share);
        } else {
            memory.skip();
        }
        if (memory.full()) {
            doneEvent = true;
            processedEvent = true;
            if (state == State.SING) {
                stop();
            } else {
                memory.rewind();
            }
            engine.changed();
        }
    }
}
