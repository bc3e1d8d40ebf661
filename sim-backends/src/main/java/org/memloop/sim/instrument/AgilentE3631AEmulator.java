package org.memloop.sim.instrument;

import java.util.List;
import java.util.SplittableRandom;

import org.memloop.sim.instrument.SupplyOutput.Rating;
import org.memloop.sim.instrument.SupplyOutput.Regulation;

/**
 * Emulate an Agilent E3631A supply of three outputs: 6 V and 5 A, 25 V and 1 A, -25 V and 1 A; one switch for all, no
 * protection, and the two 25 V outputs tracking each other when told to.
 */
public final class AgilentE3631AEmulator implements EmulatedInstrument {
    private static final Identity IDENTITY = new Identity("HEWLETT-PACKARD", "E3631A", "0", "2.1-5.0-1.0");
    private static final List<Rating> RATINGS = List.of(new Rating("P6V", 1, 6, 5), new Rating("P25V", 1, 25, 1),
            new Rating("N25V", -1, 25, 1));
    private static final int POSITIVE = 1;
    private static final int NEGATIVE = 2;

    private final ScpiEngine engine;
    private final List<SupplyOutput> outputs;
    private final Wiring wiring;
    private final ScpiSettings.Flag tracking;
    private final double[] followed = new double[RATINGS.size()];

    /**
     * Put a supply into a laboratory.
     *
     * @param wiring the laboratory
     * @param role its role there, under which its faults are kept
     * @param seed what its errors and noise grow from
     */
    public AgilentE3631AEmulator(Wiring wiring, String role, long seed) {
        this.wiring = wiring;
        SplittableRandom random = new SplittableRandom(seed);
        outputs = RATINGS.stream().map(rating -> new SupplyOutput(wiring, role, rating, random)).toList();
        ScpiTable table = new ScpiTable(outputs.size());
        tracking = new ScpiSettings(table).flag(":OUTPut:TRACk[:STATe]", false);
        new SupplyPanel(table, outputs, false, this::follow);
        ScpiSettings settings = new ScpiSettings(table);
        table.command(":OUTPut[:STATe]", call -> {
            call.atMost(1);
            boolean on = ScpiData.flag(call.text(0));
            outputs.forEach(output -> output.turn(on));
            wiring.powerChanged();
        });
        table.query(":OUTPut[:STATe]", _ -> ScpiData.show(outputs.getFirst().on()));
        settings.choice(":TRIGger:SOURce", "BUS|IMMediate");
        settings.number(":TRIGger:DELay", new ScpiSettings.Range("S", 0, 3600, 0));
        settings.flag(":DISPlay[:WINDow][:STATe]", true);
        table.command(":DISPlay[:WINDow]:TEXT", call -> ScpiData.string(call.text(0)));
        table.command(":DISPlay[:WINDow]:TEXT:CLEar", call -> call.atMost(0));
        table.command(":SYSTem:REMote", _ -> {}).command(":SYSTem:LOCal", _ -> {}).command(":SYSTem:RWLock", _ -> {});
        engine = new ScpiEngine(wiring, IDENTITY, table);
        new SupplyStatus(engine, outputs, Regulation.CONSTANT_CURRENT, Regulation.CONSTANT_VOLTAGE);
    }

    /** Let the 25 V output that was not set follow the one that was; the chip feels either. */
    private void follow() {
        if (tracking.get()) {
            SupplyOutput positive = outputs.get(POSITIVE);
            SupplyOutput negative = outputs.get(NEGATIVE);
            if (negative.setVolts != followed[NEGATIVE]) {
                positive.setVolts = -negative.setVolts;
            } else {
                negative.setVolts = -positive.setVolts;
            }
        }
        for (int i = 0; i < followed.length; i++) {
            followed[i] = outputs.get(i).setVolts;
        }
        wiring.powerChanged();
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
        return Pace.E3631A;
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
