package org.memloop.sim.ica;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.memloop.check.Check;
import org.memloop.check.Checks;
import org.memloop.sim.device.ExponentialBranch;
import org.memloop.sim.device.ExponentialDevice;
import org.memloop.sim.device.ExponentialDevice.Reading;
import org.memloop.sim.device.ExponentialDevice.Tolerances;
import org.memloop.sim.device.MoTiOx;

/** Check the exponential device, its inverse, and what the inverse is good for. */
public final class ExponentialChecks implements Checks {
    /** Volts, then nanosiemens after 0, 1, 32 and 64 pulses: tables 1 and 2 of the source put into eqs 9 and 10. */
    private static final double[][] CURVES = {{3, 47.2, 66.077, 438.416, 585.455},
            {2.5, 32.48, 36.458, 129.813, 184.126}, {2, 11.68, 13.043, 44.58, 62.384},
            {-3, 954.85, 680.397, 32.961, 32.95}, {-2.5, 597.2, 582.952, 319.13, 229.239},
            {-2, 671.3, 664.571, 511.885, 429.294}};
    private static final double[] PULSES = {0, 1, 32, 64};
    private static final int SEEDS = 6;

    /** Make the group; {@link java.util.ServiceLoader} does. */
    public ExponentialChecks() {}

    @Override
    public String subject() {
        return "motiox-exponential";
    }

    @Override
    public String about() {
        return "Mo/TiOx/TiN, potentiated and depressed exponentially (Fouda et al., section 3.5), learning online";
    }

    @Override
    public List<Check> run(long seed) {
        List<Check> checks = new ArrayList<>();
        for (double[] curve : CURVES) {
            checks.addAll(curve(curve));
        }
        ExponentialDevice device = MoTiOx.at(3, -3);
        ExponentialDevice.Nonlinearity nonlinearity = device.nonlinearity(94);
        checks.add(Check.near("F3", "non-linearity of potentiation, 94 pulses", "", 0.3191, 1e-4,
                nonlinearity.potentiation()));
        checks.add(Check.near("F3", "non-linearity of depression, 94 pulses", "", 0.4486, 1e-4,
                nonlinearity.depression()));
        checks.add(Check.near("F3", "asymmetric non-linearity, 94 pulses", "", 0.7677, 1e-4, nonlinearity.both()));
        checks.addAll(learning(device, seed));
        return checks;
    }

    private static List<Check> curve(double[] curve) {
        ExponentialBranch branch = MoTiOx.pulsed(curve[0]);
        double worst = 0;
        double undone = 0;
        for (int i = 0; i < PULSES.length; i++) {
            double siemens = branch.siemens(PULSES[i]);
            worst = Math.max(worst, Math.abs(1e9 * siemens - curve[i + 1]));
            double wanted = branch.siemens(PULSES[i] + 1) - siemens;
            undone = Math.max(undone, Math.abs(branch.pulsesFor(siemens, wanted) - 1));
        }
        String volts = Check.text(curve[0]) + " V: ";
        return List.of(
                Check.atMost("F1", volts + "worst difference from the fitted curve", "nS", 5.1e-4, worst),
                Check.atMost("F2", volts + "worst error of the inverse for one pulse", "pulses", 1e-6, undone));
    }

    private static List<Check> learning(ExponentialDevice device, long seed) {
        SourceSeparation linearised = SourceSeparation.of(device, Programming.LINEARISED);
        return List.of(
                Check.atMost("F4", "Amari index, ideal synapses", "", 0.09,
                        index(SourceSeparation.of(device, Programming.IDEAL), seed)),
                Check.atMost("F4", "Amari index, compensated exactly", "", 0.09,
                        index(SourceSeparation.of(device, Programming.EXACT), seed)),
                Check.atMost("F4", "Amari index, compensated linearly", "", 0.09, index(linearised, seed)),
                Check.atLeast("F5", "Amari index, not compensated", "", 0.3,
                        index(SourceSeparation.of(device, Programming.UNCOMPENSATED), seed)),
                Check.atLeast("F5", "Amari index, whole pulses", "", 0.3,
                        index(SourceSeparation.of(device, Programming.WHOLE), seed)),
                Check.atMost("F6", "Amari index, devices differ (variance/mean), 50 samples at a time", "", 0.09,
                        index(linearised.varied(Tolerances.of(Reading.VARIANCE_OVER_MEAN)).inBatchesOf(50), seed)),
                Check.atMost("F6", "Amari index, devices differ (deviation/mean), 50 samples at a time", "", 0.2,
                        index(linearised.varied(Tolerances.of(Reading.DEVIATION_OVER_MEAN)).inBatchesOf(50), seed)));
    }

    private static double index(SourceSeparation separation, long seed) {
        return LongStream.range(0, SEEDS).mapToDouble(i -> separation.amariIndex(SEEDS * seed + i)).average()
                .orElseThrow();
    }
}
