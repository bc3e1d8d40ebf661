package org.memloop.sim.ica;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.memloop.sim.device.ExponentialDevice;

/**
 * Separate two mixed sources online by the error-gated Hebbian rule, with a device for each of the four weights.
 *
 * <pre>
 *   x = A s         s: two Laplacian sources of variance 1;  A: a rotation by 30 degrees
 *   u = W x         W = 4 (G - (Gmax + Gmin)/2) / (Gmax - Gmin), at first 1
 *   dW_ij = eta (E0 - E(u)) g(u_i) x_j         E = sqrt2 sum |u_i|,  g = sqrt2 sign(u_i),  E0 = 3
 * </pre>
 *
 * <p>E0 is one more than the sources, so that the outputs have variance 1. Source: M. E. Fouda et al., eqs 22 to 24 and
 * figure 10, after T. Isomura and T. Toyoizumi (2016); eqs 23 and 24 have the indices of g and x exchanged.
 *
 * @param device the nominal device, which the programming reckons with
 * @param programming how a change becomes pulses
 * @param tolerances how the four devices differ from the nominal one, or nothing
 * @param batch samples whose changes are added up before they are applied together, 1 or more
 * @param samples how many there are
 * @param eta learning rate
 */
public record SourceSeparation(ExponentialDevice device, Programming programming,
        Optional<ExponentialDevice.Tolerances> tolerances, int batch, int samples, double eta) {
    private static final int SOURCES = 2;
    private static final int WEIGHTS = SOURCES * SOURCES;
    private static final double MIXING_RADIANS = Math.PI / 6;
    private static final double ROOT2 = Math.sqrt(2);
    /** Pulses of one update; those of an unreachable change would never end. */
    private static final double MOST_PULSES = 100;

    /**
     * Describe a separation by nominal devices, 60,000 samples one by one, at the learning rate 0.002.
     *
     * @param device the nominal device
     * @param programming how a change becomes pulses
     * @return the separation
     */
    public static SourceSeparation of(ExponentialDevice device, Programming programming) {
        return new SourceSeparation(device, programming, Optional.empty(), 1, 60_000, 2e-3);
    }

    /**
     * Let the devices differ.
     *
     * @param how their tolerances
     * @return otherwise the same separation
     */
    public SourceSeparation varied(ExponentialDevice.Tolerances how) {
        return new SourceSeparation(device, programming, Optional.of(how), batch, samples, eta);
    }

    /**
     * Apply the changes of several samples together.
     *
     * @param size samples
     * @return otherwise the same separation
     */
    public SourceSeparation inBatchesOf(int size) {
        return new SourceSeparation(device, programming, tolerances, size, samples, eta);
    }

    /**
     * Learn, and tell how well the sources are separated in the last quarter of the samples.
     *
     * @param seed sources and devices follow from it
     * @return Amari index, mean of the samples: 0 is perfect, the mixture at first has 0.577
     */
    public double amariIndex(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        ExponentialDevice[] devices = new ExponentialDevice[WEIGHTS];
        Arrays.setAll(devices, _ -> tolerances.map(t -> device.varied(t, random)).orElse(device));
        double[] siemens = new double[WEIGHTS];
        Arrays.setAll(siemens, i -> siemens(i / SOURCES == i % SOURCES ? 1 : 0));
        double[] change = new double[WEIGHTS];
        double sum = 0;
        for (int sample = 1; sample <= samples; sample++) {
            accumulate(siemens, change, random);
            if (sample % batch == 0) {
                for (int i = 0; i < WEIGHTS; i++) {
                    siemens[i] = changed(devices[i], siemens[i], change[i] * device.rangeSiemens() / 4, random);
                    change[i] = 0;
                }
            }
            if (4 * sample > 3 * samples) {
                sum += amari(siemens);
            }
        }
        return sum / (samples - 3 * samples / 4);
    }

    private void accumulate(double[] siemens, double[] change, RandomGenerator random) {
        double first = laplacian(random);
        double second = laplacian(random);
        double[] x = {Math.cos(MIXING_RADIANS) * first - Math.sin(MIXING_RADIANS) * second,
                Math.sin(MIXING_RADIANS) * first + Math.cos(MIXING_RADIANS) * second};
        double[] u = new double[SOURCES];
        double surprise = 0;
        for (int i = 0; i < SOURCES; i++) {
            u[i] = weight(siemens[i * SOURCES]) * x[0] + weight(siemens[i * SOURCES + 1]) * x[1];
            surprise += ROOT2 * Math.abs(u[i]);
        }
        for (int i = 0; i < WEIGHTS; i++) {
            change[i] += eta * (SOURCES + 1 - surprise) * ROOT2 * Math.signum(u[i / SOURCES]) * x[i % SOURCES];
        }
    }

    private double changed(ExponentialDevice own, double siemens, double changeSiemens, RandomGenerator random) {
        if (programming == Programming.IDEAL) {
            return siemens + changeSiemens;
        }
        double pulses = programming.pulses(device, siemens, changeSiemens, random);
        return own.after(siemens, Math.clamp(pulses, -MOST_PULSES, MOST_PULSES));
    }

    private static double laplacian(RandomGenerator random) {
        double magnitude = -Math.log(1 - random.nextDouble()) / ROOT2;
        return random.nextBoolean() ? magnitude : -magnitude;
    }

    private double weight(double siemens) {
        return 4 * (siemens - (device.maxSiemens() + device.minSiemens()) / 2) / device.rangeSiemens();
    }

    private double siemens(double weight) {
        return (device.maxSiemens() + device.minSiemens()) / 2 + weight * device.rangeSiemens() / 4;
    }

    /** {@return how far W A is from a permutation, scaled to 0 and 1} */
    private double amari(double[] siemens) {
        double cos = Math.cos(MIXING_RADIANS);
        double sin = Math.sin(MIXING_RADIANS);
        double[] p = new double[WEIGHTS];
        for (int i = 0; i < WEIGHTS; i += SOURCES) {
            p[i] = Math.abs(weight(siemens[i]) * cos + weight(siemens[i + 1]) * sin);
            p[i + 1] = Math.abs(-weight(siemens[i]) * sin + weight(siemens[i + 1]) * cos);
        }
        double sum = ratio(p[0], p[1]) + ratio(p[2], p[3]) + ratio(p[0], p[2]) + ratio(p[1], p[3]);
        return sum / (2 * SOURCES * (SOURCES - 1));
    }

    private static double ratio(double a, double b) {
        return Math.min(a, b) / Math.max(Math.max(a, b), Double.MIN_NORMAL);
    }
}
