package org.memloop.experiments.thesis;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.hipparchus.stat.descriptive.rank.Median;
import org.memloop.bench.ConfigurationException;
import org.memloop.experiments.Console;
import org.memloop.experiments.EqpropPlan.Rule;
import org.memloop.experiments.OwnProgram;
import org.memloop.run.Environment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measure how fast learning is with each rule: on one thread and on two, and beside it another program. Two copies of the
 * program that share nothing, at the same time, tell what the machine gives to two threads at most. Everything is measured in
 * processes of its own, by turns, so that what disturbs the machine for a while disturbs all alike; how many times as fast two
 * threads are is measured in one process, epoch by epoch by turns with one thread.
 */
final class LearningSpeed {
    static final String NAME = "speed";
    private static final int THREADS = 2;
    /** On the machine of docs/results.md the halves of one core meet in 70 ns. */
    private static final double ONE_CORE_NANOS = 100;
    /** There, cores that share a third-level cache meet in up to 240 ns, others in 540 or more. */
    private static final double NEAR_NANOS = 450;
    private static final double MEBIBYTE = 0x1p20;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final ResultsPlan plan;
    private final Programs programs;
    private final Console console;
    private final Clock clock;
    private final Map<Rule, List<Round>> measured = new EnumMap<>(Rule.class);

    /** Run programs. */
    @FunctionalInterface
    interface Programs {
        /**
         * Run some at the same time and wait for all.
         *
         * @param commands program and arguments of each
         * @return the last line that each printed
         * @throws ConfigurationException when one fails
         */
        List<String> lastLines(List<List<String>> commands);
    }

    /** What {@code benchmark eqprop --json} prints. */
    record Report(double secondsPerEpoch, double fastestSeconds, OptionalDouble meetingNanos,
            OptionalDouble timesAsFast, double peakBytes, double peakFlops, double driveFlops, double freeFlops,
            double nudgeFlops, double changeFlops) {}

    /** One rule, measured once in each way. */
    private record Round(Report one, Report two, List<Report> copies, OptionalDouble rivalSeconds) {
        double meetingNanos() {
            return two.meetingNanos().orElseThrow();
        }

        double timesAsFast() {
            return two.timesAsFast().orElseThrow();
        }

        /** How much the copies do together, as a multiple of what one does alone. */
        double copiesTogether() {
            return copies.stream().mapToDouble(copy -> one.secondsPerEpoch() / copy.secondsPerEpoch()).sum();
        }
    }

    /**
     * Get ready.
     *
     * @throws ConfigurationException when the program to measure beside cannot be run
     */
    LearningSpeed(ResultsPlan plan, Programs programs, Console console, Clock clock) {
        plan.rival().filter(program -> !Files.isExecutable(program)).ifPresent(program -> {
            throw new ConfigurationException(program + ": there is no such program, or it may not be run");
        });
        this.plan = plan;
        this.programs = programs;
        this.console = console;
        this.clock = clock;
    }

