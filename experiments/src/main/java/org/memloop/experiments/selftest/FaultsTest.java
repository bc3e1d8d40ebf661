package org.memloop.experiments.selftest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.memloop.experiments.Console;
import org.memloop.experiments.selftest.Trial.Outcome;
import org.memloop.lab.LabFile;

import tools.jackson.databind.JsonNode;

/**
 * Let every fault of the virtual laboratory happen while a campaign works on its die, interrupt one twice, fill disks, and
 * harm journals. Each time the run has to do what is documented, the lines have to be on ground, the die has to have
 * received what the journal says, and the run has to go on to its end once the fault is gone.
 */
public final class FaultsTest {
    private static final Case CAMPAIGN = Case.LABORATORY_CAMPAIGN;
    private static final String TOO_FEW = "cells are asked for, but healthy ones";
    private static final int ATTEMPTS_MAX = 5;

    private final SelftestPlan plan;
    private final Console console;
    private int number;

    /**
     * Get ready.
     *
     * @param plan where; its rounds say how often each fault happens
     * @param console who is told
     */
    public FaultsTest(SelftestPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /**
     * Do it.
     *
     * @throws SelftestException when something was not as documented; the folder is kept
     */
    public void run() {
        DamageTest damage = new DamageTest(plan, console);
        Path labFolder = plan.folder("laboratory");
        try (LabProcess lab = new LabProcess(labFolder, plan.seed())) {
            Account account = new Account(lab);
            undisturbed(lab, account);
            long whole = undisturbed(lab, account); // the first one formed the cells, this one is as those to come
            Random random = new Random(plan.seed());
            for (int round = 0; round < plan.rounds(); round++) {
                for (Trial trial : Trial.ALL) {
                    // early enough that there is an occasion left; a trip, seen a second later, where many pulses follow
                    happen(lab, account, trial, trial.trips() ? whole : (long) (whole * random.nextDouble() * 0.3));
                }
                interruptTwice(lab, account, whole / 4);
                damage.laboratory(lab, account, whole);
            }
        }
        damage.simulated(Case.TRAIN);
        damage.simulated(Case.CAMPAIGN);
        console.result(
                "after every fault the run did what is documented, the lines were on ground, the die had received what"
                        + " the journal says, and what had stopped went on to its end");
        SelftestPlan.remove(plan.folder());
    }

    /** {@return how long the journal of a run gets that nothing happens to} */
    private long undisturbed(LabProcess lab, Account account) {
        Path quiet = prepared(lab);
        try (Child child = CAMPAIGN.start(quiet)) {
            child.requireSuccess();
        }
        account.take(quiet, false);
        Ledgers.requireExact(quiet);
        return Case.journalBytes(quiet);
    }

    /** A fault that came too late for any occasion is tried once more, earlier. */
    private void happen(LabProcess lab, Account account, Trial trial, long atBytes) {
        long at = atBytes;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (happens(lab, account, trial, at)) {
                return;
            }
            at /= 2;
        }
        throw new SelftestException(trial + " found no occasion to strike in " + ATTEMPTS_MAX + " runs");
    }

