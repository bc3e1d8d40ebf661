package org.memloop.sim.instrument;

import java.util.function.IntToDoubleFunction;

/**
 * Emulate an Agilent 81160A pulse generator: two outputs of 50 ohm that answer the trigger line with one pulse each.
 *
 * <p>Inside, a level is the open-circuit voltage of its source. What is programmed and shown refers to the load the
 * instrument was told of, what the chip gets to the load that is there:
 *
 * <pre>
 *   shown = source * Ztold / (Ztold + 50)        chip = source * Zchip / (Zchip + 50)
 * </pre>
 *
 * An instrument that still believes in 50 ohm thus puts twice the programmed volts on the gates. Ranges are those of
 * the user's guide into 50 ohm, and grow with the load told, to twice as much into an open circuit.
 *
 * <p>Not emulated: free-running and manual pulses (no way leads from them to the chip), noise, arbitrary waveforms.
 */
public final class Agilent81160AEmulator implements EmulatedInstrument, Wiring.Source {
    private static final Identity IDENTITY = new Identity("Agilent Technologies", "81160A", "MY00000001",
            "1.0.3.0-2.6");
    private static final int OUTPUTS = 2;
    private static final double SOURCE_OHMS = 50;
    private static final double TRIGGER_LINE_VOLTS = 3.3;
    private static final double HIGH_MIN = -4.95;
    private static final double HIGH_MAX = 5;
    private static final double LOW_MIN = -5;
    private static final double LOW_MAX = 4.95;
    private static final double AMPLITUDE_MIN = 0.05;
    private static final double AMPLITUDE_MAX = 5;
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
    private final ScpiEngine engine;
    private final double[] highSource = new double[OUTPUTS];
    private final double[] lowSource = new double[OUTPUTS];
    private final double[] toldOhms = new double[OUTPUTS];

    private final ScpiSettings.Choice function;
    private final ScpiSettings.Choice armSource;
    private final ScpiSettings.Choice armSense;
    private final ScpiSettings.Choice armSlope;
    private final ScpiSettings.Number armLevel;
    private final ScpiSettings.Number count;
    private final ScpiSettings.Number period;
    private final ScpiSettings.Number width;
    private final ScpiSettings.Number delay;
    private final ScpiSettings.Number leading;
    private final ScpiSettings.Number limitHigh;
    private final ScpiSettings.Number limitLow;
    private final ScpiSettings.Flag limiting;
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
        period = settings.number(":PULSe:PERiod<n>", new ScpiSettings.Range("S", 3.03e-9, 1e6, 1e-6));
        settings.choice(":PULSe:HOLD<n>", "WIDTh|DCYCle");
        limitHigh = settings.number(":VOLTage<n>:LIMit:HIGH", new ScpiSettings.Range("V", -9.99, 10, 10));
        limitLow = settings.number(":VOLTage<n>:LIMit:LOW", new ScpiSettings.Range("V", -10, 9.99, -10));
        limiting = limiting(table);
        output = settings.flag(":OUTPut<n>[:STATe]", false);
        polarity = settings.choice(":OUTPut<n>:POLarity", "NORMal|INVerted");
        settings.flag(":OUTPut<n>:COMPlement", false);
        levels(settings, table);
        settings.flag(":DISPlay", true);

