package org.memloop.sim.instrument;

import org.memloop.instrument.GeneratorWiring;

/**
 * Emulate an Agilent 81160A pulse generator: two outputs of 50 ohm that answer the trigger line with one pulse each.
 *
 * <p>A pulse of one's own ({@code *TRG}) reaches the chip and nobody's trigger input. Settings that make no pulse are
 * kept and can be asked for: free-running signals, other shapes and arbitrary waveforms do not reach the chip.
 */
public final class Agilent81160AEmulator implements EmulatedInstrument, Wiring.Source {
    private static final Identity IDENTITY = new Identity("Agilent Technologies", "81160A", "MY00000001",
            "1.0.3.0-2.6");
    private static final int OUTPUTS = 2;
    private static final double TRIGGER_LINE_VOLTS = 3.3;
    private static final double PERIOD_PER_EDGE = 1.6;

    /**
     * State what the manuals leave open about the hardware.
     *
     * @param levelStepVolts step to which programmed levels are rounded, volts
     * @param timeStepSeconds step to which widths and delays are rounded, seconds
     * @param chipOhms resistance of the lines the outputs drive, ohms
     */
    public record Hardware(double levelStepVolts, double timeStepSeconds, double chipOhms) {
        /** Steps of 1 mV and 10 ps, and lines that take next to no current. */
        public static final Hardware USUAL = new Hardware(1e-3, 1e-11, 1e6);
    }

    private final Hardware hardware;
    private final Wiring wiring;
    private final ScpiEngine engine;
    private GeneratorWiring wires = GeneratorWiring.USUAL;

    private final ScpiSettings.Choice function;
    private final ScpiSettings.Choice armSource;
    private final ScpiSettings.Choice armSense;
    private final ScpiSettings.Choice armSlope;
    private final ScpiSettings.Number armLevel;
    private final ScpiSettings.Number count;
    private final ScpiSettings.Number period;
    private final ScpiSettings.Choice hold;
    private final ScpiSettings.Flag bursting;
    private final ScpiSettings.Number cycles;

    private final ScpiSettings.Number width;
    private final ScpiSettings.Number delay;
    private final ScpiSettings.Number leading;
    private final PulseLevels levels;
    private final ScpiSettings.Flag output;
    private final ScpiSettings.Choice polarity;

    /**
     * Put a generator with the usual hardware into a laboratory.
     *
     * @param wiring the laboratory, whose generator it becomes
     */
    public Agilent81160AEmulator(Wiring wiring) {
        this(wiring, Hardware.USUAL);
    }

    /**
     * Put a generator into a laboratory.
     *
     * @param wiring the laboratory, whose generator it becomes
     * @param hardware steps and load
     */
    @SuppressWarnings("this-escape") // connected last, when everything is in its place
    public Agilent81160AEmulator(Wiring wiring, Hardware hardware) {
        this.hardware = hardware;
        this.wiring = wiring;
        ScpiTable table = new ScpiTable(OUTPUTS);
        ScpiSettings settings = new ScpiSettings(table);
        double step = hardware.timeStepSeconds();

        function = settings.choice(":FUNCtion<n>[:SHAPe]", "SINusoid|SQUare|RAMP|PULSe|NOISe|DC|USER");
        armSource = settings.choice(":ARM:SOURce<n>", "IMMediate|INTernal2|EXTernal|MANual");
        armSense = settings.choice(":ARM:SENSe<n>", "EDGE|LEVel");
        armSlope = settings.choice(":ARM:SLOPe", "POSitive|NEGative|EITHer");
        armLevel = settings.number(":ARM:LEVel", new ScpiSettings.Range("V", -10, 10, 1));
        settings.choice(":ARM:IMPedance", "10KOHM|50OHM");
        count = settings.number(":TRIGger<n>:COUNt", new ScpiSettings.Range("", 1, Integer.MAX_VALUE, 1), 1,
                (_, _) -> {});
        leading = settings.number(":PULSe:TRANsition<n>[:LEADing]", new ScpiSettings.Range("S", 1e-9, 1e3, 2.5e-9), 0,
                (_, _) -> {});
        settings.number(":PULSe:TRANsition<n>:TRAiling", new ScpiSettings.Range("S", 1e-9, 1e3, 2.5e-9));
        delay = settings.number(":PULSe:DELay<n>", new ScpiSettings.Range("S", 0, 1e6, 0), step, (_, _) -> {});
        width = settings.number(":PULSe:WIDTh<n>", new ScpiSettings.Range("S", 1.5e-9, 1e6, 100e-9), step, this::fits);
        period = settings.number(":PULSe:PERiod<n>", new ScpiSettings.Range("S", 3.03e-9, 1e6, 1e-6), 0,
                this::leavesRoom);
        hold = settings.choice(":PULSe:HOLD<n>", "WIDTh|DCYCle");
        frequencies(settings);
        levels = new PulseLevels(settings, table, hardware.levelStepVolts());
        output = settings.flag(":OUTPut<n>[:STATe]", false,
                (i, on) -> wiring.note("generator", "output " + (i + 1) + (on ? " on" : " off")));
        polarity = settings.choice(":OUTPut<n>:POLarity", "NORMal|INVerted");
        settings.flag(":OUTPut<n>:COMPlement", false);
        settings.flag(":DISPlay", true);
        bursting = settings.flag(":BURSt<n>:STATe", false);
        settings.choice(":BURSt<n>:MODE", "TRIGgered|GATed");
        cycles = settings.number(":BURSt<n>:NCYCles", new ScpiSettings.Range("", 2, Integer.MAX_VALUE, 2), 1,
                (_, _) -> {});
        settings.number(":BURSt<n>:INTernal:PERiod", new ScpiSettings.Range("S", 3.03e-9, 1e6, 1e-6));
        settings.number(":ARM:PERiod", new ScpiSettings.Range("S", 3.03e-9, 1e6, 1e-5));
        settings.choice(":VOLTage<n>:UNIT", "VPP|VRMS|DBM");
        new ArbitraryMemory(settings, table);
        tracking(settings, table);

        engine = new ScpiEngine(wiring, IDENTITY, table);
        starting(table);
        StatusGroup operation = new StatusGroup(table, ":STATus:OPERation", () -> 0);
        StatusGroup questionable = new StatusGroup(table, ":STATus:QUEStionable", () -> 0);
        table.command(":STATus:PRESet", _ -> {
            operation.preset();
            questionable.preset();
        });
        wiring.connect(this);
    }

