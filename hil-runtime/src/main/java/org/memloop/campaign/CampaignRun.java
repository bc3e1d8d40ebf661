package org.memloop.campaign;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.memloop.bench.Bench;
import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Observation;
import org.memloop.calibration.ProcedureObserver;
import org.memloop.calibration.Site;
import org.memloop.calibration.Verdict;
import org.memloop.die.CellLedger;

/**
 * Do a campaign. Which cells come next, under which condition, and whether to go on follows from the campaign, from what
 * was known of the die at the beginning, and from the readings; so a campaign that was cut off can be gone through again
 * from its journal and continued.
 */
public final class CampaignRun {
    private final Campaign campaign;
    private final CellLedger ledger;
    private final ConductanceCard card;
    private final CampaignListener listener;
    private final Runnable control;

    /**
     * Get ready.
     *
     * @param campaign what is to be done
     * @param ledger what is known of the die; what is found is added to it
     * @param card what a reading means
     * @param listener who takes what is measured
     * @param control asked before every program; it may wait (a pause) or throw a {@link CancellationException} (an end)
     */
    public CampaignRun(Campaign campaign, CellLedger ledger, ConductanceCard card, CampaignListener listener,
            Runnable control) {
        this.campaign = campaign;
        this.ledger = ledger;
        this.card = card;
        this.listener = listener;
        this.control = control;
    }

    /**
     * Do every stage.
     *
     * @param bench the bench the die is on
     * @throws StopException when a rule ended the campaign; everything measured was told
     * @throws CancellationException when a person ended it
     * @throws org.memloop.bench.BenchException when the bench failed
     */
    public void run(Bench bench) {
        WatchedBench watched = new WatchedBench(bench, campaign.stop(), control);
        int number = 0;
        for (Stage stage : campaign.stages()) {
            watched.begin(stage.stop());
            Yield yield = new Yield();
            for (int repeat = 1; repeat <= stage.repeats(); repeat++) {
                number = run(stage, repeat, number, watched, yield);
            }
            yield.judge(stage.name(), stage.stop());
            yield.judge(stage.name(), campaign.stop());
        }
    }

    private int run(Stage stage, int repeat, int passes, WatchedBench bench, Yield yield) {
        int number = passes;
        int[] cells = stage.cells().cells(ledger, campaign.seed()).clone();
        if (stage.order() == Stage.Order.RANDOM) {
            CellSet.shuffle(cells, campaign.seed() + 0x9E3779B97F4A7C15L * (number + 1));
        }
        int points = stage.points().size();
        for (int point = 0; point < points; point++) {
            int share = point;
            int[] these = stage.split()
                    ? IntStream.range(0, cells.length).filter(i -> i % points == share).map(i -> cells[i]).toArray()
                    : cells;
            number++;
            run(stage, new Pass(number, stage.name(), stage.points().get(point).label(), repeat,
                    stage.points().get(point).procedure(), these), bench, yield);
        }
        return number;
    }

    private void run(Stage stage, Pass pass, WatchedBench bench, Yield yield) {
        ProcedureObserver told = listener.begins(pass);
        ProcedureObserver observer = new ProcedureObserver() {
            @Override
            public void observed(Observation observation) {
                told.observed(observation);
            }

            @Override
            public void judged(Verdict verdict) {
                yield.add(verdict);
                told.judged(verdict);
            }

            @Override
            public void found(int cell, CellHealth health) {
                ledger.found(cell, health);
                listener.found(cell, health);
            }
        };
        int block = stage.block() == 0 ? Math.max(1, pass.cells().length) : stage.block();
        for (int from = 0; from < pass.cells().length; from += block) {
            int[] some = Arrays.copyOfRange(pass.cells(), from, Math.min(from + block, pass.cells().length));
            pass.procedure().run(new Site(bench, card, campaign.read(), observer,
                    (part, done, of) -> listener.progress(pass, part, done, of)), some);
        }
        listener.ends(pass);
    }

    /** Count how many cells a stage brought to its aim. */
    private static final class Yield {
        private int reached;
        private int missed;

        void add(Verdict verdict) {
            reached += verdict.result() == Verdict.Result.MISSED ? 0 : 1;
            missed += verdict.result() == Verdict.Result.MISSED ? 1 : 0;
        }

        void judge(String stage, StopRules rules) {
            double share = reached / Math.max(1.0, reached + missed);
            rules.yieldBelow().ifPresent(least -> {
                if (share < least) {
                    throw new StopException("stop rule yield-below: stage " + stage + " brought " + reached
                            + " of " + (reached + missed) + " cells to its aim, less than " + least);
                }
            });
        }
    }
}
