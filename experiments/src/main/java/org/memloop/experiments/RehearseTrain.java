package org.memloop.experiments;

import java.util.List;
import java.util.Locale;

import org.memloop.bench.Blueprint;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.calibration.Preparation;
import org.memloop.learn.PairMap;
import org.memloop.die.CellLedger;
import org.memloop.run.Benches;
import org.memloop.run.Rehearsal;

/** Go through a training run on paper. */
public final class RehearseTrain {
    private RehearseTrain() {}

    /**
     * Tell what would be done: the preparation pulse by pulse, learning at its worst, which is a pulse on one cell of every
     * synapse and a reading of it in each mini-batch.
     *
     * @param plan every setting
     * @param console where it is told
     * @return whether every limit is kept
     * @throws ConfigurationException when there is no array to rehearse on
     */
    public static boolean run(TrainPlan plan, Console console) {
        if (!(plan.synapses() instanceof SynapsePlan.Pairs(var settings))) {
            throw new ConfigurationException("ideal synapses are not pulsed; there is nothing to rehearse");
        }
        Blueprint blueprint = Benches.describe(plan.bench());
        Estimate.begin(plan.bench().toString(), blueprint, console);
        Rehearsal bench = new Rehearsal(blueprint, blueprint.capabilities().operations().only().isPresent());
        CellLedger known = plan.output().chip().rehearse(plan.bench(), bench);
        int[] healthy = Preparation.USUAL.prepare(bench, ChipSession.health(known), (_, _, _) -> {}).healthyCells();
        console.result(String.format(Locale.ROOT, "preparation of %,d cells: %s", healthy.length,
                Console.duration(bench.clockSeconds() + bench.overheadSeconds())));
        PairMap map = settings.cellsPerSynapse() == 1
                ? PairMap.single(plan.network(), healthy)
                : PairMap.inOrder(plan.network(), healthy);
        int batches = Math.ceilDiv(plan.images().training(), plan.eqprop().batchSize());
        int synapses = plan.network().synapses();
        int[] cells = map.cells();
        int[] worst = new int[synapses];
        for (int i = 0; i < synapses; i++) {
            worst[i] = cells[i * map.cellsPerSynapse()];
        }
        long rounds = (long) batches * plan.epochs();
        PulseProgram round = PulseProgram.builder().addAll(worst, Pulse.WEAK_RESET).addAll(worst, Pulse.READ).build();
        double before = bench.clockSeconds() + bench.overheadSeconds();
        bench.run(round);
        double seconds = bench.clockSeconds() + bench.overheadSeconds() - before;
        console.result(String.format(Locale.ROOT,
                "learning: %,d mini-batches of at most %,d pulses, and readings of the cells pulsed: at most %s; "
                        + "at most %,d pulses on one cell (its budget: %,d)",
                rounds, synapses, Console.duration(rounds * seconds), rounds,
                blueprint.capabilities().limits().pulsesPerCellMax()));
        return Estimate.end(bench, blueprint, List.of("the totals above hold the preparation and one mini-batch; a "
                + "mini-batch usually pulses a few percent of the synapses"), console);
    }
}
