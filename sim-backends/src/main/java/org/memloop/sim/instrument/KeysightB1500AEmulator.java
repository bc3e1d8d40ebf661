package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;

import org.memloop.sim.instrument.FlexEngine.Arguments;
import org.memloop.sim.instrument.SourceMeasureUnits.Unit;

/**
 * Emulate a Keysight B1500A device analyzer with four source-measure units: spot measurements, staircase sweeps of volts
 * or current with compliance, and sampling, through the selected cells of the die. Slots 1 to 6 hold a B1511B, B1517A,
 * B1520A, B1511B, B1517A and a B1530A; units 1, 2, 4 and 5 are wired with {@link #connect}.
 *
 * <p>Not emulated: capacitance, pulsed measurements, searches, binary data.
 */
public final class KeysightB1500AEmulator implements EmulatedInstrument {
    private static final Identity IDENTITY = new Identity("Agilent Technologies", "B1500A", "0", "A.04.03.2010.0130");
    private static final String MODULES = "B1511B,0;B1517A,0;B1520A,0;B1511B,0;B1517A,0;B1530A,0;0,0;0,0;0,0;0,0";
    private static final int[] UNITS = {1, 2, 4, 5};
    private static final double SHORTEST_SECONDS = 80e-6;
    private static final double LINE_SECONDS = 0.02;
    private static final int EXT_TRIG_OUT = -2;

    private final Wiring wiring;
    private final FlexEngine engine;
    private final SourceMeasureUnits units;
    private final B1500ASweep sweep;
    private final FlexSettings settings;
    private final Map<Integer, Unit> zeroed = new TreeMap<>();
    private boolean triggers;
    private double integrationSeconds;
    private double timeZeroSeconds;

    /**
     * Put an analyzer into a laboratory.
     *
     * @param wiring the laboratory
     * @param seed what its noise grows from
     */
    public KeysightB1500AEmulator(Wiring wiring, long seed) {
        this.wiring = wiring;
        engine = new FlexEngine(wiring, IDENTITY);
        units = new SourceMeasureUnits(wiring, new SplittableRandom(seed));
        for (int channel : UNITS) {
            units.add(channel);
        }
        settings = new FlexSettings(engine, this::channel);
        sweep = new B1500ASweep(this, settings, engine, units);
        housekeeping();
        switches();
        forcing();
        measuring();
        sweep.declare();
        reset();
    }

    /**
     * Wire a source-measure unit to the chip.
     *
     * @param channel 1, 2, 4 or 5
     * @param net where its force terminal goes
     * @throws IllegalArgumentException when there is no such unit
     */
    public void connect(int channel, Net net) {
        if (!units.units().containsKey(channel)) {
            throw new IllegalArgumentException("there is no unit " + channel + "; there are " + units.units().keySet());
        }
        units.connect(channel, net);
    }

    private void housekeeping() {
        engine.command("*RST", 0, 0, _ -> reset());
        engine.query("UNT?", 1, _ -> MODULES);
        engine.query("*CAL?", 1, _ -> "0");
        engine.query("INTLKVTH?", 0, _ -> "0");
        settings.tell(_ -> switchedOn());
        engine.command("CA", 0, 1, _ -> {});
        settings.setting("CM", 31, 1, 1, arguments -> arguments.whole(0, 0, 1, 0));
        engine.command("AB", 0, 0, _ -> {});
        engine.command("PA", 0, 2, arguments -> wiring.advance(arguments.within(0, -1000, 1000, 0)));
        engine.command("TSR", 0, 1, _ -> timeZeroSeconds = wiring.nowSeconds());
        engine.command("TGP", 3, 4, arguments -> triggerPort(arguments, arguments.whole(1, 1, 2, 2) == 2));
        engine.command("OSX", 1, 2, arguments -> {
            if (arguments.whole(0, -2, -1, -2) != EXT_TRIG_OUT || !triggers) {
                throw new FlexError(FlexError.Kind.PARAMETER_VALUE);
            }
            if (arguments.whole(1, 0, 2, 2) > 0) {
                wiring.stepTrigger();
            }
        });
        engine.command("TSQ", 0, 0, _ -> put(List.of(time())));
        settings.setting("TM", 31, 1, 1, arguments -> arguments.whole(0, 1, 4, 1));
        settings.setting("FMT", 31, 1, 2, arguments -> {
            if (!FlexFormat.FORMATS.contains(arguments.whole(0, 1, 25, 1))) {
                throw new FlexError(FlexError.Kind.PARAMETER_VALUE);
            }
            sweep.format(arguments.whole(0, 1, 25, 1), arguments.whole(1, 0, 10, 0));
        });
        settings.setting("TSC", 60, 1, 1, arguments -> sweep.stamp(arguments.whole(0, 0, 1, 0) == 1));
    }

