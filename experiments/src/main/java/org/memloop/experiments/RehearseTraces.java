package org.memloop.experiments;

import java.util.List;
import java.util.stream.IntStream;

import org.memloop.bench.Blueprint;
import org.memloop.bench.Pulse;
import org.memloop.calibration.ConductanceCard;
import org.memloop.calibration.Preparation;
import org.memloop.calibration.ProcedureObserver;
import org.memloop.calibration.Site;
import org.memloop.calibration.WeakResetCharacterization;
import org.memloop.die.CellLedger;
import org.memloop.run.Benches;
import org.memloop.run.Rehearsal;

/** Go through a recording of weak RESET traces on paper. */
public final class RehearseTraces {
    private RehearseTraces() {}

    /**
     * Tell what would be done.
     *
     * @param plan every setting
     * @param console where it is told
     * @return whether every limit is kept
     */
    public static boolean run(MeasureTracesPlan plan, Console console) {
        Blueprint blueprint = Benches.describe(plan.bench());
        Estimate.begin(plan.bench().toString(), blueprint, console);
        Rehearsal bench = new Rehearsal(blueprint, blueprint.capabilities().operations().only().isPresent());
        CellLedger known = plan.chip().rehearse(plan.bench(), bench);
        int[] healthy = Preparation.USUAL.prepare(bench, ChipSession.health(known), (_, _, _) -> {}).healthyCells();
        console.result("preparation of " + healthy.length + " cells: "
                + Console.duration(bench.clockSeconds() + bench.overheadSeconds()));
        int devices = Math.min(plan.devices(), healthy.length);
        int[] cells = IntStream.range(0, devices).map(i -> healthy[(int) ((long) i * healthy.length / devices)])
                .toArray();
        double before = bench.clockSeconds() + bench.overheadSeconds();
        new WeakResetCharacterization(plan.pulses(), Pulse.WEAK_RESET).run(new Site(bench, ConductanceCard.WHOLE_PATH,
                Pulse.READ, ProcedureObserver.NONE, (_, _, _) -> {}), cells);
        console.result("weak RESET of " + devices + " cells, " + plan.pulses() + " readings each: "
                + Console.duration(bench.clockSeconds() + bench.overheadSeconds() - before));
        return Estimate.end(bench, blueprint, List.of(), console);
    }
}
