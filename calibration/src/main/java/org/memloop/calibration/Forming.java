package org.memloop.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;

/**
 * Form the filaments of virgin cells (thesis, section 4.2.4): read, pulse those that are not formed, verify, go on with
 * those that are still not. Cells that are formed already get no pulse: they may come from an earlier run.
 *
 * <pre>
 *   SINGLE      the pulse                                     attempts times
 *   AMPLITUDE   column volts along the ramp up to the pulse's  each level attempts times
 *   GATE        gate volts along the ramp up to the pulse's    each level attempts times
 * </pre>
 *
 * @param shape how the pulse grows
 * @param pulse the highest pulse
 * @param fromVolts where the ramp begins; its end is the pulse itself
 * @param stepVolts by how much it grows
 * @param attempts pulses at each level, at least 1
 * @param budgetPulses the most pulses one cell may get, at least 1
 * @param formedSiemens a cell that reads at least this is formed
 * @param complianceAmps a cell that draws this much during a pulse gets no further one; 0 when that is not watched
 */
public record Forming(Shape shape, Pulse pulse, double fromVolts, double stepVolts, int attempts, int budgetPulses,
        double formedSiemens, double complianceAmps) implements Procedure {
    /** Up to three pulses of table 4.1; formed is below 100 kohm. */
    public static final Forming USUAL = new Forming(Shape.SINGLE, Pulse.FORMING, 1.8, 0.1, 3, 100, 10e-6, 0);

    /** Say how the forming pulse grows. */
    public enum Shape {
        /** It does not. */
        SINGLE,
        /** The column's volts rise from attempt to attempt. */
        AMPLITUDE,
        /** The gate's volts rise from attempt to attempt, and with them the current that may flow. */
        GATE
    }

    /** Refuse what cannot form. */
    public Forming {
        Require.polarity(pulse, Polarity.SET);
        Require.that(attempts >= 1 && budgetPulses >= 1, "forming needs at least one attempt");
        Require.that(formedSiemens > 0, "formed must be more than 0 S");
        Require.that(complianceAmps >= 0, "compliance must not be below 0 A");
        if (shape != Shape.SINGLE) {
            double top = shape == Shape.AMPLITUDE ? pulse.columnVolts() : pulse.gateVolts();
            Require.that(fromVolts > 0 && fromVolts <= top && stepVolts > 0, "the ramp goes up from " + fromVolts
                    + " V in steps of " + stepVolts + " V, but its end is the pulse's " + top + " V");
        }
    }

    @Override
    public String name() {
        return "forming";
    }

    private List<Pulse> pulses() {
        Pulse top = complianceAmps > 0 ? Pulses.measured(pulse) : pulse;
        List<Pulse> all = new ArrayList<>();
        switch (shape) {
            case SINGLE -> all.add(top);
            case AMPLITUDE -> new Ramp(fromVolts, pulse.columnVolts(), stepVolts).stream()
                    .forEach(volts -> all.add(Pulses.withColumn(top, volts)));
            case GATE -> new Ramp(fromVolts, pulse.gateVolts(), stepVolts).stream()
                    .forEach(volts -> all.add(Pulses.withGate(top, volts)));
        }
        return all.stream().flatMap(one -> IntStream.range(0, attempts).mapToObj(_ -> one)).limit(budgetPulses)
                .toList();
    }

    @Override
    public void run(Site site, int... cells) {
        List<Pulse> pulses = pulses();
        double[] siemens = site.read(cells);
        boolean[] compliant = new boolean[cells.length];
        for (int attempt = 0; attempt < pulses.size(); attempt++) {
            site.progress("forming", attempt, pulses.size());
            int[] left = IntStream.range(0, cells.length).filter(i -> siemens[i] < formedSiemens && !compliant[i])
                    .toArray();
            if (left.length == 0) {
                break;
            }
            attempt(site, cells, left, pulses.get(attempt), siemens, compliant);
        }
        site.progress("forming", pulses.size(), pulses.size());
        for (int i = 0; i < cells.length; i++) {
            judge(site, cells[i], siemens[i], compliant[i]);
        }
    }

    private void attempt(Site site, int[] cells, int[] left, Pulse pulse, double[] siemens, boolean[] compliant) {
        int[] these = Arrays.stream(left).map(i -> cells[i]).toArray();
        double[] during = site.run(PulseProgram.of(pulse, these));
        for (int i = 0; i < during.length; i++) {
            compliant[left[i]] = during[i] * pulse.columnVolts() >= complianceAmps
                    || site.limited(these[i]);
        }
        double[] after = site.read(these);
        for (int i = 0; i < left.length; i++) {
            siemens[left[i]] = after[i];
        }
    }

    private void judge(Site site, int cell, double siemens, boolean compliant) {
        boolean formed = siemens >= formedSiemens;
        site.found(cell, formed ? CellHealth.HEALTHY : CellHealth.NOT_FORMED);
        if (formed && site.pulses(cell) == 0) {
            site.judge(cell, Verdict.Result.LEFT_ALONE, siemens, "was formed before");
        } else if (formed) {
            site.judge(cell, Verdict.Result.REACHED, siemens, "formed");
        } else {
            site.judge(cell, Verdict.Result.MISSED, siemens,
                    compliant ? "reached compliance without forming" : "not formed");
        }
    }
}