    private void triggerPort(Arguments arguments, boolean output) throws FlexError {
        arguments.whole(2, 1, 2, 2);
        if (arguments.whole(0, -2, -1, -2) == EXT_TRIG_OUT) {
            triggers = output;
        }
    }

    private void reset() {
        triggers = false;
        units.reset();
        engine.clearData();
        engine.clearErrors();
        settings.forget();
        zeroed.clear();
        integrationSeconds = SHORTEST_SECONDS;
        sweep.reset();
    }

    private void switches() {
        engine.command("CN", 0, 15, arguments -> turn(arguments, true));
        engine.command("CNX", 0, 15, arguments -> turn(arguments, true));
        engine.command("CL", 0, 15, arguments -> turn(arguments, false));
        engine.command("DZ", 0, 15, arguments -> {
            for (int channel : channels(arguments, 0)) {
                Unit unit = units.units().get(channel);
                Unit kept = new Unit();
                kept.force(unit.forcesCurrent, unit.value, unit.compliance);
                zeroed.put(channel, kept);
                wiring.note("source-measure-unit", "channel " + channel + " to 0 V");
                unit.force(false, 0, 100e-6);
            }
        });
        engine.command("RZ", 0, 15, arguments -> {
            for (int channel : channels(arguments, 0)) {
                Unit kept = zeroed.remove(channel);
                if (kept != null) {
                    units.units().get(channel).force(kept.forcesCurrent, kept.value, kept.compliance);
                }
            }
        });
        settings.setting("FL", 30, 1, 11, arguments -> {
            arguments.whole(0, 0, 1, 0);
            channels(arguments, 1);
        });
        settings.perChannel("SSR", 53, 2, 2, arguments -> arguments.whole(1, 0, 1, 0));
    }

    private void turn(Arguments arguments, boolean on) throws FlexError {
        for (int channel : channels(arguments, 0)) {
            Unit unit = units.units().get(channel);
            if (unit.on != on) {
                wiring.note("source-measure-unit", "channel " + channel + (on ? " on" : " off"));
            }
            unit.on = on;
            unit.force(false, 0, 100e-6);
        }
    }

    private void forcing() {
        settings.perChannel("DV", 0, 3, 6, arguments -> {
            double volts = arguments.within(2, -FlexRanges.VOLTS_MAX, FlexRanges.VOLTS_MAX, 0);
            FlexRanges.volts(arguments, 1, false);
            live(arguments).force(false, volts, currentCompliance(arguments, 3, volts));
        });
        settings.perChannel("DI", 0, 3, 6, arguments -> {
            double amps = arguments.within(2, -FlexRanges.AMPS_MAX, FlexRanges.AMPS_MAX, 0);
            FlexRanges.amps(arguments, 1, false);
            live(arguments).force(true, amps, voltageCompliance(arguments, 3));
        });
    }

    double currentCompliance(Arguments arguments, int index, double volts) throws FlexError {
        double amps = Math.abs(arguments.number(index, 100e-6));
        if (amps == 0 || amps > FlexRanges.ampsMax(volts)) {
            throw new FlexError(FlexError.Kind.COMPLIANCE);
        }
        return amps;
    }

    double voltageCompliance(Arguments arguments, int index) throws FlexError {
        double volts = Math.abs(arguments.number(index, 2));
        if (volts == 0 || volts > FlexRanges.VOLTS_MAX) {
            throw new FlexError(FlexError.Kind.COMPLIANCE);
        }
        return volts;
    }

    private void measuring() {
        settings.perChannel("RI", 32, 2, 2, arguments -> {
            int range = FlexRanges.amps(arguments, 1, true);
            unit(arguments, 0).ampsRange = range;
        });
        settings.perChannel("RV", 32, 2, 2, arguments -> {
            int range = FlexRanges.volts(arguments, 1, true);
            unit(arguments, 0).voltsRange = range;
        });
        settings.perChannel("RM", 32, 2, 3, arguments -> {
            arguments.whole(1, 1, 3, 1);
            arguments.whole(2, 11, 100, 50);
        });
        settings.perChannel("AAD", 55, 2, 2, arguments -> arguments.whole(1, 0, 2, 0));
        settings.setting("AIT", 56, 2, 3, arguments -> {
            int type = arguments.whole(0, 0, 2, 0);
            int mode = arguments.whole(1, 0, 3, 0);
            double number = arguments.within(2, 0, 1023, 1);
            double seconds = switch (mode) {
                case 2 -> Math.max(1, number) * LINE_SECONDS;
                case 3 -> Math.max(2e-6, number);
                default -> Math.max(1, number) * SHORTEST_SECONDS;
            };
            if (type != 1 || mode >= 2) {
                integrationSeconds = seconds;
            }
        });
        settings.setting("AV", 56, 1, 2, arguments -> {
            int count = arguments.whole(0, -100, 1023, 1);
            arguments.whole(1, 0, 1, 0);
            if (count == 0) {
                throw new FlexError(FlexError.Kind.PARAMETER_VALUE);
            }
            integrationSeconds = count > 0 ? count * SHORTEST_SECONDS : -count * LINE_SECONDS;
        });
        settings.setting("AZ", 56, 1, 1, arguments -> arguments.whole(0, 0, 1, 0));
        settings.setting("PAD", 56, 1, 1, arguments -> arguments.whole(0, 0, 1, 0));
        spot("TI", false, true, false);
        spot("TV", true, false, false);
        spot("TIV", true, true, false);
        spot("TTI", false, true, true);
        spot("TTV", true, false, true);
    }

