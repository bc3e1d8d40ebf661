package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchContract;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.lab.LabFile;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.server.PseudoTerminal;

/** Cells that break abruptly, on a bench of their own and behind the instruments of a laboratory. */
class AbruptBenchTest {
    private static final Pulse READ = new Pulse("READ", Polarity.SET, 0.2, 2.5, 100e-6, true);
    private static final Pulse FORMING = new Pulse("FORMING", Polarity.SET, 3.3, 1.3, 1e-3, false);
    private static final Pulse SET = new Pulse("SET", Polarity.SET, 3.0, 1.1, 1e-6, false);
    private static final Pulse RESET = new Pulse("HARD_RESET", Polarity.RESET, 3.5, 3.0, 10e-6, false);
    private static final Pulse WEAK_RESET = new Pulse("WEAK_RESET", Polarity.RESET, 2.0, 3.0, 100e-9, false);

    /** The contract with the pulses such chips take. */
    private interface Contract extends BenchContract {
        @Override
        default Pulse like(Pulse thesis) {
            return switch (thesis.name()) {
                case "READ" -> READ;
                case "FORMING" -> FORMING;
                case "SET" -> SET;
                case "HARD_RESET" -> RESET;
                default -> WEAK_RESET;
            };
        }

        /** These cells know no small steps downward: many weak pulses leave a filament whole, or break it. */
        @Test
        @Override
        default void resetsWeaklyInSmallSteps() {
            try (Bench bench = open(6)) {
                int[] cells = IntStream.range(0, 64).map(i -> 17 * i).toArray();
                PulseProgram.Builder program = PulseProgram.builder().addAll(cells, FORMING).addAll(cells, SET)
                        .addAll(cells, READ);
                for (int cell : cells) {
                    program.add(cell, new Pulse("WEAK_RESET", Polarity.RESET, 3.0, 3.0, 100e-9, false), 60);
                }
                double[] amps = amps(bench.run(program.addAll(cells, READ).build()));
                double[] ratios = IntStream.range(0, 64).mapToDouble(i -> amps[64 + i] / amps[i]).toArray();
                assertTrue(Arrays.stream(ratios).filter(x -> x > 0.9).count() > 5, Arrays.toString(ratios));
                assertTrue(Arrays.stream(ratios).filter(x -> x < 0.6).count() > 5, Arrays.toString(ratios));
            }
        }
    }

    private static double[] amps(Readings readings) {
        return IntStream.range(0, readings.size()).mapToDouble(readings::amps).toArray();
    }

    private static Bench sim(long seed) {
        return new SimBenchProvider().open(BenchUri.parse("sim:rram-64k-64x32?seed=" + seed));
    }

    /** The die alone. */
    @Nested
    class Sim implements Contract {
        @Override
        public Bench open(long seed) {
            return sim(seed);
        }
    }

    /** The die in the socket of an emulated laboratory. */
    @Nested
    class Wire implements Contract {
        @TempDir
        private Path folder;

        @Override
        public Bench open(long seed) {
            assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
            Path file = folder.resolve("lab.yaml");
            try {
                Files.writeString(file, LabFile.builtInText().replace("technology: hfox-leti", "technology: rram-64k")
                        .replace("rows: 128", "rows: 64").replace("columns: 64", "columns: 32")
                        .replace("bit-line: 2.5 V", "bit-line: 3.4 V")
                        .replace("source-line: 2.5 V", "source-line: 3.6 V"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return new WireBenchProvider().open(BenchUri.parse("wire:" + file + "?baud=0&seed=" + seed));
        }

        @Test
        void agreesWithTheDieAloneWithinResolutionAndNoiseOfTheInstruments() {
            int[] cells = IntStream.range(0, 64).map(i -> 31 * i).toArray();
            PulseProgram.Builder program = PulseProgram.builder().addAll(cells, READ).addAll(cells, FORMING);
            for (int cycle = 0; cycle < 5; cycle++) {
                program.addAll(cells, SET).addAll(cells, READ).addAll(cells, RESET).addAll(cells, READ);
            }
            try (Bench alone = sim(5); Bench wire = open(5)) {
                Readings simulated = alone.run(program.build());
                Readings measured = wire.run(program.build());
                Capabilities.ReadAccuracy accuracy = wire.capabilities().readAccuracy();
                for (int i = 0; i < simulated.size(); i++) {
                    assertEquals(simulated.amps(i), measured.amps(i),
                            5.5 * accuracy.noiseAmps() + accuracy.resolutionAmps(), "reading " + i);
                }
            }
        }
    }
}
