package org.memloop.cli;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import org.memloop.experiments.BenchmarkBench;
import org.memloop.experiments.BenchmarkDevices;
import org.memloop.experiments.BenchmarkEqprop;
import org.memloop.experiments.BenchmarkLinks;
import org.memloop.experiments.Console;
import org.memloop.experiments.FitCard;
import org.memloop.experiments.GenerateTraces;
import org.memloop.experiments.MapCrossbar;
import org.memloop.experiments.MeasureTraces;
import org.memloop.experiments.RehearseTraces;
import org.memloop.experiments.RehearseTrain;
import org.memloop.experiments.Train;
import org.memloop.experiments.ValidateDevices;
import org.memloop.experiments.thesis.DrawFigure;
import org.memloop.experiments.thesis.Results;
import org.memloop.run.Environment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Start the program: read the command line, run the command, and end with its exit code. */
@Command(name = "memloop", mixinStandardHelpOptions = true,
        versionProvider = Memloop.Version.class, sortOptions = false, usageHelpAutoWidth = true,
        description = "Train networks on memristor arrays, real or simulated, and measure the benches they sit on.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
                "0:done", "1:failed; one line on standard error says why", "2:wrong command line",
                "130:interrupted (Ctrl-C)"},
        footerHeading = "%nExamples:%n", footer = {
                "  memloop train                             on a virtual die",
                "  memloop train --bench sim:hfox-128x64     without instruments",
                "  memloop figure 3.6 --data ~/mnist         a figure of the thesis, again",
                "  memloop results --data ~/mnist            the thesis's results, again",
                "  memloop campaign run thesis               form, cycle and characterize a die",
                "  memloop traces generate --out traces.h5   make up 314 devices",
                "  memloop traces measure --bench sim:hfox-128x64 --out die.h5",
                "  memloop crossbar --out map                what 512 x 512 cells lose in their wires",
                "  memloop fit rram-64k --recording set_sweep.tsv reset_sweep.tsv",
                "  memloop benchmark bench                   pulses a second",
                "  memloop benchmark eqprop --data ~/mnist   seconds of an epoch",
                "  memloop validate devices                  simulated cells against known numbers",
                "  memloop lab start                         instruments for any program",
                "  memloop help train                        settings of a command"})
public final class Memloop implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = {"-v",
            "--verbose"}, scope = ScopeType.INHERIT, order = 100,
            description = "With an error, show where in the program it happened.")
    private boolean verbose;

    private Memloop() {}

    /**
     * Run one command and end the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String... arguments) {
        boolean terminal = Boolean.parseBoolean(System.getProperty("memloop.terminal",
                String.valueOf(System.console() != null && System.console().isTerminal())));
        Console console = new Console(System.out, System.err, terminal, InstantSource.system());
        System.exit(commandLine(console, commands(console)).execute(arguments));
    }

    static Object[] commands(Console console) {
        CommandLine benchmark = new CommandLine(new BenchmarkCommand())
                .addSubcommand(new BenchmarkBenchCommand(plan -> done(() -> BenchmarkBench.run(plan, console))))
                .addSubcommand(new BenchmarkEqpropCommand(
                        plan -> done(() -> new BenchmarkEqprop(plan, System::nanoTime).run(console))));
        benchmark.addSubcommand(
                new BenchmarkDevicesCommand(plan -> done(() -> new BenchmarkDevices(plan, console).run())));
        benchmark.addSubcommand(
                new BenchmarkLinksCommand(plan -> done(() -> new BenchmarkLinks(plan, console).run())));
        CommandLine traces = new CommandLine(new TracesCommand())
                .addSubcommand(new TracesGenerateCommand(plan -> done(() -> GenerateTraces.run(plan, console))))
                .addSubcommand(new TracesMeasureCommand(plan -> done(() -> new MeasureTraces(plan, console).run()),
                        plan -> kept(RehearseTraces.run(plan, console))))
                .addSubcommand(new TracesImportCommand(console));
        ResultsCommand results = new ResultsCommand(plan -> done(
                () -> new Results(plan, new TrainWords(console), console, Clock.systemDefaultZone()).run()));
        FigureCommand figure = new FigureCommand(
                plan -> done(() -> new DrawFigure(plan, new TrainWords(console), console).run()),
                () -> done(() -> DrawFigure.list(console)));
        CommandLine validate = new CommandLine(new ValidateCommand()).addSubcommand(
                new ValidateDevicesCommand(plan -> new ValidateDevices(plan, console).run() ? 0 : 1));
        CrossbarCommand crossbar = new CrossbarCommand(
                plan -> done(() -> new MapCrossbar(plan, System::nanoTime).run(console)));
        CommandLine fit = new CommandLine(new FitCommand(plan -> done(() -> new FitCard(plan, console).run())));
        return new Object[]{new TrainCommand(plan -> done(() -> new Train(plan, console).run()),
                plan -> kept(RehearseTrain.run(plan, console))), figure, results,
                traces, fit, crossbar, benchmark, validate, lab(console),
                new ResumeCommand(), new AcknowledgeCommand(console), new RunsCommand(console),
                new AnalyzeCommand(console),
                new SelftestCommand(console), new CampaignCommand(console), new DieCommand(console)};
    }

    /** A rehearsal fails when a limit would be broken, so that a script can ask. */
    private static int kept(boolean everyLimit) {
        return everyLimit ? 0 : 1;
    }

    private static CommandLine lab(Console console) {
        return new CommandLine(new LabCommand(console)).addSubcommand(new LabProofCommands.Check(console))
                .addSubcommand(new LabProofCommands.Prove(console)).addSubcommand(new LabDiscoverCommand(console))
                .addSubcommand(new LabProofCommands.Example(console))
                .addSubcommand(new LabProofCommands.Record(console))
                .addSubcommand(new LabProofCommands.Schema(console));
    }

    /** A command that comes to its end has exit code 0; failures are told by {@link Failures}. */
    private static int done(Runnable work) {
        work.run();
        return 0;
    }

    /**
     * Put the commands together.
     *
     * @param console where failures are told
     * @param commands objects with a {@link Command} annotation
     * @return a command line ready to be executed
     */
    static CommandLine commandLine(Console console, Object... commands) {
        Memloop memloop = new Memloop();
        CommandLine line = new CommandLine(memloop);
        Arrays.stream(commands).forEach(line::addSubcommand);
        line.addSubcommand(new HelpCommand());
        Failures failures = new Failures(console, () -> memloop.verbose);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    /** Refuse to do nothing. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Environment here = Environment.detect();
            String commit = here.commit().map(hash -> ", commit " + hash + (here.modified() ? " with changes" : ""))
                    .orElse("");
            return new String[]{"memloop " + here.memloop() + commit, "Java " + here.java(), here.system()};
        }
    }
}
