package org.memloop.sim.crossbar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.memloop.check.Check;
import org.memloop.check.Checks;

/** Check arrays with wires against published currents and independent solutions. */
public final class CrossbarChecks implements Checks {
    private static final int LARGE = 512;
    private static final int TILE = 64;

    /** Make the group; {@link java.util.ServiceLoader} does. */
    public CrossbarChecks() {}

    @Override
    public String subject() {
        return "crossbar";
    }

    @Override
    public String about() {
        return "arrays with wire resistance, against independent nodal solutions and figure 4 of Fouda et al.";
    }

    @Override
    public List<Check> run(long seed) {
        List<Check> checks = new ArrayList<>(published());
        checks.addAll(random(8, 8, 1, 220.305710e-6));
        checks.addAll(random(8, 8, 10, 214.548095e-6));
        checks.addAll(random(64, 64, 0.5, 20.6624986e-3));
        checks.addAll(random(64, 64, 2, 17.2416197e-3));
        checks.addAll(random(128, 64, 2, 25.6388219e-3));
        checks.addAll(large(seed));
        return checks;
    }

    /** The example of badcrossbar, an independent program. */
    private static List<Check> published() {
        double[] ohms = {345, 903, 755, 257, 646, 652, 401, 508, 166, 454, 442, 874, 190, 244, 635};
        double[] siemens = Arrays.stream(ohms).map(r -> 1 / r).toArray();
        Solution solution = new Crossbar(3, 5, Wires.of(0.5)).solve(Crossing.ohmic(siemens),
                new double[]{1.5, 2.3, 1.7});
        return List.of(
                Check.near("X1", "3 x 5, 0.5 ohm: current out of column 2", "mA", 15.1156812, 1e-7,
                        1e3 * solution.sensedAmps()[2]),
                Check.near("X1", "3 x 5, 0.5 ohm: current through cell (2, 4)", "mA", 2.61117449, 1e-8,
                        1e3 * solution.cellAmps()[14]),
                Check.near("X1", "3 x 5, 0.5 ohm: volts of the sensed line at (2, 1)", "mV", 4.59532082, 1e-8,
                        1e3 * solution.sensedVolts()[11]));
    }

    /** Numbers of Knuth's MMIX generator, begun with the rows: with them the targets were computed. */
    private static List<Check> random(int rows, int columns, double ohms, double targetAmps) {
        long state = rows;
        double[] uniform = new double[rows * columns + rows];
        for (int i = 0; i < uniform.length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            uniform[i] = (state >>> 11) * 0x1p-53;
        }
        double[] siemens = new double[rows * columns];
        Arrays.setAll(siemens, i -> 1e-6 + 99e-6 * uniform[i]);
        double[] volts = new double[rows];
        Arrays.setAll(volts, i -> 0.2 * uniform[rows * columns + i]);
        Crossbar array = new Crossbar(rows, columns, Wires.of(ohms));
        Solution solution = array.solve(Crossing.ohmic(siemens), volts);
        String name = rows + " x " + columns + ", " + Check.text(ohms) + " ohm: ";
        return List.of(
                Check.near("X2", name + "all currents out, over the target", "", 1, 3e-9,
                        Arrays.stream(solution.sensedAmps()).sum() / targetAmps),
                Check.atMost("X3", name + "imbalance of the currents", "", 1e-9, solution.imbalance()),
                Check.atMost("X4", name + "difference of the two methods", "", 1e-9,
                        difference(array.effectiveSiemens(siemens), volts, solution)));
    }

    private static double difference(double[] effective, double[] volts, Solution solution) {
        double[] amps = new double[solution.sensedAmps().length];
        for (int cell = 0; cell < effective.length; cell++) {
            amps[cell % amps.length] += effective[cell] * volts[cell / amps.length];
        }
        double worst = 0;
        for (int column = 0; column < amps.length; column++) {
            worst = Math.max(worst, Math.abs(amps[column] / solution.sensedAmps()[column] - 1));
        }
        return worst;
    }

    private static List<Check> large(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] siemens = random.doubles((long) LARGE * LARGE, 1e-6, 1e-3).toArray();
        double[] volts = random.doubles(LARGE, 0, 0.2).toArray();
        Crossbar array = new Crossbar(LARGE, LARGE, Wires.of(0.1).to(Wires.End.TOP));
        double[] whole = array.effectiveSiemens(siemens);
        double[] tiled = array.effectiveSiemens(siemens, TILE, TILE);
        double all = Arrays.stream(siemens).sum();
        Solution solution = array.solve(Crossing.ohmic(siemens), volts);
        return List.of(
                Check.near("X5", "512 x 512, 1 kohm to 1 Mohm, 0.1 ohm: measured over wanted", "", 0.128, 0.006,
                        Arrays.stream(whole).sum() / all),
                Check.near("X6", "the same in tiles of 64 x 64", "", 0.878, 0.003, Arrays.stream(tiled).sum() / all),
                Check.atMost("X3", "512 x 512: imbalance of the currents", "", 1e-9, solution.imbalance()),
                Check.atMost("X4", "512 x 512: difference of the two methods", "", 1e-9,
                        difference(whole, volts, solution)));
    }
}