    private void spot(String mnemonic, boolean volts, boolean amps, boolean stamped) {
        engine.command(mnemonic, 1, 3, arguments -> {
            int channel = channel(arguments, 0);
            Unit unit = live(arguments);
            if (amps) {
                unit.ampsRange = FlexRanges.amps(arguments, 1, true);
            } else {
                unit.voltsRange = FlexRanges.volts(arguments, 1, true);
            }
            unit.measuresVolts = !amps;
            List<FlexFormat.Item> items = new ArrayList<>();
            if (stamped) {
                items.add(time());
            }
            SourceMeasureUnits.Reading reading = read().get(channel);
            if (amps) {
                items.add(new FlexFormat.Item(reading.status(), channel, 'I', reading.amps()));
            }
            if (volts) {
                items.add(new FlexFormat.Item(reading.status(), channel, 'V', reading.volts()));
            }
            put(items);
        });
    }

    /** Measure with all units for the time of one integration. */
    Map<Integer, SourceMeasureUnits.Reading> read() {
        return units.measure(integrationSeconds, integrationSeconds / SHORTEST_SECONDS);
    }

    void wait(double seconds) {
        if (seconds > 0) {
            units.measure(seconds, 1);
        }
    }

    FlexFormat.Item time() {
        return new FlexFormat.Item('N', 0, 'T', wiring.nowSeconds() - timeZeroSeconds);
    }

    private void put(List<FlexFormat.Item> items) {
        FlexFormat format = sweep.newFormat();
        items.forEach(format::add);
        engine.put(format.text(), format.count());
    }

    private String switchedOn() {
        StringJoiner on = new StringJoiner(",");
        units.units().forEach((channel, unit) -> {
            if (unit.on) {
                on.add(String.valueOf(channel));
            }
        });
        return on.length() == 0 ? "CL" : "CN " + on;
    }

    /** {@return the unit that a channel argument names, which must be on} */
    private Unit live(Arguments arguments) throws FlexError {
        Unit unit = unit(arguments, 0);
        if (!unit.on) {
            throw new FlexError(FlexError.Kind.OUTPUT_OFF);
        }
        return unit;
    }

    Unit unit(Arguments arguments, int index) throws FlexError {
        return units.units().get(channel(arguments, index));
    }

    /** Read a channel: a slot 1 to 10, or its first sub-channel 101 to 1001. */
    int channel(Arguments arguments, int index) throws FlexError {
        double number = arguments.number(index);
        double slot = number > 100 && number % 100 == 1 ? (number - 1) / 100 : number;
        if (slot < 1 || slot > 10 || slot != Math.rint(slot)) {
            throw new FlexError(FlexError.Kind.CHANNEL_NUMBER);
        }
        if (!units.units().containsKey((int) slot)) {
            throw new FlexError(FlexError.Kind.NO_MODULE);
        }
        return (int) slot;
    }

    private List<Integer> channels(Arguments arguments, int from) throws FlexError {
        if (arguments.count() <= from) {
            return List.copyOf(units.units().keySet());
        }
        List<Integer> channels = new ArrayList<>();
        for (int i = from; i < arguments.count(); i++) {
            channels.add(channel(arguments, i));
        }
        return channels;
    }

    @Override
    public Identity identity() {
        return IDENTITY;
    }

    @Override
    public String settingsQuery() {
        return "*LRN? 0";
    }

    @Override
    public Pace pace() {
        return Pace.ANALYZER;
    }

    @Override
    public boolean errorsWaiting() {
        return engine.errorsWaiting();
    }

    @Override
    public Session open(Session.Listener listener) {
        return engine.open(listener);
    }
}