        engine = new ScpiEngine(wiring, IDENTITY, table);
        wiring.connect(this);
    }

    private void levels(ScpiSettings settings, ScpiTable table) {
        table.keep(toldOhms);
        table.keep(highSource);
        table.keep(lowSource);
        table.onReset(() -> {
            for (int i = 0; i < OUTPUTS; i++) {
                toldOhms[i] = SOURCE_OHMS;
                highSource[i] = 1;
                lowSource[i] = -1;
            }
        });
        for (String pattern : new String[]{":OUTPut<n>:IMPedance:EXTernal", ":OUTPut<n>:LOAD"}) {
            settings.derived(pattern, new ScpiSettings.Range("OHM", 0.3, 1e6, SOURCE_OHMS), i -> toldOhms[i],
                    (i, ohms) -> toldOhms[i] = ohms);
        }
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate]:HIGH", range(HIGH_MIN, HIGH_MAX, 0.5), this::high,
                (i, volts) -> set(i, low(i), volts));
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate]:LOW", range(LOW_MIN, LOW_MAX, -0.5), this::low,
                (i, volts) -> set(i, volts, high(i)));
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate][:AMPLitude]", range(AMPLITUDE_MIN, AMPLITUDE_MAX, 1),
                i -> high(i) - low(i),
                (i, volts) -> set(i, (high(i) + low(i) - volts) / 2, (high(i) + low(i) + volts) / 2));
        settings.derived(":VOLTage<n>[:LEVel][:IMMediate]:OFFSet", range(-4.995, 4.995, 0),
                i -> (high(i) + low(i)) / 2,
                (i, volts) -> set(i, volts - (high(i) - low(i)) / 2, volts + (high(i) - low(i)) / 2));
    }

    private ScpiSettings.Flag limiting(ScpiTable table) {
        ScpiSettings.Flag flag = new ScpiSettings(table).flag(":VOLTage<n>:LIMit[:STATe]", false);
        table.command(":VOLTage<n>:LIMit[:STATe]", call -> {
            call.atMost(1);
            boolean on = ScpiData.flag(call.text(0));
            int i = call.channel();
            if (on && outside(i, low(i), high(i))) {
                throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "levels are outside the limits");
            }
            flag.set(i, on);
        });
        return flag;
    }

    private ScpiSettings.Range range(double min, double max, double reset) {
        IntToDoubleFunction low = i -> min * 2 * share(toldOhms[i]);
        IntToDoubleFunction high = i -> max * 2 * share(toldOhms[i]);
        return new ScpiSettings.Range("V", low, high, reset);
    }

    private static double share(double ohms) {
        return ohms / (ohms + SOURCE_OHMS);
    }

    private double high(int i) {
        return highSource[i] * share(toldOhms[i]);
    }

    private double low(int i) {
        return lowSource[i] * share(toldOhms[i]);
    }

    private boolean outside(int i, double lowVolts, double highVolts) {
        return highVolts > limitHigh.get(i) + 1e-9 || lowVolts < limitLow.get(i) - 1e-9;
    }

    private void set(int i, double lowVolts, double highVolts) throws ScpiError {
        double scale = 2 * share(toldOhms[i]);
        double amplitude = highVolts - lowVolts;
        if (amplitude < AMPLITUDE_MIN * scale - 1e-9 || amplitude > AMPLITUDE_MAX * scale + 1e-9
                || highVolts > HIGH_MAX * scale + 1e-9 || lowVolts < LOW_MIN * scale - 1e-9) {
            throw new ScpiError(ScpiError.SETTINGS_CONFLICT, "HIGH and LOW");
        }
        if (limiting.get(i) && outside(i, lowVolts, highVolts)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, "output limit");
        }
        highSource[i] = rounded(highVolts) / share(toldOhms[i]);
        lowSource[i] = rounded(lowVolts) / share(toldOhms[i]);
    }

    private double rounded(double volts) {
        return Math.round(volts / hardware.levelStepVolts()) * hardware.levelStepVolts();
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
    public Session open(Session.Listener listener) {
        return engine.open(listener);
    }

    /**
     * Answer a trigger edge. Column and gate count for as long as they overlap; a burst counts as one pulse of the
     * same time altogether.
     */
    @Override
    public Wiring.Drive onTrigger() {
        boolean column = fires(0);
        boolean gate = fires(1);
        if (!column && !gate) {
            return Wiring.Drive.NONE;
        }
        double from = Math.max(column ? delay.get(0) : 0, gate ? delay.get(1) : 0);
        double to = Math.min(column ? end(0) : Double.MAX_VALUE, gate ? end(1) : Double.MAX_VALUE);
        double overlap = Math.round((to - from) / hardware.timeStepSeconds()) * hardware.timeStepSeconds();
        return overlap <= 0
                ? Wiring.Drive.NONE
                : new Wiring.Drive(column ? chipVolts(0) : 0, gate ? chipVolts(1) : 0, overlap);
    }

    private double end(int i) {
        return delay.get(i) + width.get(i) * count.get(i);
    }

    private boolean fires(int i) {
        return output.get(i) && function.is(i, "PULS") && armSource.is(i, "EXT") && armSense.is(i, "EDGE")
                && !armSlope.is("NEG") && armLevel.get() > 0 && armLevel.get() < TRIGGER_LINE_VOLTS;
    }

    private double chipVolts(int i) {
        return (polarity.is(i, "NORM") ? highSource[i] : lowSource[i]) * share(hardware.chipOhms());
    }
}
