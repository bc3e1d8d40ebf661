package org.memloop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.calibration.WeakResetTraces;
import org.memloop.experiments.BenchmarkPlan;
import org.memloop.experiments.Console;
import org.memloop.experiments.CrossbarPlan;
import org.memloop.experiments.GenerateTracesPlan;
import org.memloop.experiments.MeasureTracesPlan;
import org.memloop.experiments.Preset;
import org.memloop.experiments.RulePlan;
import org.memloop.experiments.SynapsePlan;
import org.memloop.experiments.TrainPlan;
import org.memloop.experiments.thesis.FigurePlan;
import org.memloop.experiments.thesis.ResultsPlan;
import org.memloop.learn.BetaSign;
import org.memloop.learn.Biases;
import org.memloop.learn.EqProp;
import org.memloop.learn.PairSettings;
import org.memloop.learn.Seed;
import org.memloop.sim.crossbar.Wires;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class MemloopTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StringWriter usage = new StringWriter();
    private final List<TrainPlan> trained = new ArrayList<>();
    private final List<BenchmarkPlan> measured = new ArrayList<>();
    private final List<GenerateTracesPlan> generated = new ArrayList<>();
    private final List<MeasureTracesPlan> recorded = new ArrayList<>();
    private final List<FigurePlan> drawn = new ArrayList<>();
    private final List<ResultsPlan> written = new ArrayList<>();
    private final List<CrossbarPlan> mapped = new ArrayList<>();

    private CommandLine line(ToIntFunction<TrainPlan> train) {
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, InstantSource.fixed(Instant.EPOCH));
        return Memloop.commandLine(console, new TrainCommand(train), new FigureCommand(plan -> {
            drawn.add(plan);
            return 0;
        }, () -> 0), new ResultsCommand(plan -> {
            written.add(plan);
            return 0;
        }),
                new CommandLine(new BenchmarkCommand()).addSubcommand(new BenchmarkBenchCommand(plan -> {
                    measured.add(plan);
                    return 0;
                })), new CommandLine(new TracesCommand()).addSubcommand(new TracesGenerateCommand(plan -> {
                    generated.add(plan);
                    return 0;
                })).addSubcommand(new TracesMeasureCommand(plan -> {
                    recorded.add(plan);
                    return 0;
                })), new CrossbarCommand(plan -> {
                    mapped.add(plan);
                    return 0;
                })).setOut(new PrintWriter(usage, true));
    }

    private int memloop(String... arguments) {
        return line(plan -> {
            trained.add(plan);
            return 0;
        }).execute(arguments);
    }

    private int failing(RuntimeException failure, String... arguments) {
        return line(_ -> {
            throw failure;
        }).execute(arguments);
    }

    private static PairSettings pairs(TrainPlan plan) {
        return assertInstanceOf(SynapsePlan.Pairs.class, plan.synapses()).settings();
    }

    private String error() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void train_without_a_word_more_has_every_setting() {
        assertEquals(0, memloop("train"));
        TrainPlan plan = trained.getFirst();
        assertEquals("wire:?seed=1", plan.bench().toString());
        assertEquals(TrainPlan.Source.DIGITS, plan.images().source());
        assertEquals(Optional.ofNullable(System.getenv("MEMLOOP_DATA")).map(Path::of), plan.images().folder());
        assertTrue(plan.images().limit().isEmpty());
        assertEquals(List.of(64, 50, 10), plan.network().sizes());
        assertEquals(List.of(10000.0, 4500.0), pairs(plan).alphas());
        assertEquals(List.of(0.2, 0.5), plan.eqprop().etas());
        assertEquals(new RulePlan.Ternary(7e-4, 5), plan.rule());
        assertEquals(1.0 / 20000, pairs(plan).thresholdSiemens());
        assertEquals(1, plan.seed());
        assertEquals(Runtime.getRuntime().availableProcessors(), plan.threads());
        assertEquals(Path.of("runs"), plan.output().runs());
        assertTrue(plan.output().report());
        assertEquals(List.of("memloop", "train"), plan.output().commandLine());
        assertEquals("64-50-10", plan.settings().get("layers"));
        assertEquals("10000.0, 4500.0 ohm", plan.settings().get("alpha"));
        assertEquals("8000", plan.settings().get("training images"));
        assertEquals("whole path, no correction", plan.settings().get("conductance card"));
    }

    @Test
    void train_takes_every_setting() {
        assertEquals(0, memloop("train", "--bench", "sim:hfox-128x64?seed=7", "--dataset", "mnist", "--data", "d",
                "--images", "1000", "--epochs", "3", "--seed", "9", "--threads", "1", "--layers", "784-100-50-10",
                "--weights", "log", "--alpha", "2", "--eta", "0.1,0.2,0.3", "--batch", "20", "--beta", "0.3", "--gth",
                "50 uS", "--input-gain", "2", "--journal", "off", "--out", "o", "--note", "a", "--note", "b",
                "--no-report", "--json"));
        TrainPlan plan = trained.getFirst();
        assertEquals("7", plan.bench().parameters().get("seed"));
        assertEquals(Path.of("d"), plan.images().folder().orElseThrow());
        assertEquals(1000, plan.images().limit().orElseThrow());
        assertEquals(List.of(2.0, 2.0, 2.0), pairs(plan).alphas());
        assertEquals(List.of(0.1, 0.2, 0.3), plan.eqprop().etas());
        assertEquals(new RulePlan.Ternary(7e-4, 5), plan.rule());
        assertEquals(50e-6, pairs(plan).thresholdSiemens());
        assertEquals(List.of("a", "b"), plan.output().notes());
        assertFalse(plan.output().report());
        assertTrue(plan.output().json());
        assertFalse(plan.output().journal());
    }

    @Test
    void a_synapse_is_a_pair_or_one_device_and_a_reference() {
        assertEquals(0, memloop("train", "--synapse", "reference", "--reference", "90 uS", "--gth-read", "fresh"));
        assertEquals(90e-6, pairs(trained.getFirst()).referenceSiemens().orElseThrow(), 1e-12);
        assertEquals(PairSettings.ThresholdRead.FRESH, pairs(trained.getFirst()).thresholdRead());
        assertTrue(trained.getFirst().settings().get("synapse").startsWith("one cell and a reference of "));
        assertEquals("5.0E-5 S, compared with a fresh reading",
                trained.getFirst().settings().get("conductance threshold"));
        assertEquals(2, memloop("train", "--synapse", "reference"));
        assertTrue(error().contains("say it with --reference"), error());
        assertEquals(2, memloop("train", "--reference", "90 uS"));
        assertTrue(error().contains("--reference has no effect with pairs of devices"), error());
        assertEquals(2, memloop("train", "--bench", "ideal:", "--gth-read", "fresh"));
        assertEquals(1, trained.size());
    }

    @Test
    void logarithmic_weights_bring_scales_of_their_own() {
        memloop("train", "--weights", "log");
        assertEquals(List.of(2.2, 1.0), pairs(trained.getFirst()).alphas());
    }

    @Test
    void ideal_synapses_learn_by_any_rule() {
        assertEquals(0, memloop("train", "--bench", "ideal:?seed=3"));
        assertEquals(new SynapsePlan.Ideal(1.4e-3), trained.getLast().synapses());
        assertEquals(new RulePlan.Ternary(7e-4, 5), trained.getLast().rule());
        assertEquals(0, memloop("train", "--bench", "ideal:", "--rule", "quantized", "--theta", "1e-5", "--max-pulses",
                "7", "--step", "3e-5", "--biases", "like_synapses", "--sign", "symmetric", "--free-steps", "50",
                "--nudge-steps", "20", "--time-step", "0.25"));
        TrainPlan plan = trained.getLast();
        assertEquals(new SynapsePlan.Ideal(3e-5), plan.synapses());
        assertEquals(new RulePlan.Quantized(1e-5, 7), plan.rule());
        assertEquals(new EqProp(50, 20, 0.25, 0.1, 100, List.of(0.2, 0.5), BetaSign.SYMMETRIC, Biases.LIKE_SYNAPSES,
                EqProp.Start.ZERO), plan.eqprop());
        assertEquals("ideal", plan.settings().get("weights"));
        assertEquals("at most 7", plan.settings().get("pulses at a time"));
        assertEquals(0, memloop("train", "--bench", "ideal:", "--rule", "continuous"));
        assertEquals(new RulePlan.Continuous(), trained.getLast().rule());
        assertFalse(trained.getLast().settings().containsKey(SynapsePlan.TRAVEL));
        assertEquals(0, memloop("train", "--bench", "ideal:", "--rule", "continuous", "--travel"));
        assertEquals(new SynapsePlan.Ideal(1.4e-3, true), trained.getLast().synapses());
        assertEquals("kept", trained.getLast().settings().get(SynapsePlan.TRAVEL));
        assertEquals(0, memloop("train", "--rule", "probabilistic"));
        assertEquals(new RulePlan.Probabilistic(7e-4), trained.getLast().rule());
    }

    @Test
    void a_preset_brings_its_settings_and_the_command_line_goes_before_them() {
        assertEquals(0, memloop("train", "--preset", "thesis-3.17-learnable", "--seed", "0"));
        TrainPlan plan = trained.getLast();
        assertEquals("ideal:?seed=0", plan.bench().toString());
        assertEquals(TrainPlan.Source.MNIST, plan.images().source());
        assertEquals(List.of(784, 512, 10), plan.network().sizes());
        assertEquals(new RulePlan.Quantized(1.5e-5, 9), plan.rule());
        assertEquals(new SynapsePlan.Ideal(3e-5), plan.synapses());
        assertEquals(EqProp.ofThesis(0.15, 0.01).withBiases(Biases.CONTINUOUS), plan.eqprop());
        assertEquals(List.of("memloop", "train", "--preset", "thesis-3.17-learnable", "--seed", "0"),
                plan.output().commandLine());

        assertEquals(0, memloop("train", "--theta", "2.5e-5", "--preset", "thesis-3.9", "--epochs", "3"));
        assertEquals(new RulePlan.Ternary(2.5e-5, 1), trained.getLast().rule());
        assertEquals(new SynapsePlan.Ideal(1e-4), trained.getLast().synapses());
        assertEquals(3, trained.getLast().epochs());

        for (String[] words : new String[][]{{"train", "--preset", "thesis-3.4"},
                {"train", "--travel", "--preset", "thesis-3.4"}}) {
            assertEquals(0, memloop(words));
            assertEquals(new SynapsePlan.Ideal(1.4e-3, true), trained.getLast().synapses());
        }

        assertEquals(0, memloop("train", "--preset", "thesis-4.18b", "--bench", "traces:t.h5"));
        plan = trained.getLast();
        assertEquals("traces:t.h5?columns=794&rows=1024&seed=1", plan.bench().toString());
        assertEquals(PairSettings.logarithmic(1.2, 1.0).withThreshold(1.0 / 16000), pairs(plan));
        assertEquals(EqProp.ofThesis(0.2, 0), plan.eqprop());

        assertEquals(0, memloop("train", "--preset", "thesis-4.12", "--bench", "traces:t.h5", "--weights", "log"));
        assertEquals(List.of(2.2, 1.0), pairs(trained.getLast()).alphas());
    }

    @Test
    void every_preset_makes_a_plan() {
        for (String preset : Preset.NAMES) {
            String bench = preset.startsWith("thesis-4") ? "traces:t.h5" : "ideal:";
            assertEquals(0, memloop("train", "--preset", preset, "--bench", bench), error());
            TrainPlan plan = trained.getLast();
            plan.rule().rule(new Seed(1));
            if (bench.startsWith("traces")) {
                var uri = plan.bench();
                assertEquals(2 * plan.network().synapses(), uri.number("rows", 0) * uri.number("columns", 0), preset);
            }
        }
    }

    @Test
    void benchmark_takes_several_benches() {
        assertEquals(0, memloop("benchmark", "bench", "--bench", "sim:a", "--bench", "wire:b", "--rounds", "7"));
        assertEquals(List.of("sim:a", "wire:b"), measured.getFirst().benches().stream().map(Object::toString).toList());
        assertEquals(7, measured.getFirst().rounds());
    }

    @Test
    void traces_generate_without_a_word_more_has_the_devices_of_the_thesis() {
        assertEquals(0, memloop("traces", "generate"));
        assertEquals(List.of(new GenerateTracesPlan(WeakResetTraces.HFOX, 314, 5000, 0, Path.of("traces.h5"))),
                generated);
        assertEquals(0, memloop("traces", "generate", "--out", "t.npy", "--devices", "3", "--pulses", "7", "--seed",
                "-2", "--start", "0.1 mS", "--start-spread", "0", "--slope", "8 nS", "--slope-spread", "0.5"));
        GenerateTracesPlan plan = generated.getLast();
        assertEquals(new WeakResetTraces.Start(1e-4, 0, 1 / 30e3, 1 / 3.5e3), plan.traces().start());
        assertEquals(new WeakResetTraces.Slope(8e-9, 0.5, 1, 1), plan.traces().slope());
        assertEquals(-2, plan.seed());
        for (String wrong : List.of("--devices=0", "--pulses=-1", "--slope=8 V", "--start=0 S", "--start-spread=-1")) {
            assertEquals(2, memloop("traces", "generate", wrong), wrong);
        }
        assertEquals(2, generated.size());
    }

    @Test
    void crossbar_without_a_word_more_is_that_of_the_figure() {
        assertEquals(0, memloop("crossbar"));
        Wires wires = new Wires(0.1, 0.1, 0, 0, Wires.Side.LEFT, Wires.End.TOP);
        assertEquals(List.of(new CrossbarPlan(new CrossbarPlan.Cells.Random(512, 512, 1e-6, 1e-3, 1), wires,
                Optional.of(64), Optional.empty())), mapped);
        assertEquals(0, memloop("crossbar", "--file", "w.csv", "--wire", "2 ohm", "--driver", "1 kohm", "--input",
                "50 ohm", "--source", "right", "--sense", "bottom", "--tile", "0", "--out", "map"));
        assertEquals(new CrossbarPlan(new CrossbarPlan.Cells.Recorded(Path.of("w.csv")),
                new Wires(2, 2, 1000, 50, Wires.Side.RIGHT, Wires.End.BOTTOM), Optional.empty(),
                Optional.of(Path.of("map"))), mapped.getLast());
        for (String wrong : List.of("--rows=0", "--columns=-1", "--tile=-1", "--wire=0 ohm", "--wire=1 V",
                "--driver=-1 ohm", "--least=1 S", "--sense=left")) {
            assertEquals(2, memloop("crossbar", wrong), wrong);
        }
        assertEquals(2, mapped.size());
    }

    @Test
    void traces_measure_takes_every_setting() {
        assertEquals(0, memloop("traces", "measure", "--bench", "wire:?seed=3", "--out", "die.csv", "--devices", "5",
                "--pulses", "70", "--runs", "r", "--note", "wafer 3"));
        MeasureTracesPlan plan = recorded.getFirst();
        assertEquals(new MeasureTracesPlan(BenchUri.parse("wire:?seed=3"), 5, 70, Path.of("die.csv"), Path.of("r"),
                List.of("wafer 3"), plan.commandLine()), plan);
        assertEquals(List.of("memloop", "traces", "measure"), plan.commandLine().subList(0, 3));
        assertEquals(2, memloop("traces", "measure", "--bench", "nowhere"));
        assertEquals(2, memloop("traces", "measure", "--devices", "0"));
        assertEquals(2, memloop("traces"));
    }

    @Test
    void a_figure_takes_every_setting() {
        assertEquals(0,
                memloop("figure", "4.12", "--seeds", "2", "--epochs", "5", "--jobs", "1", "--data", "d", "--runs",
                        "r", "--out", "f", "--bench", "traces:mine.h5"));
        assertEquals(List.of(new FigurePlan("4.12", 2, OptionalInt.of(5), 1, Optional.of(Path.of("d")),
                Optional.of(BenchUri.parse("traces:mine.h5")), Path.of("r"), Path.of("f"))), drawn);
        assertEquals(0, memloop("figure", "--list"));
        assertEquals(0, memloop("figure", "list"));
        for (String wrong : List.of("--seeds=2", "--seeds=0 3.6", "--epochs=0 3.6", "--bench=nowhere 4.12")) {
            assertEquals(2, memloop(("figure " + wrong).split(" ")), wrong);
        }
        assertEquals(1, drawn.size());
    }

    @Test
    void results_take_every_setting() {
        assertEquals(0, memloop("results"));
        assertEquals(Set.of(), written.getFirst().sections());
        assertEquals(Runtime.getRuntime().availableProcessors(), written.getFirst().jobs());
        assertEquals(0, memloop("results", "--only", "chapter-3,sim", "--seeds", "3", "--epochs", "2", "--jobs", "1",
                "--rounds", "7", "--rival", "x.sh", "--data", "d", "--runs", "r", "--out", "p.md"));
        assertEquals(new ResultsPlan(Set.of("chapter-3", "sim"), 3, OptionalInt.of(2), 1, 7,
                Optional.of(Path.of("x.sh")), Optional.of(Path.of("d")),
                Path.of("r"), Path.of("p.md"), written.getLast().commandLine()), written.getLast());
        for (String wrong : List.of("--seeds=0", "--epochs=0", "--jobs=-1", "--rounds=0")) {
            assertEquals(2, memloop("results", wrong), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({"--epochs 0,--epochs must be 1 or more", "--alpha 1;2;3,2 layers of weights",
            "--gth 5_V,not a quantity in S", "--bench nowhere,has no scheme", "--dataset cats,--dataset",
            "--colour red,--colour", "--beta -1,--beta must be more than 0", "--layers 64-x-10,--layers",
            "--rule continuous,need the bench ideal:", "--biases continuous,need the bench ideal:",
            "--step 1,--step has no effect with the bench wire:",
            "--travel --no-report,--travel has no effect with the bench wire:",
            "--max-pulses 3,no effect with the rule ternary",
            "--preset cats,there is no preset 'cats'", "--preset thesis-4.12,--bench traces:FILE",
            "--bench ideal:die,have the address ideal:", "--bench ideal:?rows=4,unknown key", "--rule odd,--rule"})
    void a_wrong_command_line_is_one_line_and_exit_code_2(String option, String told) {
        String[] words = option.replace(';', ',').split(" ");
        assertEquals(2, memloop("train", words[0], words[1].replace('_', ' ')));
        assertEquals(1, error().lines().count(), error());
        assertTrue(error().startsWith("memloop: ") && error().contains(told), error());
        assertTrue(trained.isEmpty());
    }

    @Test
    void no_command_is_a_usage_error() {
        assertEquals(2, memloop());
        assertEquals("memloop: say which command; see 'memloop --help'\n", error());
        assertEquals(2, memloop("benchmark"));
    }

    @Test
    void a_failure_is_one_line_and_exit_code_1() {
        assertEquals(1, failing(new ConfigurationException("lab.yaml: no key 'router'"), "train"));
        assertEquals("memloop: lab.yaml: no key 'router'\n", error());
        err.reset();
        assertEquals(1, failing(new UncheckedIOException(new NoSuchFileException("digits.csv")), "train"));
        assertEquals("memloop: digits.csv: there is no such file\n", error());
        err.reset();
        assertEquals(1, failing(new IllegalStateException("odd"), "train"));
        assertEquals(1, error().lines().count());
        assertTrue(error().contains("odd") && error().contains("--verbose"), error());
    }

    @Test
    void verbose_shows_where_it_happened() {
        assertEquals(1, failing(new ConfigurationException("lab.yaml: no key 'router'"), "train", "-v"));
        assertTrue(error().contains("at org.memloop.cli.MemloopTest"), error());
    }

    @Test
    void an_interrupted_run_is_exit_code_130() {
        assertEquals(130, failing(new CancellationException("stopped by Ctrl-C"), "train"));
        assertEquals("memloop: stopped by Ctrl-C\n", error());
    }

    @Test
    void every_command_and_option_is_described_and_has_an_example() {
        described(line(_ -> 0).getCommandSpec());
    }

    @Test
    void the_first_help_has_an_example_of_every_command() {
        CommandSpec root = line(_ -> 0).getCommandSpec();
        String examples = String.join("\n", root.usageMessage().footer());
        for (CommandSpec command : root.subcommands().values().stream().map(CommandLine::getCommandSpec).toList()) {
            assertTrue(examples.contains("memloop " + command.name()), command.name());
            command.subcommands().values().forEach(sub -> assertTrue(
                    examples.contains("memloop " + command.name() + " " + sub.getCommandSpec().name()),
                    sub.getCommandSpec().qualifiedName()));
        }
    }

    private static void described(CommandSpec spec) {
        if (spec.name().equals("help")) {
            return;
        }
        String name = spec.qualifiedName();
        assertTrue(spec.usageMessage().description().length > 0, name);
        assertTrue(String.join("\n", spec.usageMessage().footer()).contains("memloop "), name + " has no example");
        spec.options().forEach(option -> {
            String text = String.join(" ", option.description());
            assertFalse(text.isBlank(), name + " " + option.longestName());
            boolean optional = option.arity().max() == 0 || option.longestName().equals("--note");
            assertTrue(optional || text.contains("default: "), name + " " + option.longestName() + " has no default");
        });
        spec.subcommands().values().forEach(sub -> described(sub.getCommandSpec()));
    }

    @Test
    void help_and_version_go_to_standard_output() {
        assertEquals(0, memloop("--help"));
        assertTrue(usage.toString().contains("Exit codes:") && usage.toString().contains("benchmark"), "" + usage);
        usage.getBuffer().setLength(0);
        assertEquals(0, memloop("help", "train"));
        assertTrue(usage.toString().contains("--gth"), "" + usage);
        usage.getBuffer().setLength(0);
        assertEquals(0, memloop("train", "--version"));
        assertTrue(usage.toString().startsWith("memloop "), "" + usage);
        assertEquals("", error());
    }
}
