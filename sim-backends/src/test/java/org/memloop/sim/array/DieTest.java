package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.instrument.StepTiming;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;

class DieTest {
    private static final Technology SOUND = TechnologyCard.builtIn("hfox-leti").withStuckFraction(0);
    private static final int CELLS = 256;

    private final Die die = new Die(new Geometry(16, 16), SOUND, 3);
    private double nowSeconds;

    @Test
    void aMillionReadingsDisturbNothing() {
        apply(die, Pulse.FORMING, 1);
        cycle(die, 12);
        double[] low = conductances(die);
        apply(die, Pulse.HARD_RESET, 1);
        double[] high = conductances(die);
        // some cells are several times as fast as the typical one, so that one cell alone says little
        double[] ratios = new double[9];
        for (int cell = 0; cell < ratios.length; cell++) {
            die.train(cell, condition(die, Pulse.READ), 1_000_000, nowSeconds, StepTiming.USUAL);
            ratios[cell] = die.conductanceSiemens(cell) / high[cell];
        }
        Arrays.sort(ratios);
        assertEquals(1, ratios[ratios.length / 2], 0.02, () -> "HRS " + Arrays.toString(ratios));
        assertEquals(1, ratios[0], 0.1, () -> "HRS " + Arrays.toString(ratios));
        assertEquals(1, ratios[ratios.length - 1], 0.1, () -> "HRS " + Arrays.toString(ratios));
        nowSeconds += 200;
        apply(die, Pulse.SET, 1);
        double[] set = conductances(die);
        die.train(0, condition(die, Pulse.READ), 1_000_000, nowSeconds, StepTiming.USUAL);
        assertEquals(1, die.conductanceSiemens(0) / set[0], 0.001);
        assertEquals(1, mean(set) / mean(low), 0.03);
    }

    @Test
    void countsFromOneTrainAsFromSinglePulses() {
        Die other = new Die(new Geometry(16, 16), SOUND, 3);
        for (Pulse pulse : new Pulse[]{Pulse.FORMING, Pulse.HARD_RESET, Pulse.SET, Pulse.WEAK_RESET, Pulse.READ}) {
            double start = nowSeconds;
            apply(die, pulse, 5);
            for (int cell = 0; cell < CELLS; cell++) {
                double at = start;
                for (int k = 0; k < 5; k++) {
                    at += StepTiming.USUAL.settleSeconds();
                    other.pulse(cell, pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds(),
                            at);
                    at += pulse.widthSeconds() + StepTiming.USUAL.recoverySeconds();
                }
            }
        }
        for (int cell = 0; cell < CELLS; cell++) {
            assertEquals(die.conductanceSiemens(cell), other.conductanceSiemens(cell), "cell " + cell);
            assertEquals(25, other.pulsesReceived(cell));
        }
    }

    @Test
    void oneCellsPulsesLeaveTheOthersAlone() {
        Die other = new Die(new Geometry(16, 16), SOUND, 3);
        for (Die each : new Die[]{die, other}) {
            nowSeconds = 0;
            apply(each, Pulse.FORMING, 1);
        }
        other.train(17, condition(other, Pulse.HARD_RESET), 100, nowSeconds, StepTiming.USUAL);
        apply(die, Pulse.SET, 1);
        apply(other, Pulse.SET, 1);
        for (int cell = 0; cell < CELLS; cell++) {
            if (cell != 17) {
                assertEquals(die.conductanceSiemens(cell), other.conductanceSiemens(cell));
            }
        }
    }

    @Test
    void deadCellsDoNotMove() {
        Die dead = new Die(new Geometry(16, 16), TechnologyCard.builtIn("hfox-leti").withStuckFraction(1), 3);
        double[] before = conductances(dead);
        apply(dead, Pulse.FORMING, 1);
        cycle(dead, 5);
        for (int cell = 0; cell < CELLS; cell++) {
            assertTrue(dead.stuck(cell));
            assertEquals(before[cell], dead.conductanceSiemens(cell));
            assertEquals(dead.state(cell) == CellState.STUCK_LOW, before[cell] > 80e-6);
            assertEquals(11, dead.pulsesReceived(cell));
        }
    }

