package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.instrument.StepTiming;
import org.memloop.sim.device.AbruptCircuit;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.device.Fidelity;
import org.memloop.sim.device.TechnologyCard;

/** Pulse cells with leaky transistors whose filaments break abruptly, and look at the others of their column. */
class AbruptBesideTest {
    private static final Geometry SMALL = new Geometry(4, 3);
    private static final int PULSED = SMALL.cell(1, 1);
    private static final int BESIDE = SMALL.cell(0, 1);
    private static final Pulse RESET = new Pulse("RESET", Polarity.RESET, 3, 2.5, 1e-6, false);
    private static final Pulse SET = new Pulse("SET", Polarity.SET, 2.5, 1.6, 1e-6, false);

    private static AbruptFilament card(String thresholdVolts) {
        String text = TechnologyCard.builtInText("rram-64k");
        return TechnologyCard.parseAbrupt("leaky", thresholdVolts.isEmpty()
                ? text
                : text.replaceFirst("threshold: [0-9.]+ m?V", "threshold: " + thresholdVolts + " V")).orElseThrow();
    }

    private static AbruptDie prepared(AbruptFilament technology, boolean disturbed) {
        AbruptDie die = new AbruptDie(SMALL, technology, 1, disturbed);
        for (int cell = 0; cell < SMALL.cells(); cell++) {
            die.prepare(cell, 100e-6, 0, false);
        }
        return die;
    }

    /** Behind a gate on ground the leak brings a filament nearer to breaking; the next RESET of its own finds it so. */
    @Test
    void aColumnThatIsResetHeatsItsOtherCellsAsAShutGateDoes() {
        AbruptFilament technology = card("0").at(Fidelity.IDEAL);
        AbruptDie die = prepared(technology, true);
        AbruptDie direct = prepared(technology, false);
        AbruptDie rested = prepared(technology, false);
        SimBench bench = new SimBench("leaky", die, 1);
        double before = die.conductanceSiemens(BESIDE);
        AbruptPulse shut = direct.compile(Polarity.RESET, RESET.columnVolts(), 0, RESET.widthSeconds());
        for (int pulses = 40; pulses <= 2400; pulses += 40) {
            bench.run(PulseProgram.builder().add(PULSED, RESET, 40).build());
            direct.train(BESIDE, shut, 40, pulses, StepTiming.USUAL);
            if (pulses % 280 == 0) {
                bench.run(PulseProgram.of(Pulse.READ, BESIDE)); // it feels by parts what it would feel at once
            }
            assertEquals(direct.conductanceSiemens(BESIDE), die.conductanceSiemens(BESIDE), 1e-6 * before);
        }
        assertNotEquals(before, die.conductanceSiemens(BESIDE));
        assertEquals(before, die.conductanceSiemens(SMALL.cell(0, 0)));
        assertEquals(before, die.conductanceSiemens(SMALL.cell(1, 2)));
        Pulse own = new Pulse("OWN", Polarity.RESET, 3, 2.5, 300e-9, false);
        bench.run(PulseProgram.of(own, BESIDE));
        for (AbruptDie each : List.of(direct, rested)) {
            each.pulse(BESIDE, Polarity.RESET, own.columnVolts(), own.gateVolts(), own.widthSeconds(), 1);
        }
        double after = die.conductanceSiemens(BESIDE);
        assertEquals(direct.conductanceSiemens(BESIDE), after, 1e-3 * after);
        assertTrue(after < 0.5 * before, "it breaks at once, to " + after + " S");
        assertTrue(rested.conductanceSiemens(BESIDE) > 0.9 * before, "one that was left alone does not");
    }

