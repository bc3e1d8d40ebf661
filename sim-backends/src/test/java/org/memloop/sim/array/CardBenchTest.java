package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.device.TechnologyCard;

/** What a card says about defects, wear and retention is felt by whoever uses the bench, whatever the cells. */
class CardBenchTest {
    private static final int CELLS = 400;
    private static final int[] ALL = IntStream.range(0, CELLS).toArray();

    @TempDir
    private Path folder;

    /** A technology and the pulses its cells take. */
    private enum Chip {
        HFOX("hfox-leti", Pulse.READ, Pulse.FORMING, Pulse.SET, Pulse.HARD_RESET),
        RRAM("rram-64k", new Pulse("READ", Polarity.SET, 0.2, 2.5, 100e-6, true),
                new Pulse("FORMING", Polarity.SET, 3.6, 1.3, 1e-3, false),
                new Pulse("SET", Polarity.SET, 3.0, 1.3, 1e-6, false),
                new Pulse("RESET", Polarity.RESET, 3.5, 3.0, 100e-6, false));

        private final String card;
        private final Pulse read;
        private final Pulse form;
        private final Pulse set;
        private final Pulse reset;

        Chip(String card, Pulse read, Pulse form, Pulse set, Pulse reset) {
            this.card = card;
            this.read = read;
            this.form = form;
            this.set = set;
            this.reset = reset;
        }
    }

    private Bench open(Chip chip, String line, String instead, String parameters) {
        Path file = folder.resolve("mine.yaml");
        String text = TechnologyCard.builtInText(chip.card);
        assertTrue(text.contains(line), line);
        try {
            Files.writeString(file, text.replace(line, instead));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new SimBenchProvider().open(BenchUri.parse("sim:" + file + "?rows=20&columns=20&seed=3" + parameters));
    }

    /** Form every cell and cycle it. {@return readings of both states, microsiemens: after the last RESET, after SET} */
    private static double[][] cycle(Bench bench, Chip chip, int cycles) {
        bench.run(PulseProgram.builder().addAll(ALL, chip.form).build());
        double[] high = {};
        double[] low = {};
        for (int i = 0; i < cycles; i++) {
            high = read(bench.run(PulseProgram.builder().addAll(ALL, chip.reset).addAll(ALL, chip.read).build()));
            low = read(bench.run(PulseProgram.builder().addAll(ALL, chip.set).addAll(ALL, chip.read).build()));
        }
        return new double[][]{high, low};
    }

    private static double[] read(Readings readings) {
        return IntStream.range(0, readings.size()).mapToDouble(i -> 1e6 * readings.amps(i) / readings.volts(i))
                .toArray();
    }

    /** {@return the share of cells that both states find within a few percent of one another, or not conducting} */
    private static double stuck(double[][] states) {
        return Arrays.stream(ALL).filter(i -> states[1][i] < 1.3 * states[0][i] || states[1][i] < 10).count()
                / (double) CELLS;
    }

    @ParameterizedTest
    @EnumSource
    void cellsThatDoNotSwitchAreFound(Chip chip) {
        try (Bench healthy = open(chip, "format: 1", "format: 1", "");
                Bench sick = open(chip, "format: 1", "format: 1", "&stuck=0.3")) {
            assertTrue(stuck(cycle(healthy, chip, 12)) < 0.03);
            assertEquals(0.3, stuck(cycle(sick, chip, 12)), 0.07);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCurrentComesBackThroughABrokenLine(Chip chip) {
        try (Bench bench = open(chip, "format: 1", "format: 1", "&broken=0.1")) {
            double[] low = cycle(bench, chip, 10)[1];
            double[][] lines = new double[2][20];
            for (int i = 0; i < CELLS; i++) {
                lines[0][i / 20] = Math.max(lines[0][i / 20], low[i]);
                lines[1][i % 20] = Math.max(lines[1][i % 20], low[i]);
            }
            long dead = Arrays.stream(lines).flatMapToDouble(Arrays::stream).filter(most -> most < 5).count();
            assertTrue(dead >= 2 && dead <= 14, "dead rows and columns: " + dead);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cellsWearOut(Chip chip) {
        String cycles = chip == Chip.HFOX ? "endurance-cycles: 1e7" : "endurance-cycles: 1e9";
        try (Bench bench = open(chip, cycles, "endurance-cycles: 40", "")) {
            // of a Weibull distribution of scale 40 and shape 1.5, 1 - exp(-1) have failed after 40 cycles
            assertEquals(0.63, stuck(cycle(bench, chip, 41)), 0.1);
        }
    }

    @Test
    void filamentsFadeInAHotChip() {
        try (Bench hot = open(Chip.HFOX, "ambient: 300 K", "ambient: 358 K", "&fidelity=static")) {
            double[] low = cycle(hot, Chip.HFOX, 12)[1];
            hot.rest(1e4);
            double[] later = read(hot.run(PulseProgram.of(Pulse.READ, ALL)));
            double before = Arrays.stream(low).sorted().toArray()[CELLS / 2];
            double after = Arrays.stream(later).sorted().toArray()[CELLS / 2];
            assertTrue(after < 0.97 * before && after > 0.75 * before, before + " uS became " + after + " uS");
        }
    }

    @ParameterizedTest
    @EnumSource
    void lowerFidelitiesLeaveNoiseAndSpreadOut(Chip chip) {
        double[] spread = new double[3];
        double[] noise = new double[3];
        for (int i = 0; i < 3; i++) {
            String fidelity = new String[]{"ideal", "static", "full"}[i];
            try (Bench bench = open(chip, "format: 1", "format: 1", "&fidelity=" + fidelity)) {
                double[] low = cycle(bench, chip, 12)[1];
                double[] again = read(bench.run(PulseProgram.of(chip.read, ALL)));
                double median = Arrays.stream(low).sorted().toArray()[CELLS / 2];
                spread[i] = Arrays.stream(low).map(x -> Math.abs(x - median)).sum() / CELLS / median;
                noise[i] = IntStream.range(0, CELLS).mapToDouble(c -> Math.abs(again[c] - low[c])).sum() / CELLS
                        / median;
            }
        }
        assertTrue(spread[0] < 1e-9 && noise[0] < 1e-6, "ideal: " + spread[0] + ", " + noise[0]);
        assertTrue(spread[1] > 0.01 && noise[1] < 1e-6, "static: " + spread[1] + ", " + noise[1]);
        assertTrue(spread[2] > 0.01 && noise[2] > 5e-4, "full: " + spread[2] + ", " + noise[2]);
    }
}
