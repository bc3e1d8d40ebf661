package org.memloop.calibration;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;

/**
 * Stabilise the switching of formed cells with hard SET/RESET cycles (thesis, section 4.2.4). Cells are read once, at the
 * end, in their high-resistance state.
 *
 * @param cycles how many, at least 1
 * @param set the pulse that sets
 * @param reset the pulse that resets
 * @param hrsSiemens a healthy cell reads at most this after the last RESET
 */
public record Conditioning(int cycles, Pulse set, Pulse reset, double hrsSiemens) implements Procedure {
    /** The ten cycles of the thesis; HRS is above 40 kohm. */
    public static final Conditioning USUAL = new Conditioning(10, Pulse.SET, Pulse.HARD_RESET, 25e-6);

    /** Refuse pulses that go the wrong way. */
    public Conditioning {
        Require.that(cycles >= 1, "conditioning needs at least one cycle");
        Require.polarity(set, Polarity.SET);
        Require.polarity(reset, Polarity.RESET);
    }

    @Override
    public String name() {
        return "conditioning";
    }

    @Override
    public void run(Site site, int... cells) {
        for (int cycle = 0; cycle < cycles; cycle++) {
            site.progress("conditioning", cycle, cycles);
            site.run(PulseProgram.builder().addAll(cells, set).addAll(cells, reset).build());
        }
        site.progress("conditioning", cycles, cycles);
        double[] siemens = site.read(cells);
        for (int i = 0; i < cells.length; i++) {
            boolean high = siemens[i] <= hrsSiemens;
            if (!high) {
                site.found(cells[i], CellHealth.STUCK_LRS);
            }
            site.judge(cells[i], high ? Verdict.Result.REACHED : Verdict.Result.MISSED, siemens[i],
                    high ? "in its high-resistance state" : "does not reset");
        }
    }
}
