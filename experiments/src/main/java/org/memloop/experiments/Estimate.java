package org.memloop.experiments;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.memloop.bench.Blueprint;
import org.memloop.bench.Limits;
import org.memloop.run.Rehearsal;

/** Tell what a rehearsed run would do, how long it would take, and how it would wear the cells. */
public final class Estimate {
    private Estimate() {}

    /**
     * Say what kind of telling this is, and what the bench may do.
     *
     * @param address address of the bench
     * @param blueprint what it will be
     * @param console where it is told
     */
    public static void begin(String address, Blueprint blueprint, Console console) {
        Limits limits = blueprint.capabilities().limits();
        console.result("dry run: nothing is connected, nothing is fired, nothing is written");
        console.result("bench " + address + ": " + blueprint.capabilities().description() + ", "
                + blueprint.capabilities().geometry() + " cells");
        console.result("limits: bit line " + limits.bitLineVoltsMax() + " V, source line "
                + limits.sourceLineVoltsMax() + " V, word line " + limits.wordLineVoltsMax() + " V, pulses of "
                + org.memloop.bench.Quantity.text(limits.widthSecondsMin(), "s") + " to "
                + org.memloop.bench.Quantity.text(limits.widthSecondsMax(), "s") + ", "
                + count(limits.pulsesPerCellMax()) + " for each cell");
    }

    /**
     * Tell the totals, the limits that would be broken, and what of all this is estimated.
     *
     * @param bench the bench on paper, after the rehearsal
     * @param blueprint what it will be
     * @param estimated what else is estimated, a line each
     * @param console where it is told
     * @return whether every limit is kept
     */
    public static boolean end(Rehearsal bench, Blueprint blueprint, List<String> estimated, Console console) {
        long[] wear = bench.wear();
        long most = Arrays.stream(wear).max().orElse(0);
        long pulsed = Arrays.stream(wear).filter(pulses -> pulses > 0).count();
        console.result("pulses: " + count(Arrays.stream(wear).sum()) + " (" + by(bench.pulses()) + "), readings: "
                + count(bench.readings()));
        console.result("wear: at most " + count(most) + " pulses on one cell, on " + count(pulsed) + " cells");
        console.result("time: about " + Console.duration(bench.clockSeconds() + bench.overheadSeconds())
                + " (pulses and pauses " + Console.duration(bench.clockSeconds() - bench.restSeconds()) + ", rest "
                + Console.duration(bench.restSeconds()) + ", serial line and set-up "
                + Console.duration(bench.overheadSeconds()) + ")");
        bench.violations().stream().sorted().forEach(one -> console.result("LIMIT: " + one));
        console.result(bench.violations().isEmpty() ? "every limit is kept" : "limits would be broken, see above");
        console.result(
                "estimated: cells answer as one of the thesis does on average; how many pulses a cell needs, and "
                        + "which cells fail, only the array knows");
        blueprint.estimated().forEach(one -> console.result("estimated: " + one));
        estimated.forEach(one -> console.result("estimated: " + one));
        return bench.violations().isEmpty();
    }

    private static String by(Map<String, Long> pulses) {
        return pulses.isEmpty()
                ? "none"
                : String.join(", ", pulses.entrySet().stream().sorted(Map.Entry
                        .comparingByKey()).map(one -> one.getKey() + " " + count(one.getValue())).toList());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
