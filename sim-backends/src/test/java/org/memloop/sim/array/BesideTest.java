package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.Fidelity;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;
import org.memloop.sim.device.Transistor;

/** Pulse cells whose transistors leak, and look at the others of their column. */
class BesideTest {
    private static final Geometry SMALL = new Geometry(4, 3);
    private static final int PULSED = SMALL.cell(1, 1);
    private static final int BESIDE = SMALL.cell(0, 1);

    private static Technology leaky(String thresholdVolts) {
        return TechnologyCard.parse("leaky", TechnologyCard.builtInText("hfox-leti")
                .replace("threshold: 0.70 V", "threshold: " + thresholdVolts + " V"));
    }

    /** Every cell formed and SET, then those of the first row RESET. */
    private static SimBench prepared(Die die, int threads) {
        SimBench bench = new SimBench("leaky", die, threads);
        int[] all = IntStream.range(0, die.geometry().cells()).toArray();
        bench.run(PulseProgram.of(Pulse.FORMING, all));
        bench.run(PulseProgram.of(Pulse.SET, all));
        bench.run(PulseProgram.of(Pulse.HARD_RESET, IntStream.range(0, die.geometry().columns()).toArray()));
        return bench;
    }

    private static double readSiemens(CellSolver solver, double state) {
        return solver.motion(state, Polarity.SET, Pulse.READ.columnVolts(), Pulse.READ.gateVolts()).point().amps()
                / Pulse.READ.columnVolts();
    }

