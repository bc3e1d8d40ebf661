package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.data.IdxFiles;
import org.memloop.experiments.EqpropPlan.Rule;

class BenchmarkEqpropTest {
    private static final Pattern EPOCH = Pattern
            .compile("epoch (\\d)(?:, (\\d) threads?)?( \\(warm-up\\))?  ([0-9.]+) s  .*");

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** As many images as MNIST has, each with one lit pixel that gives its label away. */
    private void writeImages(String name, int count) throws IOException {
        byte[] pixels = new byte[784 * count];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
            pixels[784 * i + 60 * labels[i]] = (byte) 200;
        }
        IdxFiles.write(folder.resolve(name + "-images-idx3-ubyte"), pixels, 2051, count, 28, 28);
        IdxFiles.write(folder.resolve(name + "-labels-idx1-ubyte"), labels, 2049, count);
    }

    /** {@return the lines about epochs that a measurement of the ternary rule told} */
    private List<MatchResult> measure(int threads, boolean byTurns, int epochs) throws IOException {
        writeImages("train", 60_000);
        writeImages("t10k", 10_000);
        AtomicLong looks = new AtomicLong();
        // every look takes longer than the one before, so no two epochs take the same
        LongSupplier clockNanos = () -> {
            long n = looks.incrementAndGet();
            return n * n / 1000;
        };
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, InstantSource.system());

        new BenchmarkEqprop(new EqpropPlan(Optional.of(folder), Rule.TERNARY, threads, byTurns, 1, epochs, true),
                clockNanos).run(console);
        return told().map(EPOCH::matcher).filter(Matcher::matches).map(Matcher::toMatchResult).toList();
    }

    private Stream<String> told() {
        return err.toString(StandardCharsets.UTF_8).lines();
    }

    private static double seconds(MatchResult epoch) {
        return Double.parseDouble(epoch.group(4));
    }

    @Test
    void epochsOfWarmingUpDoNotCount() throws IOException {
        List<MatchResult> epochs = measure(1, false, 3);
        assertEquals(4, epochs.size());
        for (int i = 0; i < 4; i++) {
            assertEquals(i == 0, epochs.get(i).group(3) != null, epochs.get(i).group());
            assertNull(epochs.get(i).group(2), epochs.get(i).group());
        }
        double third = seconds(epochs.get(2));
        assertTrue(third > seconds(epochs.get(1)));
        assertTrue(told().anyMatch(line -> line.endsWith("s for an epoch of 56,000 images (median of 3)")));
        Matcher object = Pattern
                .compile("\\{\"rule\":\"ternary\",\"threads\":1,\"secondsPerEpoch\":([0-9.]+)[,}].*")
                .matcher(out.toString(StandardCharsets.UTF_8).strip());
        assertTrue(object.matches(), out.toString(StandardCharsets.UTF_8));
        assertEquals(third, Double.parseDouble(object.group(1)), 0.0006, "the middle of epochs 2, 3 and 4");
    }

    @Test
    void byTurnsOneThreadGoesFirstAndPairsOfEpochsAreCompared() throws IOException {
        List<MatchResult> epochs = measure(2, true, 2);
        assertEquals(List.of("1", "2", "1", "2", "1", "2"), epochs.stream().map(epoch -> epoch.group(2)).toList());
        assertEquals(List.of("1", "1", "2", "2", "3", "3"), epochs.stream().map(epoch -> epoch.group(1)).toList());
        double one = (seconds(epochs.get(2)) + seconds(epochs.get(4))) / 2;
        double pairs = (seconds(epochs.get(2)) / seconds(epochs.get(3))
                + seconds(epochs.get(4)) / seconds(epochs.get(5))) / 2;
        Matcher object = Pattern
                .compile("\\{\"rule\":\"ternary\",\"threads\":2,.*\"oneThreadSecondsPerEpoch\":([0-9.]+),"
                        + "\"timesAsFast\":([0-9.]+)[,}].*")
                .matcher(out.toString(StandardCharsets.UTF_8).strip());
        assertTrue(object.matches(), out.toString(StandardCharsets.UTF_8));
        assertEquals(one, Double.parseDouble(object.group(1)), 0.001);
        assertEquals(pairs, Double.parseDouble(object.group(2)), 0.02 * pairs);
        assertTrue(told()
                .anyMatch(line -> line.matches("2 threads are [0-9.]+ times as fast as one .median of 2 pairs.")));
        assertTrue(told().anyMatch(line -> line.contains("ternary, 1 thread: ")));
        assertTrue(told().anyMatch(line -> line.contains("ternary, 2 threads: ")));
    }
}