    /** Measures. {@return text in Markdown} */
    String text() {
        LocalDateTime begun = LocalDateTime.now(clock);
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Rule rule : Rule.values()) {
                Round done = measure(rule);
                measured.computeIfAbsent(rule, _ -> new ArrayList<>()).add(done);
                console.remark(String.format(Locale.ROOT, "speed %d/%d  %s  %.3f s, on two threads %.3f s%s", round,
                        plan.rounds(), word(rule), done.one().secondsPerEpoch(), done.two().secondsPerEpoch(),
                        done.rivalSeconds().stream()
                                .mapToObj(s -> String.format(Locale.ROOT, ", the other program %.2f s",
                                        s))
                                .collect(Collectors.joining())));
            }
        }
        return seconds() + "\n" + floatingPoint() + "\n" + origin(begun);
    }

    private static String word(Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    private Round measure(Rule rule) {
        Report one = own(rule, List.of("1"), 1).getFirst();
        Report two = own(rule, List.of("" + THREADS, "--by-turns"), 1).getFirst();
        List<Report> copies = own(rule, List.of("1"), THREADS);
        OptionalDouble rival = plan.rival().map(program -> OptionalDouble.of(rivalSeconds(program, rule)))
                .orElse(OptionalDouble.empty());
        return new Round(one, two, copies, rival);
    }

    private List<Report> own(Rule rule, List<String> threads, int copies) {
        List<String> words = new ArrayList<>(
                List.of("benchmark", "eqprop", "--rule", word(rule), "--json", "--threads"));
        words.addAll(threads);
        plan.data().ifPresent(data -> words.addAll(List.of("--data", data.toString())));
        List<String> command = OwnProgram.command(ManagementFactory.getRuntimeMXBean().getInputArguments(), words);
        return programs.lastLines(Collections.nCopies(copies, command)).stream().map(line -> {
            try {
                return JsonMapper.shared().readValue(line, Report.class);
            } catch (JacksonException e) {
                throw new ConfigurationException("'memloop " + String.join(" ", words) + "' printed: " + line, e);
            }
        }).toList();
    }

    private double rivalSeconds(Path program, Rule rule) {
        String line = programs.lastLines(List.of(List.of(program.toAbsolutePath().toString(), word(rule)))).getFirst();
        double seconds;
        try {
            seconds = Double.parseDouble(line.strip());
        } catch (NumberFormatException _) {
            seconds = 0;
        }
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new ConfigurationException(
                    program + ": with the rule '" + word(rule) + "' its last line should be the "
                            + "seconds of an epoch, not '" + line + "'");
        }
        return seconds;
    }

    private String seconds() {
        List<String> header = new ArrayList<>(List.of("seconds for an epoch", "one thread", "two threads",
                "times as fast, by turns", "fastest epochs of both", "a meeting of the two (ns)",
                "times as fast in rounds with a meeting of " + number(0, ONE_CORE_NANOS) + " to "
                        + number(0, NEAR_NANOS) + " ns",
                "two copies at once, times as much"));
        if (plan.rival().isPresent()) {
            header.addAll(List.of("the other program, one thread", "times as fast on one thread"));
        }
        MarkdownTable table = new MarkdownTable(header);
        measured.forEach((rule, rounds) -> {
            double one = median(rounds, round -> round.one().secondsPerEpoch());
            List<String> row = new ArrayList<>(List.of(label(rule),
                    range(rounds, 3, round -> round.one().secondsPerEpoch()),
                    range(rounds, 3, round -> round.two().secondsPerEpoch()), range(rounds, 2, Round::timesAsFast),
                    number(2, fastest(rounds, Round::one) / fastest(rounds, Round::two)),
                    range(rounds, 0, Round::meetingNanos), nearby(rounds),
                    range(rounds, 2, Round::copiesTogether)));
            if (plan.rival().isPresent()) {
                row.add(range(rounds, 2, round -> round.rivalSeconds().orElseThrow()));
                row.add(number(1, median(rounds, round -> round.rivalSeconds().orElseThrow()) / one));
            }
            table.row(row);
        });
        return table.text();
    }

    /** How much faster two threads are on two cores that share a cache, and in how many rounds they had such. */
    private static String nearby(List<Round> rounds) {
        List<Round> near = rounds.stream()
                .filter(round -> round.meetingNanos() > ONE_CORE_NANOS && round.meetingNanos() < NEAR_NANOS).toList();
        return near.isEmpty()
                ? "none"
                : number(2, median(near, Round::timesAsFast)) + " (" + near.size() + ")";
    }

    private String floatingPoint() {
        MarkdownTable table = new MarkdownTable(
                List.of("% of the peak, one thread", "drive", "free phases", "nudge phases",
                        "gradient and update", "peak (GFLOP/s)", "memory (MiB)"));
        measured.forEach((rule, rounds) -> table.row(List.of(label(rule),
                share(rounds, Report::driveFlops), share(rounds, Report::freeFlops), share(rounds, Report::nudgeFlops),
                share(rounds, Report::changeFlops), number(0, median(rounds, round -> round.one().peakFlops() / 1e9)),
                number(0, median(rounds, round -> round.one().peakBytes() / MEBIBYTE)))));
        return table.text();
    }

    private static String label(Rule rule) {
        return rule == Rule.TRACES ? "ternary, recorded cells" : word(rule);
    }

    private static String share(List<Round> rounds, ToDoubleFunction<Report> flops) {
        return number(0, median(rounds, round -> 100 * flops.applyAsDouble(round.one()) / round.one().peakFlops()));
    }

    private static double fastest(List<Round> rounds, Function<Round, Report> which) {
        return rounds.stream().map(which).mapToDouble(Report::fastestSeconds).min().orElseThrow();
    }

    /** The median, and in brackets the least and the most. */
    private static String range(List<Round> rounds, int digits, ToDoubleFunction<Round> of) {
        DoubleSummaryStatistics all = DoubleStream.of(values(rounds, of)).summaryStatistics();
        return number(digits, median(rounds, of)) + (rounds.size() == 1
                ? ""
                : " (" + number(digits, all.getMin()) + " to " + number(digits, all.getMax()) + ")");
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return new Median().evaluate(values(rounds, of));
    }

    private static double[] values(List<Round> rounds, ToDoubleFunction<Round> of) {
        return rounds.stream().mapToDouble(of).toArray();
    }

    private static String number(int digits, double value) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private String origin(LocalDateTime begun) {
        Environment here = Environment.detect();
        return "Measured by `memloop results --only " + NAME + " --rounds " + plan.rounds()
                + plan.rival().map(program -> " --rival " + program.getFileName()).orElse("") + "`, "
                + MINUTE.format(begun) + " to " + MINUTE.format(LocalDateTime.now(clock)) + ", on "
                + Machine.describe(here) + "; memloop " + here.memloop()
                + here.commit().map(commit -> ", " + commit.substring(0, 12)).orElse("")
                + (here.modified() ? " with changes" : "") + ". One of them:\n\n"
                + "    memloop benchmark eqprop --rule ternary --threads " + THREADS + " --by-turns\n";
    }
}
