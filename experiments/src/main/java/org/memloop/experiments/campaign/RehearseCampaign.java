package org.memloop.experiments.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.memloop.bench.Blueprint;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Observation;
import org.memloop.calibration.ProcedureObserver;
import org.memloop.calibration.Verdict;
import org.memloop.campaign.CampaignListener;
import org.memloop.campaign.CampaignRun;
import org.memloop.campaign.Pass;
import org.memloop.campaign.StopException;
import org.memloop.die.CellLedger;
import org.memloop.experiments.Console;
import org.memloop.experiments.Estimate;
import org.memloop.run.Benches;
import org.memloop.run.Rehearsal;

/** Go through a campaign on paper: what would be done to which cells, how long it would take, and what it would wear. */
public final class RehearseCampaign {
    private RehearseCampaign() {}

    /**
     * Tell what would be done.
     *
     * @param plan every setting
     * @param console where it is told
     * @return whether every limit is kept
     */
    public static boolean run(CampaignPlan plan, Console console) {
        Blueprint blueprint = Benches.describe(plan.bench());
        Estimate.begin(plan.bench().toString(), blueprint, console);
        Rehearsal bench = new Rehearsal(blueprint, blueprint.capabilities().operations().only().isPresent());
        CellLedger known = plan.die().rehearse(plan.bench(), bench);
        Told told = new Told(bench, console, plan.campaign().passes());
        try {
            new CampaignRun(plan.campaign(), known, ConductanceCard.WHOLE_PATH, told, () -> {})
                    .run(bench);
        } catch (StopException e) {
            console.result("it would stop here: " + e.getMessage());
        }
        return Estimate.end(bench, blueprint, List.of(), console);
    }

    private static final class Told implements CampaignListener {
        private final Rehearsal bench;
        private final Console console;
        private final int passes;
        private long pulses;
        private long readings;
        private double seconds;

        Told(Rehearsal bench, Console console, int passes) {
            this.bench = bench;
            this.console = console;
            this.passes = passes;
        }

        @Override
        public ProcedureObserver begins(Pass pass) {
            pulses = total();
            readings = bench.readings();
            seconds = bench.clockSeconds() + bench.overheadSeconds();
            return new ProcedureObserver() {
                @Override
                public void observed(Observation observation) {
                    // paper measures nothing
                }

                @Override
                public void judged(Verdict verdict) {
                    // nor does it find anything
                }
            };
        }

        private long total() {
            return Arrays.stream(bench.wear()).sum();
        }

        @Override
        public void ends(Pass pass) {
            console.result(String.format(Locale.ROOT, "%d/%d %s%s: %s on %,d cells (%s): %,d pulses, %,d readings, %s",
                    pass.number(), passes, pass.stage(), pass.label().isEmpty() ? "" : " (" + pass.label() + ")",
                    pass.procedure().name(), pass.cells().length, ends(pass.cells()), total() - pulses,
                    bench.readings() - readings,
                    Console.duration(bench.clockSeconds() + bench.overheadSeconds() - seconds)));
        }

        private static String ends(int... cells) {
            return cells.length == 0
                    ? "none"
                    : cells.length <= 4
                            ? String.join(" ", Arrays.stream(cells).mapToObj(String::valueOf).toList())
                            : cells[0] + " " + cells[1] + " ... " + cells[cells.length - 1];
        }
    }
}
