package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.memloop.learn.Epoch;
import org.memloop.learn.Ledger;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    private Console console(boolean terminal) {
        return new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), terminal, now::get);
    }

    private static EpochRow epoch(int number) {
        Ledger before = new Ledger(new int[][]{{5}, {3}}, new int[][]{{2}, {0}}, 1, 0, 0, OptionalDouble.of(0.25));
        Ledger after = new Ledger(new int[][]{{41005}, {3}}, new int[][]{{232}, {0}}, 18, 4, 2,
                OptionalDouble.of(0.75));
        return new EpochRow(new Epoch(number, 0.8125, 0.8344, 41230, 17, 0.01, 12.34), 0.8301, before, after);
    }

    @Test
    void an_epoch_is_a_line_with_the_time_that_is_left() {
        Console console = console(false);
        console.epoch(epoch(1), 5);
        console.epoch(epoch(5), 5);
        assertEquals("""
                epoch 1/5  train 81.3 %  validation 83.4 %  pulses 41,230  12.3 s  done in 49 s
                epoch 5/5  train 81.3 %  validation 83.4 %  pulses 41,230  12.3 s
                """, out.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void json_is_one_object_on_a_line_and_nothing_else() {
        Console console = console(false).withJson(true);
        console.remark("hello");
        console.result("best 83.4 %");
        console.epoch(epoch(3), 5);
        console.object(Map.of("pulses", 7));
        assertEquals("""
                {"epoch":3,"trainAccuracy":0.8125,"validationAccuracy":0.8344,"testAccuracy":0.8301,"pulses":41230,\
                "pulsesPerLayer":[41230,0],"mostPulsesPerLayer":[41237,3],"blocked":17,"saturated":2,\
                "energyJoules":0.5,"blockedDevices":4,"seconds":12.34}
                {"pulses":7}
                """, out.toString(StandardCharsets.UTF_8));
        assertEquals(3, err.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void without_a_terminal_progress_is_a_line_now_and_then() {
        try (Progress progress = console(false).progress("epoch 1/5", 400)) {
            for (int batch = 1; batch <= 400; batch++) {
                now.updateAndGet(t -> t.plusMillis(100));
                progress.reach(batch);
            }
        }
        assertEquals("""
                epoch 1/5  25 %  100/400  done in 30 s
                epoch 1/5  50 %  200/400  done in 20 s
                epoch 1/5  75 %  300/400  done in 10.0 s
                """, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void on_a_terminal_progress_is_a_bar_on_standard_error() {
        try (Progress progress = console(true).progress("epoch 1/5", 400)) {
            progress.reach(100);
        }
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("epoch 1/5"), err.toString(StandardCharsets.UTF_8));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void durations_read_as_people_say_them() {
        assertEquals("0.5 s", Console.duration(0.5));
        assertEquals("59 s", Console.duration(59.4));
        assertEquals("4 min 10 s", Console.duration(250));
        assertEquals("2 h 5 min", Console.duration(7500));
    }
}
