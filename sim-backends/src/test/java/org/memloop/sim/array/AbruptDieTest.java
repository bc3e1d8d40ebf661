package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.device.TechnologyCard;

/** Hold the card rram-64k to what such chips are known to do. Microsiemens, as read at 0.2 V and a gate of 2.5 V. */
class AbruptDieTest {
    private static final int CELLS = 600;
    private static final AbruptFilament TECHNOLOGY = TechnologyCard
            .parseAbrupt("rram-64k", TechnologyCard.builtInText("rram-64k")).orElseThrow();

    private static AbruptDie die(double siemens, boolean broken) {
        AbruptDie die = new AbruptDie(new Geometry(1, CELLS), TECHNOLOGY, 11);
        for (int cell = 0; cell < CELLS; cell++) {
            die.prepare(cell, siemens, 0, broken);
        }
        return die;
    }

    private static double[] sorted(IntToDoubleFunction cells) {
        return IntStream.range(0, CELLS).mapToDouble(cells).sorted().toArray();
    }

    private static double[] after(AbruptDie die, Polarity polarity, double column, double gate, double seconds) {
        return sorted(cell -> {
            die.pulse(cell, polarity, column, gate, seconds, 1);
            return 1e6 * die.conductanceSiemens(cell, 0.2, 2.5);
        });
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static double share(double[] sorted, double low, double high) {
        return Arrays.stream(sorted).filter(x -> x >= low && x < high).count() / (double) sorted.length;
    }

    @Test
    void the_gate_sets_the_level() {
        double[] gates = {1.0, 1.2, 1.4, 1.6, 2.0, 2.5};
        double[] levels = {93, 113, 131, 140, 151, 155};
        for (int i = 0; i < gates.length; i++) {
            double gate = gates[i];
            double[] pooled = DoubleStream.of(1.5, 2, 2.5, 3)
                    .flatMap(v -> Arrays.stream(after(die(11e-6, true), Polarity.SET, v, gate, 100e-9))).sorted()
                    .toArray();
            assertEquals(levels[i], median(pooled), 0.15 * levels[i], "gate " + gate);
        }
    }

    @Test
    void below_its_threshold_a_pulse_does_nothing() {
        assertEquals(0, share(after(die(11e-6, true), Polarity.SET, 0.5, 3, 2e-6), 30, 1e9), 0.005);
        assertTrue(share(after(die(11e-6, true), Polarity.SET, 1.5, 3, 20e-9), 80, 1e9) > 0.95);
        assertEquals(107, median(after(die(107e-6, false), Polarity.RESET, 1.0, 3, 2e-6)), 2);
        assertEquals(107, median(after(die(107e-6, false), Polarity.RESET, 3, 1.0, 2e-6)), 2);
    }

    @Test
    void reset_first_raises_the_conductance_and_then_breaks_the_filament_abruptly() {
        assertEquals(5.2, median(after(die(107e-6, false), Polarity.RESET, 3, 2.8, 400e-9)) - 107, 2);
        assertEquals(0.01, share(after(die(107e-6, false), Polarity.RESET, 3, 2.8, 200e-9), 0, 87), 0.03);
        double[] late = after(die(107e-6, false), Polarity.RESET, 3, 3.0, 2e-6);
        double broken = share(late, 0, 60);
        double whole = share(late, 90, 200);
        double between = share(late, 62, 88);
        assertTrue(broken > 0.3 && whole > 0.15, broken + " broken, " + whole + " whole");
        assertTrue(between < 0.7 * whole && between > 0.005, "between: " + between);
    }

    @Test
    void a_thicker_filament_resists() {
        double thin = share(after(die(97e-6, false), Polarity.RESET, 3, 2.9, 2e-6), 0, 75);
        double thick = share(after(die(125e-6, false), Polarity.RESET, 3, 2.9, 2e-6), 0, 75);
        assertTrue(thin > thick + 0.15, thin + ", " + thick);
    }

    @Test
    void many_short_pulses_strain_a_filament_as_a_long_one_does_that_heats_as_long() {
        double wanted = TECHNOLOGY.growth().heatedSeconds(2e-6) / 10;
        double shorter = wanted;
        double longer = 2e-6;
        while (longer - shorter > 1e-15) {
            double middle = (shorter + longer) / 2;
            if (TECHNOLOGY.growth().heatedSeconds(middle) < wanted) {
                shorter = middle;
            } else {
                longer = middle;
            }
        }
        double seconds = longer;
        assertTrue(seconds > 2e-7, "each pulse has to warm the cell up: " + seconds);
        AbruptDie trained = die(107e-6, false);
        double[] train = sorted(cell -> {
            for (int i = 0; i < 10; i++) {
                trained.pulse(cell, Polarity.RESET, 3, 3, seconds, i);
            }
            return 1e6 * trained.conductanceSiemens(cell, 0.2, 2.5);
        });
        double[] once = after(die(107e-6, false), Polarity.RESET, 3, 3, 2e-6);
        assertEquals(share(once, 0, 75), share(train, 0, 75), 0.01);
        assertEquals(median(once), median(train), 0.02 * median(once));
    }

    @Test
    void one_seed_gives_one_result_in_any_order_of_the_cells() {
        AbruptDie one = die(107e-6, false);
        AbruptDie other = die(107e-6, false);
        double[] forth = new double[CELLS];
        double[] back = new double[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            forth[cell] = one.pulse(cell, Polarity.RESET, 3, 3, 1e-6, 0);
        }
        for (int cell = CELLS - 1; cell >= 0; cell--) {
            back[cell] = other.pulse(cell, Polarity.RESET, 3, 3, 1e-6, 0);
        }
        assertArrayEquals(forth, back);
    }

    @Test
    void it_is_a_bench_that_forms_sets_and_resets() {
        Pulse read = new Pulse("READ", Polarity.SET, 0.2, 2.5, 1e-3, true);
        Pulse form = new Pulse("FORM", Polarity.SET, 3.3, 1.3, 1e-3, false);
        Pulse set = new Pulse("SET", Polarity.SET, 3, 1.3, 1e-6, false);
        Pulse reset = new Pulse("RESET", Polarity.RESET, 3.5, 3.0, 100e-6, false);
        try (Bench bench = new SimBenchProvider().open(BenchUri.parse("sim:rram-64k-8x16?seed=3"))) {
            double[] medians = new double[4];
            Pulse[] before = {read, form, set, reset};
            for (int i = 0; i < before.length; i++) {
                PulseProgram.Builder program = PulseProgram.builder();
                for (int cell = 0; cell < 128; cell++) {
                    program.add(cell, before[i]);
                    program.add(cell, read);
                }
                Readings readings = bench.run(program.build());
                int skip = i == 0 ? 2 : 1;
                medians[i] = median(IntStream.range(0, readings.size()).filter(k -> k % skip == 0)
                        .mapToDouble(k -> 5e6 * readings.amps(k)).sorted().toArray());
            }
            assertTrue(medians[0] < 3, "virgin " + medians[0]);
            assertEquals(52, medians[1], 15);
            assertEquals(135, medians[2], 20);
            assertTrue(medians[3] < 0.55 * medians[2], "after RESET " + medians[3]);
        }
    }
}
