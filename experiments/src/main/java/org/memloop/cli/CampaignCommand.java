package org.memloop.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchUri;
import org.memloop.experiments.Console;
import org.memloop.experiments.campaign.CampaignControl;
import org.memloop.experiments.campaign.CampaignControl.Order;
import org.memloop.experiments.campaign.CampaignFile;
import org.memloop.experiments.campaign.CampaignPlan;
import org.memloop.experiments.campaign.CampaignSchema;
import org.memloop.experiments.campaign.RehearseCampaign;
import org.memloop.experiments.campaign.RunCampaign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Run campaigns, and steer those that run. */
@Command(name = "campaign", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
        usageHelpAutoWidth = true,
        description = "Take procedures to many cells: forming, conditioning, statistics, write-verify, weak RESET, "
                + "retention and others, as a file says.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  memloop campaign run thesis --bench wire:", "  memloop campaign status runs/0003-campaign",
                "  memloop campaign pause runs/0003-campaign", "  memloop campaign schema > campaign.schema.json"})
final class CampaignCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    CampaignCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "say what to do: run, status, pause, resume, abort, list or schema");
    }

    @Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            sortOptions = false, usageHelpAutoWidth = true,
            description = "Run a campaign. On instruments the pulses are real and wear the cells.")
    int run(@Parameters(paramLabel = "CAMPAIGN",
            description = "A campaign file, or the name of a built-in campaign (see 'memloop campaign list').") String name,
            @Option(names = "--bench", paramLabel = "URI", defaultValue = "wire:",
                    description = "Address of the bench: rack:FILE, wire:[FILE], sim:NAME, traces:FILE "
                            + "(default: ${DEFAULT-VALUE}).") String bench,
            @Mixin ChipOptions chip, @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs",
                    description = "Folder that gets a folder for this run (default: ${DEFAULT-VALUE}).") Path runs,
            @Option(names = "--no-report", description = "Write no page at the end.") boolean noReport,
            @Option(names = "--note", paramLabel = "TEXT",
                    description = "Remark to keep with the run; may be repeated.") List<String> notes,
            @Option(names = "--dry-run",
                    description = "Say what would be done, how long it takes and how it wears the cells; nothing is "
                            + "connected.") boolean dryRun,
            @Mixin ResumeOption resume) {
        List<String> words = new ArrayList<>(List.of("memloop"));
        words.addAll(spec.root().commandLine().getParseResult().originalArgs());
        String text = CampaignFile.text(name);
        CampaignPlan plan;
        try {
            plan = new CampaignPlan(CampaignFile.parse(name, text), text, BenchUri.parse(bench), chip.chip(),
                    resume.place(runs),
                    !noReport, notes == null ? List.of() : notes, words);
        } catch (BenchException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        if (dryRun) {
            return RehearseCampaign.run(plan, console) ? 0 : 1;
        }
        new RunCampaign(plan, console).run();
        return 0;
    }

    @Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true, description = "Say how far a campaign is.")
    int status(@Parameters(paramLabel = "RUN", description = "Folder of its run.") Path run) {
        Map<String, Object> said = CampaignControl.status(run);
        said.forEach((key, value) -> console.result(String.format("%-8s %s", key, value)));
        return 0;
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true,
            description = "Let a campaign wait after the program that is being fired, with every line on ground.")
    int pause(@Parameters(paramLabel = "RUN", description = "Folder of its run.") Path run) {
        return order(run, Order.PAUSE, "pauses");
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true, description = "Let a campaign that waits go on.")
    int resume(@Parameters(paramLabel = "RUN", description = "Folder of its run.") Path run) {
        return order(run, Order.RESUME, "goes on");
    }

    @Command(name = "abort", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true,
            description = "End a campaign after the program that is being fired; what was measured is kept.")
    int abort(@Parameters(paramLabel = "RUN", description = "Folder of its run.") Path run) {
        return order(run, Order.ABORT, "ends");
    }

    private int order(Path run, Order order, String what) {
        CampaignControl.order(run, order);
        console.result("the campaign in " + run + " " + what + " after its present program");
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true, description = "Name the built-in campaigns.")
    int list() {
        CampaignFile.BUILT_IN.forEach(name -> console.result(String.format("%-18s %s", name,
                CampaignFile.parse(name, CampaignFile.text(name)).description())));
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true, description = "Print the text of a campaign, to start one of your own from.")
    int show(@Parameters(paramLabel = "CAMPAIGN", description = "Its name or file.") String name) {
        console.result(CampaignFile.text(name).stripTrailing());
        return 0;
    }

    @Command(name = "schema", mixinStandardHelpOptions = true, versionProvider = Memloop.Version.class,
            usageHelpAutoWidth = true, description = "Print the JSON schema of campaign files, for editors.")
    int schema() {
        console.result(CampaignSchema.text());
        return 0;
    }
}