    @Test
    void aColumnThatIsSetRaisesBrokenCellsToWhatTheLeakHoldsUp() {
        AbruptFilament technology = card("0").at(Fidelity.IDEAL);
        AbruptCircuit circuit = new AbruptCircuit(technology);
        double held = circuit.levelSiemens(-technology.access().thresholdVolts(), SET.columnVolts(),
                SET.widthSeconds());
        AbruptDie die = prepared(technology, true);
        die.prepare(BESIDE, 1e-6, 0, true);
        int other = SMALL.cell(0, 2);
        die.prepare(other, 1e-6, 0, true);
        SimBench bench = new SimBench("leaky", die, 1);
        assertEquals(1e-6, die.conductanceSiemens(BESIDE), 1e-7);
        bench.run(PulseProgram.of(SET, PULSED));
        double overdrive = Pulse.READ.gateVolts() - technology.access().thresholdVolts();
        double read = held * circuit.cellVolts(held, overdrive, Pulse.READ.columnVolts(), false)
                / Pulse.READ.columnVolts();
        assertTrue(read > 5e-6, "a leak of " + read + " S is none to speak of");
        assertEquals(read, die.conductanceSiemens(BESIDE), 1e-6 * read);
        bench.run(PulseProgram.of(Pulse.READ, BESIDE));
        assertEquals(read, die.conductanceSiemens(BESIDE), 1e-6 * read);
        assertEquals(1e-6, die.conductanceSiemens(other), 1e-7);
    }

    @Test
    void formingOneCellFormsALeakyColumn() {
        Pulse forming = new Pulse("FORMING", Polarity.SET, 3.3, 1.6, 1e-3, false);
        AbruptDie leaky = new AbruptDie(SMALL, card("0").at(Fidelity.IDEAL), 1);
        AbruptDie shut = new AbruptDie(SMALL, card("").at(Fidelity.IDEAL), 1);
        for (AbruptDie die : List.of(leaky, shut)) {
            new SimBench("forming", die, 1).run(PulseProgram.of(forming, PULSED));
            for (int cell = 0; cell < SMALL.cells(); cell++) {
                boolean formed = cell == PULSED || die == leaky && SMALL.column(cell) == 1;
                assertEquals(formed ? CellState.FORMED : CellState.VIRGIN, die.state(cell), "cell " + cell);
            }
        }
    }

    @Test
    void threadsAndLooksMakeNoDifferenceAndTheCardItselfFeelsNothing() {
        Geometry geometry = new Geometry(48, 32);
        int[] all = IntStream.range(0, geometry.cells()).toArray();
        PulseProgram.Builder program = PulseProgram.builder();
        for (int cell : all) {
            program.add(cell, RESET, 1 + cell % 25).add(cell, SET, cell % 3 == 0 ? 2 : 1).add(cell, RESET, 3);
        }
        PulseProgram built = program.addAll(all, Pulse.READ).build();
        assertTrue(built.pulseCount() > 20_000);
        for (String threshold : new String[]{"", "0"}) {
            List<Readings> results = new ArrayList<>();
            for (int threads : new int[]{1, 2, 5, 0}) {
                AbruptDie die = new AbruptDie(geometry, card(threshold), 3, threads > 0);
                SimBench bench = new SimBench("rram", die, Math.max(1, threads));
                IntStream.of(all).forEach(cell -> die.prepare(cell, 100e-6, 0, false));
                bench.run(built);
                if (threads > 1) {
                    IntStream.of(all).forEach(die::conductanceSiemens);
                    IntStream.of(all).forEach(die::state);
                }
                results.add(bench.run(built));
            }
            assertEquals(results.getFirst(), results.get(1));
            assertEquals(results.getFirst(), results.get(2));
            if (threshold.isEmpty()) {
                assertEquals(results.getFirst(), results.get(3), "rram-64k shuts well enough");
            } else {
                assertNotEquals(results.getFirst(), results.get(3));
            }
        }
    }

    @Test
    void noPulseOfTheLimitsIsFeltByTheBuiltInCard() {
        AbruptFilament technology = card("");
        AbruptNeighbours neighbours = new AbruptNeighbours(technology, new AbruptCircuit(technology), true);
        for (double volts = 0.5; volts <= DirectBench.LIMITS.bitLineVoltsMax(); volts += 0.25) {
            for (Polarity polarity : Polarity.values()) {
                assertTrue(neighbours.dose(new AbruptPulse(polarity, volts, 2, 1e-3)).isEmpty(),
                        polarity + " " + volts);
            }
        }
    }
}