    /** {@return whether it struck} */
    private boolean happens(LabProcess lab, Account account, Trial trial, long atBytes) {
        Path folder = prepared(lab);
        Outcome outcome;
        String told;
        if (trial.fromTheStart()) {
            set(lab, trial);
        }
        try (Child child = CAMPAIGN.start(folder, trial.pulses())) {
            if (!trial.fromTheStart()) {
                child.await(() -> Case.journalBytes(folder) >= Math.max(1, atBytes));
                set(lab, trial);
            }
            outcome = child.end() == 0 ? Outcome.CARRIES_ON : stopped(folder, child.told());
            told = outcome == Outcome.CARRIES_ON ? "" : child.told();
        }
        requireGrounded(lab, trial.toString());
        long struck = struck(lab.control().state(), trial.role());
        lab.control().fault(new LabFile.FaultEntry(trial.role(), "none", 1, 0, 0, 1), true);
        if (struck > 0 && !outcome.satisfies(trial.expected())) {
            throw new SelftestException(trial + ": " + outcome + told + ", but " + trial.expected() + " is documented: "
                    + folder);
        }
        String after = "";
        if (outcome == Outcome.STOPS || outcome == Outcome.LATCHES) {
            if (trial.trips()) {
                lab.clearTrip(trial.role());
            }
            CAMPAIGN.goOn(folder);
            after = ", went on when the fault was gone";
        }
        String counted = account.take(folder, trial.unseen());
        if (Case.run(folder).isPresent()) {
            Ledgers.requireExact(folder);
        }
        if (struck > 0) {
            console.result(trial + ": " + outcome + told + after + "; struck " + struck
                    + (struck == 1 ? " time; " : " times; ") + counted);
        }
        return struck > 0;
    }

    private static Outcome stopped(Path folder, String told) {
        if (Case.run(folder).filter(run -> Files.exists(run.resolve("journal.mlj"))).isEmpty()) {
            return Outcome.IS_REFUSED;
        }
        if (told.contains(TOO_FEW)) {
            return Outcome.READINGS_TELL;
        }
        return Case.latches(folder).isEmpty() ? Outcome.STOPS : Outcome.LATCHES;
    }

    private static void set(LabProcess lab, Trial trial) {
        lab.control()
                .fault(new LabFile.FaultEntry(trial.role(), trial.fault(), trial.probability(), trial.occasion(), 0,
                        trial.delaySeconds()), true);
    }

    private static long struck(JsonNode state, String role) {
        return state.path("instruments").valueStream()
                .filter(instrument -> instrument.path("role").asString().equals(role))
                .mapToLong(instrument -> instrument.path("struck").asLong()).sum();
    }

    private static void requireGrounded(LabProcess lab, String what) {
        JsonNode state = lab.control().state();
        if (!state.path("grounded").asBoolean() || state.path("lines").path("overLimit").asLong() != 0) {
            throw new SelftestException(what + ": lines are driven or were driven too high: " + state);
        }
    }

    /** Ask a run to end while an instrument does not answer, and then, since it waits for that instrument, to end at once. */
    private void interruptTwice(LabProcess lab, Account account, long atBytes) {
        if (Child.passOverInterrupts()) {
            console.remark("programs started here pass over Ctrl-C, as behind a shell's '&'; left out");
            return;
        }
        Path folder = prepared(lab);
        try (Child child = CAMPAIGN.start(folder)) {
            child.await(() -> Case.journalBytes(folder) >= atBytes);
            lab.control().fault(new LabFile.FaultEntry(LabFile.OSCILLOSCOPE, "silent", 1, 0, 0, 1), true);
            child.await(() -> struck(lab.control().state(), LabFile.OSCILLOSCOPE) > 0);
            child.interrupt();
            child.await(() -> child.said().contains("Ctrl-C once more"));
            child.interrupt();
            int code = child.end();
            if (code != Child.INTERRUPTED) {
                throw new SelftestException("a second Ctrl-C ended with " + code + ": " + child.said());
            }
        }
        requireGrounded(lab, "Ctrl-C twice");
        lab.control().fault(new LabFile.FaultEntry(LabFile.OSCILLOSCOPE, "none", 1, 0, 0, 1), true);
        CAMPAIGN.goOn(folder);
        String counted = account.take(folder, false);
        Ledgers.requireExact(folder);
        console.result("Ctrl-C twice while the oscilloscope is silent: ended with " + Child.INTERRUPTED
                + ", lines on ground, went on; " + counted);
    }

    /** Make a folder for a run, with the laboratory's addresses. */
    private Path prepared(LabProcess lab) {
        Path folder = plan.folder("run-" + ++number);
        lab.tellAddresses(folder);
        return folder;
    }
}
