package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.memloop.experiments.Console;
import org.memloop.experiments.RulePlan;
import org.memloop.experiments.TrainPlan;
import picocli.CommandLine.ParameterException;

class TrainWordsTest {
    private final TrainWords words = new TrainWords(
            new Console(System.out, System.err, false, InstantSource.system()));

    @Test
    void words_mean_what_they_mean_behind_train() {
        TrainPlan plan = words
                .read(List.of("--preset", "thesis-3.9", "--theta", "2.5e-5", "--seed", "4", "--no-report"));
        assertEquals(new RulePlan.Ternary(2.5e-5, 1), plan.rule());
        assertEquals("ideal:?seed=4", plan.bench().toString());
        assertFalse(plan.output().report());
        assertEquals(List.of("memloop", "train", "--preset", "thesis-3.9"),
                plan.output().commandLine().subList(0, 4));
        assertEquals(100, words.read(List.of("--preset", "thesis-3.6")).epochs(), "nothing stays from one to the next");
    }

    @Test
    void wrong_words_are_refused() {
        assertThrows(ParameterException.class, () -> words.read(List.of("--preset", "thesis-9.9")));
        assertThrows(ParameterException.class, () -> words.read(List.of("--colour", "red")));
    }
}