    /** Frequency and duty cycle are other words for period and width. */
    private void frequencies(ScpiSettings settings) {
        for (String pattern : new String[]{":FREQuency<n>[:CW]", ":PULSe:FREQuency<n>"}) {
            settings.derived(pattern, new ScpiSettings.Range("HZ", 1e-6, 330e6, 1e6), i -> 1 / period.get(i),
                    (i, hertz) -> {
                        leavesRoom(i, 1 / hertz);
                        period.set(i, 1 / hertz);
                    });
        }
        for (String pattern : new String[]{":PULSe:DCYCle<n>", ":FUNCtion<n>:PULSe:DCYCle"}) {
            settings.derived(pattern, new ScpiSettings.Range("%", 0.15, 99.99, 10),
                    i -> Math.clamp(100 * width.get(i) / period.get(i), 0.15, 99.99), (i, percent) -> {
                        fits(i, percent / 100 * period.get(i));
                        width.set(i, percent / 100 * period.get(i));
                    });
        }
    }

    /** While one channel's settings are tracked, what is set on it is set on the other too. */
    private static void tracking(ScpiSettings settings, ScpiTable table) {
        ScpiSettings.Flag flag = settings.flag(":TRACk:CHANnel<n>", false);
        table.mirror(i -> flag.get(i) ? 1 - i : i, ":TRAC:CHAN");
        table.command(":TRACk:CHANnel<n>", call -> {
            call.atMost(1);
            boolean on = ScpiData.flag(call.text(0));
            if (on) {
                table.copy(call.channel(), 1 - call.channel(), ":TRAC:CHAN<n>");
            }
            flag.set(call.channel(), on);
            flag.set(1 - call.channel(), !on && flag.get(1 - call.channel()));
        });
    }

    private void starting(ScpiTable table) {
        ScpiTable.Action fire = call -> {
            call.atMost(0);
            if (!manual(0) && !manual(1)) {
                throw new ScpiError(ScpiError.TRIGGER_IGNORED);
            }
            wiring.pulse(answer(manual(0), manual(1)));
        };
        table.command(":TRIGger<n>[:IMMediate]", fire).command("*TRG", fire);
        table.command(":SYSTem:PRESet", call -> {
            call.atMost(0);
            table.reset();
        });
        for (String shape : new String[]{"SINusoid", "SQUare", "RAMP", "PULSe", "NOISe", "DC", "USER"}) {
            table.command(":APPLy<n>:" + shape, call -> apply(call, shape));
        }
        table.query(":APPLy<n>", call -> "\"%s %s,%s,%s\"".formatted(function.get(call.channel()),
                ScpiData.show(1 / period.get(call.channel())),
                ScpiData.show(levels.high(call.channel()) - levels.low(call.channel())),
                ScpiData.show((levels.high(call.channel()) + levels.low(call.channel())) / 2)));
    }