    private static double stateOf(CellSolver solver, double siemens) {
        double low = solver.technology().cell().lowestState();
        double high = solver.technology().cell().highestState();
        while (high - low > 1e-12) {
            double middle = (low + high) / 2;
            if (readSiemens(solver, middle) < siemens) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Integrate the physics of a cell with a shut gate directly, beyond what it does when it is left alone. */
    private static double integrated(CellSolver solver, double from, Polarity polarity, double volts, double seconds) {
        int steps = 4000;
        double h = seconds / steps;
        double s = from;
        for (int i = 0; i < steps; i++) {
            double k1 = speed(solver, s, polarity, volts);
            double k2 = speed(solver, s + h / 2 * k1, polarity, volts);
            double k3 = speed(solver, s + h / 2 * k2, polarity, volts);
            double k4 = speed(solver, s + h * k3, polarity, volts);
            s += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return s;
    }

    private static double speed(CellSolver solver, double state, Polarity polarity, double volts) {
        return solver.motion(state, polarity, volts, 0).perSecond()
                - solver.motion(state, Polarity.SET, 0, 0).perSecond();
    }

    @Test
    void aColumnIsDisturbedAsTheEquationsSayAndNothingElseIs() {
        Technology technology = leaky("-0.25").at(Fidelity.IDEAL);
        CellSolver solver = new CellSolver(technology);
        Die die = new Die(SMALL, technology, 1);
        SimBench bench = prepared(die, 1);
        double[] before = IntStream.range(0, SMALL.cells()).mapToDouble(die::conductanceSiemens).toArray();
        int pulses = 10;
        bench.run(PulseProgram.builder().add(PULSED, Pulse.SET, pulses).build());
        double from = stateOf(solver, before[BESIDE]);
        double to = integrated(solver, from, Polarity.SET, Pulse.SET.columnVolts(),
                pulses * Pulse.SET.widthSeconds());
        assertTrue(to - from > 0.02, "moves by " + (to - from) + " channels");
        assertEquals(to, stateOf(solver, die.conductanceSiemens(BESIDE)), 2e-3 * (to - from));
        for (int cell = 0; cell < SMALL.cells(); cell++) {
            if (SMALL.column(cell) != SMALL.column(PULSED)) {
                assertEquals(before[cell], die.conductanceSiemens(cell), "cell " + cell + " saw something");
            }
        }
        double due = die.conductanceSiemens(BESIDE);
        bench.run(PulseProgram.of(Pulse.READ, BESIDE));
        assertEquals(due, die.conductanceSiemens(BESIDE), 1e-4 * due, "it feels at its next pulse what was due");
    }

    @Test
    void manyDrivesAreFeltInTheirOrderAndForgotten() {
        Technology technology = leaky("-0.25").at(Fidelity.IDEAL);
        CellSolver solver = new CellSolver(technology);
        Die die = new Die(SMALL, technology, 1);
        SimBench bench = prepared(die, 1);
        double state = stateOf(solver, die.conductanceSiemens(BESIDE));
        double from = state;
        for (int i = 0; i < Beside.MOST_STRETCHES + 20; i++) {
            double volts = 1.9 + 0.01 * (i * 7 % 11);
            bench.run(PulseProgram.builder()
                    .add(PULSED, new Pulse("OWN", Polarity.SET, volts, 2.5, 10e-6, false), 3).build());
            state = integrated(solver, state, Polarity.SET, volts, 30e-6);
        }
        assertTrue(state - from > 0.02, "moves by " + (state - from) + " channels");
        assertEquals(state, stateOf(solver, die.conductanceSiemens(BESIDE)), 3e-3 * (state - from));
    }

    @Test
    void aCellDoesNotFeelItsOwnPulses() {
        Technology technology = leaky("-0.25").at(Fidelity.IDEAL);
        Die alone = new Die(new Geometry(1, 1), technology, 1);
        Die die = new Die(SMALL, technology, 1);
        Die undisturbed = new Die(SMALL, technology, 1, false);
        for (Die each : List.of(alone, die, undisturbed)) {
            int cell = each == alone ? 0 : PULSED;
            SimBench bench = new SimBench("leaky", each, 1);
            bench.run(PulseProgram.builder().add(cell, Pulse.FORMING, 1).add(cell, Pulse.SET, 7)
                    .add(cell, Pulse.HARD_RESET, 2).add(cell, Pulse.SET, 1).add(cell, Pulse.WEAK_RESET, 9).build());
        }
        assertEquals(alone.conductanceSiemens(0), die.conductanceSiemens(PULSED));
        assertEquals(undisturbed.conductanceSiemens(PULSED), die.conductanceSiemens(PULSED));
    }

    @Test
    void oneFormedCellFormsALeakyColumnWhenItsOxideIsUsedUp() {
        Technology technology = leaky("-0.2").at(Fidelity.IDEAL);
        Technology.Forming forming = technology.forming();
        double volts = oxideVolts(technology, Pulse.FORMING.columnVolts());
        double perSecond = (Math.exp(forming.breakdownSteepnessPerVolt() * (volts - forming.breakdownVolts()))
                - Math.exp(-forming.breakdownSteepnessPerVolt() * forming.breakdownVolts()))
                / forming.breakdownTimeSeconds();
        double needed = 1 / (perSecond * Pulse.FORMING.widthSeconds());
        assertTrue(needed > 10 && needed < 1000, needed + " pulses");
        Die die = new Die(SMALL, technology, 1);
        SimBench bench = new SimBench("leaky", die, 1);
        int pulses = 0;
        while (die.state(BESIDE) == CellState.VIRGIN) {
            bench.run(PulseProgram.of(Pulse.FORMING, PULSED));
            pulses++;
        }
        assertEquals(needed, pulses, 1);
        for (int cell = 0; cell < SMALL.cells(); cell++) {
            assertEquals(SMALL.column(cell) == 1 ? CellState.FORMED : CellState.VIRGIN, die.state(cell),
                    "cell " + cell);
        }
        bench.run(PulseProgram.of(Pulse.READ, BESIDE));
        assertEquals(CellState.FORMED, die.state(BESIDE));
    }

    /** Share the volts out between virgin oxide, a transistor with its gate on ground, and the lines. */
    private static double oxideVolts(Technology technology, double columnVolts) {
        Technology.Forming forming = technology.forming();
        Transistor transistor = technology.transistor();
        double low = 0;
        double high = columnVolts;
        for (int i = 0; i < 200; i++) {
            double volts = (low + high) / 2;
            double amps = forming.virginSiemens() * Math.sinh(forming.virginFieldPerVolt() * volts)
                    / forming.virginFieldPerVolt();
            double drain = columnVolts - volts - amps * technology.seriesOhms();
            if (amps < transistor.amps(0, 0, drain)) {
                low = volts;
            } else {
                high = volts;
            }
        }
        return low;
    }

    @Test
    void threadsAndLooksMakeNoDifference() {
        Geometry geometry = new Geometry(48, 32);
        int[] all = IntStream.range(0, geometry.cells()).toArray();
        List<Readings> results = new ArrayList<>();
        List<Die> dies = new ArrayList<>();
        for (int threads : new int[]{1, 2, 5}) {
            Die die = new Die(geometry, leaky("-0.25"), 3);
            SimBench bench = prepared(die, threads);
            PulseProgram.Builder program = PulseProgram.builder();
            for (int cell : all) {
                program.add(cell, Pulse.WEAK_RESET, 1 + cell % 30).add(cell, Pulse.SET, cell % 3 == 0 ? 2 : 1);
            }
            PulseProgram built = program.addAll(all, Pulse.READ).build();
            assertTrue(built.pulseCount() > 20_000);
            bench.run(built);
            if (threads > 1) {
                IntStream.of(all).forEach(die::conductanceSiemens);
                IntStream.of(all).forEach(die::state);
            }
            bench.run(built);
            results.add(bench.run(built));
            dies.add(die);
        }
        for (int i = 1; i < dies.size(); i++) {
            assertEquals(results.getFirst(), results.get(i));
            Die other = dies.get(i);
            assertArrayEquals(IntStream.of(all).mapToDouble(dies.getFirst()::conductanceSiemens).toArray(),
                    IntStream.of(all).mapToDouble(other::conductanceSiemens).toArray());
        }
    }

    @Test
    void aLaboratoryAndABenchDisturbAlike() {
        Die direct = new Die(SMALL, leaky("-0.25"), 5);
        Die bench = new Die(SMALL, leaky("-0.25"), 5);
        DirectBench pulses = new DirectBench("leaky", direct);
        SimBench programs = new SimBench("leaky", bench, 1);
        for (int round = 0; round < 6; round++) {
            for (Pulse pulse : List.of(Pulse.FORMING, Pulse.SET, Pulse.HARD_RESET, Pulse.READ)) {
                for (int cell = 0; cell < SMALL.cells(); cell++) {
                    PulseProgram program = PulseProgram.of(pulse, cell);
                    assertEquals(programs.run(program), pulses.run(program));
                }
            }
        }
    }

    @Test
    void aTransistorThatShutsLeavesNothingToFeel() {
        Geometry geometry = new Geometry(16, 16);
        Die followed = new Die(geometry, TechnologyCard.builtIn("hfox-leti"), 9);
        Die not = new Die(geometry, TechnologyCard.builtIn("hfox-leti"), 9, false);
        Die leaks = new Die(geometry, leaky("-0.25"), 9);
        Die leaksNot = new Die(geometry, leaky("-0.25"), 9, false);
        for (Die die : List.of(followed, not, leaks, leaksNot)) {
            prepared(die, 1).run(PulseProgram.of(Pulse.SET, geometry.columns()));
        }
        for (int cell = 0; cell < geometry.cells(); cell++) {
            assertEquals(not.conductanceSiemens(cell), followed.conductanceSiemens(cell));
        }
        assertNotEquals(leaksNot.conductanceSiemens(0), leaks.conductanceSiemens(0));
    }
}
