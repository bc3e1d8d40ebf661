package org.memloop.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Operations;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

class PreparationTest {
    private static final int GOOD = 0;
    private static final int NEVER_FORMS = 1;
    private static final int FORMS_AT_SECOND_TRY = 2;
    private static final int STUCK_LRS = 3;
    private static final int STUCK_HRS = 4;
    private static final int FORMED_BEFORE = 5;

    /** Six cells, one of each kind. */
    private static final class SixCells implements Bench {
        final double[] siemens = new double[6];
        final int[] formingPulses = new int[6];
        final int[] pulses = new int[6];
        final List<String> order = new ArrayList<>();
        Operations operations = Operations.ANY;

        SixCells() {
            siemens[FORMED_BEFORE] = 30e-6;
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities("six cells", new Geometry(2, 3), new Limits(3, 3, 5, 1e-7, 1e-3, 1000),
                    new Capabilities.ReadAccuracy(0, 0), List.of(), operations);
        }

        @Override
        public Readings run(PulseProgram program) {
            Readings.Builder readings = Readings.builder(program.readingCount());
            for (int step = 0; step < program.size(); step++) {
                Pulse pulse = program.pulse(step);
                if (order.isEmpty() || !order.getLast().equals(pulse.name())) {
                    order.add(pulse.name());
                }
                int cell = program.cell(step);
                if (pulse.measured()) {
                    readings.add(step, 0.2, 0.2 * siemens[cell], 0, Readings.Quality.GOOD);
                } else {
                    siemens[cell] = after(cell, pulse);
                    pulses[cell] += program.count(step);
                }
            }
            return readings.build();
        }

        private double after(int cell, Pulse pulse) {
            if (pulse == Pulse.FORMING) {
                formingPulses[cell]++;
                boolean forms = cell != NEVER_FORMS && (cell != FORMS_AT_SECOND_TRY || formingPulses[cell] == 2);
                return forms ? 35e-6 : siemens[cell];
            }
            if (cell == STUCK_LRS) {
                return 120e-6;
            }
            return cell == STUCK_HRS || pulse == Pulse.HARD_RESET ? 3e-6 : 98e-6;
        }

        @Override
        public void rest(double seconds) {}

        @Override
        public void close() {}
    }

    @Test
    void findsEveryKindOfCellAndLeavesTheHealthyOnesSet() {
        SixCells bench = new SixCells();
        List<String> stages = new ArrayList<>();
        Preparation.Result result = Preparation.USUAL.prepare(bench,
                (stage, done, of) -> stages.add(stage + " " + done + "/" + of));
        assertArrayEquals(
                new CellHealth[]{CellHealth.HEALTHY, CellHealth.NOT_FORMED, CellHealth.HEALTHY, CellHealth.STUCK_LRS,
                        CellHealth.STUCK_HRS,
                        CellHealth.HEALTHY},
                result.health());
        assertArrayEquals(new int[]{GOOD, FORMS_AT_SECOND_TRY, FORMED_BEFORE}, result.healthyCells());
        assertEquals(1, result.count(CellHealth.STUCK_LRS));
        assertEquals(98e-6, result.conductanceSiemens()[GOOD], 1e-12);
        assertEquals("set 1/1", stages.getLast());
    }

    @Test
    void aFormedCellIsNotFormedAgainAndAVirginOneNotMoreThanAllowed() {
        SixCells bench = new SixCells();
        Preparation.USUAL.prepare(bench, (_, _, _) -> {});
        assertArrayEquals(new int[]{1, 3, 2, 1, 1, 0}, bench.formingPulses);
    }

    @Test
    void tenHardCyclesComeBetweenFormingAndTheLastSet() {
        SixCells bench = new SixCells();
        Preparation.USUAL.prepare(bench, (_, _, _) -> {});
        List<String> cycling = bench.order.subList(bench.order.indexOf("SET"), bench.order.size());
        assertEquals(11, cycling.stream().filter("SET"::equals).count());
        assertEquals(10, cycling.stream().filter("HARD_RESET"::equals).count());
        assertEquals(List.of("READ", "SET", "READ"), cycling.subList(cycling.size() - 3, cycling.size()));
    }

    @Test
    void whereNothingCanBeFormedEveryCellIsTakenAsItIs() {
        SixCells bench = new SixCells();
        bench.operations = Operations.only("a recording", Pulse.READ, Pulse.WEAK_RESET);
        Preparation.Result result = Preparation.USUAL.prepare(bench, (_, _, _) -> {});
        assertEquals(List.of("READ"), bench.order);
        assertEquals(6, result.healthyCells().length);
        assertEquals(30e-6, result.conductanceSiemens()[FORMED_BEFORE], 1e-12);
    }

    @Test
    void whatIsKnownOfCellsSparesThemPulses() {
        SixCells bench = new SixCells();
        CellHealth[] health = Preparation.USUAL.prepare(bench, (_, _, _) -> {}).health();
        Map<Integer, CellHealth> known = new TreeMap<>();
        IntStream.range(0, 6).forEach(cell -> known.put(cell, health[cell]));
        bench.siemens[GOOD] = 3e-6; // in its high-resistance state, where it does not look formed
        bench.siemens[FORMED_BEFORE] = 1e-9; // another die, or a broken filament
        bench.order.clear();
        int[] before = bench.formingPulses.clone();
        int[] pulses = bench.pulses.clone();
        Preparation.Result again = Preparation.USUAL.prepare(bench, known, (_, _, _) -> {});
        assertArrayEquals(health, again.health());
        before[FORMED_BEFORE]++;
        assertArrayEquals(before, bench.formingPulses, "only the cell that reads like a virgin one is formed");
        assertEquals("READ", bench.order.getFirst(), "nothing is believed unread");
        assertEquals(pulses[GOOD] + 1, bench.pulses[GOOD], "a SET alone");
        assertEquals(pulses[STUCK_LRS], bench.pulses[STUCK_LRS], "a stuck cell is left alone");
        assertEquals(pulses[NEVER_FORMS], bench.pulses[NEVER_FORMS], "and so is one that does not form");
        assertEquals(98e-6, again.conductanceSiemens()[GOOD], 1e-12);
    }
}
