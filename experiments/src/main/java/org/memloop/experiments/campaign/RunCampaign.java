package org.memloop.experiments.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.memloop.bench.Capabilities;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.ProcedureObserver;
import org.memloop.campaign.CampaignListener;
import org.memloop.campaign.CampaignRun;
import org.memloop.campaign.CellSet;
import org.memloop.campaign.Pass;
import org.memloop.campaign.StopException;
import org.memloop.die.CellLedger;
import org.memloop.die.JournalTally;
import org.memloop.experiments.ChipSession;
import org.memloop.experiments.Console;
import org.memloop.experiments.Interruption;
import org.memloop.experiments.Stages;
import org.memloop.report.FontsException;
import org.memloop.run.Environment;
import org.memloop.run.Run;
import org.memloop.run.RunHeader;
import org.memloop.run.RunRecord;
import org.memloop.run.Session;

/** Run a campaign on a bench and leave a record: tables, recordings, the ledger of the die, and a page. */
public final class RunCampaign {
    private final CampaignPlan plan;
    private final Console console;
    private Optional<Begun> begun = Optional.empty();
    private final ChipSession chip;

    /** What there is once the bench is open. */
    private record Begun(Run run, Capabilities capabilities, CampaignFolder folder, CellLedger ledger,
            Instant opened) {}

    /**
     * Get ready.
     *
     * @param plan every setting
     * @param console who is told
     */
    public RunCampaign(CampaignPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
        chip = new ChipSession(plan.die(), plan.bench(), console);
    }

    /**
     * Do it all.
     *
     * @return the folder of the run
     * @throws org.memloop.bench.BenchException when the bench cannot be opened or fails
     * @throws CancellationException when a person ended it; the partial run is kept
     */
    public Path run() {
        try (Interruption interruption = new Interruption(Duration.ofSeconds(20))) {
            long start = System.nanoTime();
            try {
                String how = campaign(interruption);
                close();
                Begun done = begun.orElseThrow();
                done.run().finish();
                report(done, how);
                tell(done, how, (System.nanoTime() - start) * 1e-9);
                return done.run().folder();
            } catch (RuntimeException e) {
                throw end(e, interruption);
            }
        }
    }

    /** {@return how it came to its end} */
    private String campaign(Interruption interruption) {
        try (Session session = Session.open(new Session.Request(plan.bench(), plan.place(), this::describe,
                _ -> chip.past(), true, Environment.detect(),
                Clock.systemDefaultZone()))) {
            interruption.lastResort(session::groundAtOnce);
            Begun here = begin(session);
            CampaignControl control = new CampaignControl(here.run().folder(), interruption::requested,
                    InstantSource.system());
            try (Stages stages = new Stages(console)) {
                new CampaignRun(plan.campaign(), here.ledger(), reading(),
                        new Told(here, session, control, stages), control::obey).run(chip.corrected(session.bench()));
                control.say("state", "finished");
                return "done";
            } catch (StopException e) {
                control.say("state", "stopped");
                control.say("reason", e.getMessage());
                return e.getMessage();
            } catch (RuntimeException e) {
                control.say("state", e instanceof CancellationException ? "aborted" : "failed");
                control.say("reason", String.valueOf(e.getMessage()));
                throw e;
            }
        }
    }

    private ConductanceCard reading() {
        return chip.reading(ConductanceCard.WHOLE_PATH);
    }

    /** What does not go together is told before anything is pulsed. */
    private RunHeader describe(Capabilities capabilities) {
        chip.open(capabilities, plan.campaign().read(), true);
        CellLedger known = chip.known(capabilities.geometry());
        plan.campaign().stages().forEach(stage -> requireCells(stage.cells(), known));
        return new RunHeader("campaign", plan.commandLine(), plan.settings(), plan.campaign().seed(),
                plan.bench().toString(), capabilities, plan.notes());
    }

    private Begun begin(Session session) {
        Run run = session.run();
        Capabilities capabilities = session.bench().capabilities();
        Instant opened = Instant.now();
        CellLedger ledger = chip.begin(run, capabilities.geometry(), opened, reading());
        chip.write(ledger, run.folder().resolve(ChipSession.BEFORE));
        keep(run.folder().resolve("campaign.yaml"), plan.text());
        Begun here = new Begun(run, capabilities,
                new CampaignFolder(run.folder(), capabilities.geometry(), plan.campaign().read()), ledger, opened);
        begun = Optional.of(here);
        console.result("run " + run.folder() + " on " + capabilities.description());
        return here;
    }

