package org.memloop.sim.array;

import java.util.List;
import java.util.stream.IntStream;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.check.Check;
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.Fidelity;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.Transistor;

/**
 * Check that a simulated array shows what half-selected cells feel: nominal cells behind transistors that shut so badly that
 * it can be seen, against the equations of one cell, integrated step by step.
 */
final class DisturbChecks {
    private static final Geometry GEOMETRY = new Geometry(4, 2);
    private static final int PULSED = GEOMETRY.cell(1, 0);
    private static final int BESIDE = GEOMETRY.cell(0, 0);
    private static final int ELSEWHERE = GEOMETRY.cell(0, 1);
    private static final double THRESHOLD_VOLTS = -0.25;
    private static final int PULSES = 10;
    private static final int STEPS = 2000;

    private final Technology leaky;
    private final CellSolver solver;
    private final Die die;
    private final SimBench bench;

    DisturbChecks(Technology technology) {
        Technology nominal = technology.at(Fidelity.IDEAL);
        Transistor good = nominal.transistor();
        leaky = new Technology(nominal.name() + ", leaky", nominal.cell(),
                new Transistor(good.transconductanceAmpsPerSquareVolt(), THRESHOLD_VOLTS, good.thermalVolts()),
                nominal.seriesOhms(), nominal.forming(), nominal.mismatch(), nominal.cycling(), nominal.noise(),
                nominal.defects());
        solver = new CellSolver(leaky);
        die = new Die(GEOMETRY, leaky, 1);
        bench = new SimBench("checks", die, 1);
    }

    List<Check> checks() {
        int[] all = IntStream.range(0, GEOMETRY.cells()).toArray();
        bench.run(PulseProgram.builder().addAll(all, Pulse.FORMING).addAll(all, Pulse.SET)
                .addAll(new int[]{BESIDE, ELSEWHERE}, Pulse.HARD_RESET).build());
        double from = state(die.conductanceSiemens(BESIDE));
        double elsewhere = die.conductanceSiemens(ELSEWHERE);
        bench.run(PulseProgram.builder().add(PULSED, Pulse.SET, PULSES).build());
        double expected = integrated(from, PULSES * Pulse.SET.widthSeconds()) - from;
        return List.of(
                Check.near("disturb", "threshold -0.25 V, 10 SET: a cell of the column moves by", "channels", expected,
                        0.01 * expected, state(die.conductanceSiemens(BESIDE)) - from),
                Check.atMost("disturb", "threshold -0.25 V, 10 SET: a cell of another column moves by", "channels", 0,
                        Math.abs(state(die.conductanceSiemens(ELSEWHERE)) - state(elsewhere))));
    }

    private double state(double readSiemens) {
        double low = leaky.cell().lowestState();
        double high = leaky.cell().highestState();
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            double amps = solver.motion(middle, Polarity.SET, Pulse.READ.columnVolts(), Pulse.READ.gateVolts()).point()
                    .amps();
            if (amps < readSiemens * Pulse.READ.columnVolts()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** {@return the state after a time with a shut gate, by the midpoint rule} */
    private double integrated(double from, double seconds) {
        double step = seconds / STEPS;
        double state = from;
        for (int i = 0; i < STEPS; i++) {
            state += step * perSecond(state + step / 2 * perSecond(state));
        }
        return state;
    }

    private double perSecond(double state) {
        return solver.motion(state, Polarity.SET, Pulse.SET.columnVolts(), 0).perSecond()
                - solver.motion(state, Polarity.SET, 0, 0).perSecond();
    }
}
