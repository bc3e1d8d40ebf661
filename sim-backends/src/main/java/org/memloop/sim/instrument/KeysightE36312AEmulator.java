package org.memloop.sim.instrument;

import java.util.List;
import java.util.SplittableRandom;

import org.memloop.sim.instrument.SupplyOutput.Rating;
import org.memloop.sim.instrument.SupplyOutput.Regulation;

/**
 * Emulate a Keysight E36312A supply of three outputs: 6 V and 5 A, twice 25 V and 1 A, each with over-voltage and
 * over-current protection. What its outputs feed is decided by {@link Wiring#connect(SupplyPin, PowerSource)}.
 *
 * <p>Not emulated: the data logger, remote sensing (accepted, without effect: there are no leads), pairs of outputs.
 */
public final class KeysightE36312AEmulator implements EmulatedInstrument {
    private static final Identity IDENTITY = new Identity("Keysight Technologies", "E36312A", "MY00000003",
            "2.1.0-1.0.4-1.12");
    private static final List<Rating> RATINGS = List.of(new Rating("P6V", 1, 6, 5), new Rating("P25V", 1, 25, 1),
            new Rating("N25V", 1, 25, 1));

    private final ScpiEngine engine;
    private final List<SupplyOutput> outputs;

    /**
     * Put a supply into a laboratory.
     *
     * @param wiring the laboratory
     * @param role its role there, under which its faults are kept
     * @param seed what its errors and noise grow from
     */
    public KeysightE36312AEmulator(Wiring wiring, String role, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        outputs = RATINGS.stream().map(rating -> new SupplyOutput(wiring, role, rating, random)).toList();
        ScpiTable table = new ScpiTable(outputs.size());
        SupplyPanel panel = new SupplyPanel(table, outputs, true, wiring::powerChanged);
        ScpiSettings settings = new ScpiSettings(table);
        protection(panel);
        settings.choice(":OUTPut:PAIR", "OFF|PARallel|SERies");
        settings.flag(":OUTPut:PROTection:COUPle", false);
        panel.number(":OUTPut:DELay:RISE", "S", _ -> 0, _ -> 3600, o -> o.riseSeconds,
                (o, seconds) -> o.riseSeconds = seconds);
        panel.number(":OUTPut:DELay:FALL", "S", _ -> 0, _ -> 3600, o -> o.fallSeconds,
                (o, seconds) -> o.fallSeconds = seconds);
        settings.choice("[:SOURce]:VOLTage:SENSe:SOURce", "INTernal|EXTernal");
        settings.choice(":TRIGger:SOURce", "BUS|IMMediate|PIN1|PIN2|PIN3");
        settings.flag(":DISPlay[:WINDow][:STATe]", true);
        table.command(":SYSTem:REMote", _ -> {}).command(":SYSTem:LOCal", _ -> {}).command(":SYSTem:RWLock", _ -> {});
        engine = new ScpiEngine(wiring, IDENTITY, table);
        // 0 where the other model of this family says 2: the bits of the two programming guides are swapped
        new SupplyStatus(engine, outputs, Regulation.CONSTANT_VOLTAGE, Regulation.CONSTANT_CURRENT);
    }

    private void protection(SupplyPanel panel) {
        panel.flag(":OUTPut[:STATe]", o -> o.on() ? 1 : 0, (o, on) -> o.turn(on != 0));
        panel.action(":OUTPut:PROTection:CLEar", (o, _) -> o.clearTrips());
        panel.number("[:SOURce]:VOLTage:PROTection[:LEVel]", "V", _ -> 0,
                o -> o.rating().volts() * Rating.PROTECTION, o -> o.overVolts, (o, volts) -> o.overVolts = volts);
        panel.state("[:SOURce]:VOLTage:PROTection:TRIPped", o -> o.overVoltsTripped() ? 1 : 0);
        panel.action("[:SOURce]:VOLTage:PROTection:CLEar", (o, _) -> o.clearTrips());
        panel.flag("[:SOURce]:CURRent:PROTection:STATe", o -> o.overCurrent ? 1 : 0,
                (o, on) -> o.overCurrent = on != 0);
        panel.number("[:SOURce]:CURRent:PROTection:DELay", "S", _ -> 0, _ -> 0.255, o -> o.overCurrentSeconds,
                (o, seconds) -> o.overCurrentSeconds = seconds);
        panel.state("[:SOURce]:CURRent:PROTection:TRIPped", o -> o.overCurrentTripped() ? 1 : 0);
        panel.action("[:SOURce]:CURRent:PROTection:CLEar", (o, _) -> o.clearTrips());
        panel.action(":ABORt", (_, _) -> {});
    }

    /**
     * Show an output, to wire it to the chip.
     *
     * @param number 1 to 3
     * @return the output
     */
    public PowerSource output(int number) {
        return outputs.get(number - 1);
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
        return Pace.E36312A;
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