    /** Sets that name places have to fit on the array; what health will bring cannot be known yet. */
    private static void requireCells(CellSet set, CellLedger ledger) {
        switch (set) {
            case CellSet.Known known -> requireCells(known.of(), ledger);
            case CellSet.Sample sample -> requireCells(sample.of(), ledger);
            case CellSet.Spread spread -> requireCells(spread.of(), ledger);
            case CellSet.Union union -> union.sets().forEach(one -> requireCells(one, ledger));
            case CellSet.All _,CellSet.Rectangle _,CellSet.Listed _ -> set.cells(ledger, 1);
        }
    }

    private static void keep(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pass what the campaign tells on to folder, ledger, status file and terminal. */
    private final class Told implements CampaignListener {
        private final Begun here;
        private final Session session;
        private final CampaignControl control;
        private final Stages stages;

        Told(Begun here, Session session, CampaignControl control, Stages stages) {
            this.here = here;
            this.session = session;
            this.control = control;
            this.stages = stages;
        }

        @Override
        public ProcedureObserver begins(Pass pass) {
            return here.folder().begins(pass);
        }

        @Override
        public void ends(Pass pass) {
            here.folder().ends(pass, session.bench(), here.run().id().toString());
            stages.close();
            console.result(CampaignWords.pass(here.folder().passes().getLast(), plan.campaign().passes()));
        }

        @Override
        public void progress(Pass pass, String part, int done, int of) {
            session.mark(pass.number() + " " + pass.stage() + ": " + part, done, of);
            stages.reach(pass.stage() + (pass.label().isEmpty() ? "" : " " + pass.label()) + ": " + part, done, of);
            control.reach(pass.stage(), part, done, of, pass.number(), plan.campaign().passes());
        }

        @Override
        public void found(int cell, CellHealth health) {
            chip.found(cell, health);
        }
    }

    /** The bench is closed by now: nothing more comes into the journal, and the ledgers can be brought up to date. */
    private void close() {
        begun.ifPresent(here -> {
            here.folder().close();
            here.ledger().add(JournalTally.of(here.run().folder().resolve(RunRecord.JOURNAL), Integer.MAX_VALUE,
                    here.capabilities().geometry(), here.opened(), reading()));
            chip.write(here.ledger(), here.run().folder().resolve("cells.csv"));
        });
        chip.close();
    }

    private void report(Begun done, String how) {
        if (!plan.report()) {
            return;
        }
        try {
            CampaignPage.write(done.run().folder().resolve("report.html"), plan, done.run(), done.capabilities(),
                    done.folder().passes(), done.folder().recordings(), done.ledger(), how);
        } catch (FontsException e) {
            console.remark("memloop: no report: " + e.getMessage());
        }
    }

    private void tell(Begun done, String how, double seconds) {
        if (!how.equals("done")) {
            console.remark("memloop: " + how);
        }
        console.result(CampaignWords.summary(done.folder().passes(), seconds));
        done.folder().recordings().forEach(file -> console.result("recording " + file));
        done.folder().cards().forEach(file -> console.result("calibration card " + file));
        chip.ledgerFile().ifPresent(file -> console.result("ledger " + file));
        if (plan.report()) {
            console.result("report " + done.run().folder().resolve("report.html"));
        }
    }

    private RuntimeException end(RuntimeException failure, Interruption interruption) {
        boolean stopped = failure instanceof CancellationException;
        String reason = interruption.requested() ? "stopped by the user" : String.valueOf(failure.getMessage());
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        begun.ifPresent(here -> {
            if (stopped) {
                here.run().abort(reason);
            } else {
                here.run().fail(reason);
            }
            report(here, reason);
        });
        if (!stopped) {
            return failure;
        }
        console.remark("memloop: " + reason + "; the array is grounded"
                + begun.map(here -> ", the partial run is in " + here.run().folder()).orElse(""));
        return new CancellationException();
    }
}