    /** Set shape, frequency, amplitude and offset together, or none of them, and switch the output on. */
    private void apply(ScpiTable.Call call, String shape) throws ScpiError {
        call.atMost(3);
        int i = call.channel();
        double hertz = given(call, 0, 1 / period.get(i), "HZ");
        double amplitude = given(call, 1, levels.high(i) - levels.low(i), "V");
        double offset = given(call, 2, (levels.high(i) + levels.low(i)) / 2, "V");
        if (!(hertz >= 1e-6 && hertz <= 330e6)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(0));
        }
        leavesRoom(i, 1 / hertz);
        if (shape.equals("DC")) {
            levels.set(i, offset - levels.leastAmplitude(i) / 2, offset + levels.leastAmplitude(i) / 2);
        } else {
            levels.set(i, offset - amplitude / 2, offset + amplitude / 2);
        }
        period.set(i, 1 / hertz);
        function.set(i, ScpiData.shortForm(shape));
        output.set(i, true);
    }

    private static double given(ScpiTable.Call call, int index, double otherwise, String unit) throws ScpiError {
        return index >= call.data().size() || ScpiData.is(call.text(index), "DEFault")
                ? otherwise
                : ScpiData.number(call.text(index), unit);
    }

    /** While it runs freely, a period has room for width and edges; a held duty cycle makes room. */
    private void leavesRoom(int i, double seconds) throws ScpiError {
        double wide = hold.is(i, "DCYC") ? width.get(i) / period.get(i) * seconds : width.get(i);
        if (armSource.is(i, "IMM") && seconds < wide + PERIOD_PER_EDGE * leading.get(i)) {
            throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "width and period");
        }
        if (hold.is(i, "DCYC")) {
            width.set(i, wide);
        }
    }

    private void fits(int i, double seconds) throws ScpiError {
        if (armSource.is(i, "IMM") && period.get(i) < seconds + PERIOD_PER_EDGE * leading.get(i)) {
            throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "width and period");
        }
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
        return Pace.GENERATOR;
    }

    @Override
    public boolean errorsWaiting() {
        return engine.errorsWaiting();
    }

    @Override
    public Session open(Session.Listener listener) {
        return engine.open(listener);
    }

    /**
     * Wire the outputs.
     *
     * @param plan which output feeds what
     */
    public void wire(GeneratorWiring plan) {
        wires = plan;
    }

    /**
     * Answer a trigger edge. Column and gate count for as long as they overlap; a burst counts as one pulse of the
     * same time altogether.
     */
    @Override
    public Wiring.Drive onTrigger() {
        return answer(fires(0), fires(1));
    }

    private Wiring.Drive answer(boolean first, boolean second) {
        boolean[] answers = {first, second};
        int columnOutput = wires.columnOutput() - 1;
        int gateOutput = wires.gateOutput() - 1;
        boolean column = answers[columnOutput];
        boolean gate = answers[gateOutput];
        if (!column && !gate) {
            return Wiring.Drive.NONE;
        }
        double from = Math.max(column ? delay.get(columnOutput) : 0, gate ? delay.get(gateOutput) : 0);
        double to = Math.min(column ? end(columnOutput) : Double.MAX_VALUE, gate ? end(gateOutput) : Double.MAX_VALUE);
        double overlap = Math.round((to - from) / hardware.timeStepSeconds()) * hardware.timeStepSeconds();
        return overlap <= 0
                ? Wiring.Drive.NONE
                : new Wiring.Drive(column ? chipVolts(columnOutput) : 0, gate ? chipVolts(gateOutput) : 0, overlap);
    }

    private double end(int i) {
        return delay.get(i) + width.get(i) * (bursting.get(i) ? cycles.get(i) : count.get(i));
    }

    private boolean fires(int i) {
        return output.get(i) && function.is(i, "PULS") && armSource.is(i, "EXT") && armSense.is(i, "EDGE")
                && !armSlope.is("NEG") && armLevel.get() > 0 && armLevel.get() < TRIGGER_LINE_VOLTS;
    }

    private boolean manual(int i) {
        return output.get(i) && function.is(i, "PULS") && armSource.is(i, "MAN");
    }

    private double chipVolts(int i) {
        return (polarity.is(i, "NORM") ? levels.highSource(i) : levels.lowSource(i))
                * PulseLevels.share(hardware.chipOhms());
    }
}