    @Test
    void nothingReachesTheCellsOfABrokenLine() {
        Die broken = new Die(new Geometry(16, 16), SOUND.withBrokenLines(0.1), 3);
        apply(broken, Pulse.FORMING, 1);
        cycle(broken, 2);
        boolean[] formedRows = new boolean[16];
        boolean[] formedColumns = new boolean[16];
        for (int cell = 0; cell < CELLS; cell++) {
            boolean reached = broken.state(cell) != CellState.UNREACHABLE;
            formedRows[cell / 16] |= reached;
            formedColumns[cell % 16] |= reached;
        }
        int unreachable = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            boolean reached = formedRows[cell / 16] && formedColumns[cell % 16];
            assertEquals(reached, broken.state(cell) != CellState.UNREACHABLE, "lines break as a whole");
            assertEquals(reached, broken.conductanceSiemens(cell) > 0);
            assertEquals(reached, broken.pulse(cell, condition(broken, Pulse.READ), 1) > 0);
            assertEquals(!reached, broken.stuck(cell));
            unreachable += reached ? 0 : 1;
        }
        assertTrue(unreachable >= 16 && unreachable < CELLS, unreachable + " cells");
    }

    @Test
    void cellsWearOut() {
        Technology.Defects d = SOUND.defects();
        Technology weak = SOUND.with(SOUND.noise(),
                new Technology.Defects(0, d.stuckLowShare(), d.stuckChannels(), 0, 20,
                        d.enduranceShape(), d.wornLowShare()));
        Die worn = new Die(new Geometry(16, 16), weak, 3);
        apply(worn, Pulse.FORMING, 1);
        cycle(worn, 20);
        long stuck = IntStream.range(0, CELLS).filter(worn::stuck).count();
        assertEquals(0.63 * CELLS, stuck, 30, "of " + CELLS + " cells after their characteristic life");
        long low = IntStream.range(0, CELLS).filter(c -> worn.state(c) == CellState.STUCK_LOW).count();
        assertEquals(0.7, (double) low / stuck, 0.12);
    }

    @Test
    void lowResistanceStateFadesSlowlyWhenLeftAlone() {
        apply(die, Pulse.FORMING, 1);
        cycle(die, 12);
        double before = mean(conductances(die));
        nowSeconds += 1e6;
        apply(die, Pulse.READ, 1);
        double faded = 1 - mean(conductances(die)) / before;
        assertTrue(faded > 5e-4 && faded < 0.02, "faded by " + faded);
    }

    @Test
    void readingsScatterAroundTheConductance() {
        apply(die, Pulse.FORMING, 1);
        cycle(die, 12);
        double[] ratios = new double[CELLS];
        for (int k = 0; k < 100; k++) {
            nowSeconds += 10;
            for (int cell = 0; cell < CELLS; cell++) {
                double amps = die.pulse(cell, condition(die, Pulse.READ), nowSeconds);
                ratios[cell] += amps / Pulse.READ.columnVolts() / die.conductanceSiemens(cell) / 100;
            }
        }
        assertEquals(1, mean(ratios), 0.002);
        assertTrue(Arrays.stream(ratios).allMatch(r -> r > 0.8 && r < 1.2), () -> Arrays.toString(ratios));
    }

    @Test
    void zeroVoltsDriveNoCurrent() {
        assertEquals(0, die.pulse(0, Pulse.Polarity.SET, 0, 3, 1e-6, 0));
        assertEquals(0, die.pulse(0, Pulse.Polarity.SET, 0.2, 0, 1e-6, 1e-3), 1e-10);
    }

    private void cycle(Die on, int cycles) {
        for (int i = 0; i < cycles; i++) {
            apply(on, Pulse.HARD_RESET, 1);
            apply(on, Pulse.SET, 1);
        }
    }

    private void apply(Die on, Pulse pulse, int count) {
        Condition condition = condition(on, pulse);
        for (int cell = 0; cell < CELLS; cell++) {
            on.train(cell, condition, count, nowSeconds + StepTiming.USUAL.settleSeconds(), StepTiming.USUAL);
        }
        nowSeconds += count * StepTiming.USUAL.periodSeconds(pulse.widthSeconds());
    }

    private static Condition condition(Die on, Pulse pulse) {
        return on.compile(pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds());
    }

    private static double[] conductances(Die of) {
        return IntStream.range(0, CELLS).mapToDouble(of::conductanceSiemens).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
