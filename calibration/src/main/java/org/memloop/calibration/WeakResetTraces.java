package org.memloop.calibration;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.memloop.recording.Recording;

/**
 * Make up recordings of weak RESET pulses, for want of measured ones. They have the statistics of the HfOx devices of the
 * thesis (chapter 4): a spread of starts, slopes over more than a decade, and below some 18 kohm, where the filament is
 * open, a fall that fades away into jumps and noise.
 *
 * <pre>
 *   open  = 1 / (1 + exp((G / Gc - 1) / width))                    0 in the linear part, 1 when the filament is open
 *   G    &lt;- G - slope * gamma(mean 1) * (1 - open * (1 - fade))    fade: from 1 at Gc to 0 at the floor
 *   G    &lt;- max(floor, G * exp(open * (walk + jump)))
 *   read  = G * (1 + noise * gaussian) * (1 - telegraph)           noise and telegraph grow with open
 * </pre>
 *
 * A device's trace depends on the seed and its number alone, not on how many others there are.
 *
 * @param start conductance before the first pulse
 * @param slope loss with each pulse
 * @param opening what happens when the filament opens
 * @param noise what a reading adds
 */
public record WeakResetTraces(Start start, Slope slope, Opening opening, ReadNoise noise) {
    /** Devices as in chapter 4 of the thesis: a third of them end above 18 kohm after 5,000 pulses. */
    public static final WeakResetTraces HFOX = new WeakResetTraces(new Start(95e-6, 0.08, 1 / 30e3, 1 / 3.5e3),
            new Slope(10e-9, 0.8, 1, 1), new Opening(1 / 18e3, 0.15, 0.12, 1 / 150e3, 0.5, 0.02, 0.01, 0.3),
            new ReadNoise(0.003, 0.15, 2, 0.25, 0.01, 0.5, 60));

    private static final double LEAST_READ_SIEMENS = 1e-7;

    /**
     * State how devices begin.
     *
     * @param medianSiemens median of the conductance, siemens
     * @param spread standard deviation of its natural logarithm
     * @param leastSiemens clipped below, siemens
     * @param mostSiemens clipped above, siemens
     */
    public record Start(double medianSiemens, double spread, double leastSiemens, double mostSiemens) {}

    /**
     * State how fast devices fall while the filament is closed.
     *
     * @param medianSiemens median loss with one pulse, siemens
     * @param spread standard deviation of its natural logarithm, from device to device
     * @param power how it grows with the start: (start / median start) to this power
     * @param variation standard deviation over mean, from pulse to pulse; 0 for equal steps
     */
    public record Slope(double medianSiemens, double spread, double power, double variation) {}

    /**
     * State what happens when the filament opens.
     *
     * @param medianSiemens median conductance at which it opens, siemens
     * @param spread standard deviation of its natural logarithm, from device to device
     * @param width width of the transition, relative to that conductance
     * @param floorSiemens median conductance at which the fall ends, siemens
     * @param floorSpread standard deviation of its natural logarithm
     * @param walk standard deviation of the logarithm's random step with each pulse
     * @param jumpRate jumps with each pulse, 0 to 1
     * @param jumpSize standard deviation of a jump of the logarithm
     */
    public record Opening(double medianSiemens, double spread, double width, double floorSiemens, double floorSpread,
            double walk, double jumpRate, double jumpSize) {}

    /**
     * State what a reading adds; all sizes are relative to the conductance.
     *
     * @param closed standard deviation with a closed filament
     * @param open standard deviation with an open one
     * @param power how it grows as the conductance falls
     * @param telegraphShare share of devices that show random telegraph noise, 0 to 1
     * @param telegraphClosed its greatest drop with a closed filament
     * @param telegraphOpen its greatest drop with an open one
     * @param telegraphDwell median number of pulses between two of its flips
     */
    public record ReadNoise(double closed, double open, double power, double telegraphShare, double telegraphClosed,
            double telegraphOpen, double telegraphDwell) {}

    /**
     * Make up a recording.
     *
     * @param devices how many, at least 1
     * @param pulses conductances of each, the one before the first pulse included, at least 1
     * @param seed which ones
     * @return the recording
     */
    public Recording generate(int devices, int pulses, long seed) {
        if (devices < 1 || pulses < 1) {
            throw new IllegalArgumentException("cannot make up " + devices + " devices with " + pulses + " pulses");
        }
        float[] siemens = new float[Math.multiplyExact(devices, pulses)];
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int device = 0; device < devices; device++) {
            Device one = new Device(new SplittableRandom(seeds.nextLong()));
            for (int pulse = 0; pulse < pulses; pulse++) {
                siemens[device * pulses + pulse] = (float) one.read();
                one.pulse();
            }
        }
        return Recording.of("made-up traces", devices, pulses, siemens)
                .with("origin", "made up, not measured: " + this).with("seed", String.valueOf(seed));
    }

    /** One device and where it has come to. */
    private final class Device {
        private final RandomGenerator random;
        private final double slopeSiemens;
        private final double openSiemens;
        private final double floorSiemens;
        private final double telegraph;
        private final double flipRate;
        private boolean low;
        private double siemens;

        Device(RandomGenerator random) {
            this.random = random;
            siemens = Math.clamp(lognormal(start.medianSiemens, start.spread), start.leastSiemens, start.mostSiemens);
            slopeSiemens = lognormal(slope.medianSiemens, slope.spread)
                    * Math.pow(siemens / start.medianSiemens, slope.power);
            openSiemens = lognormal(opening.medianSiemens, opening.spread);
            floorSiemens = Math.min(lognormal(opening.floorSiemens, opening.floorSpread), 0.6 * siemens);
            telegraph = random.nextDouble() < noise.telegraphShare ? random.nextDouble() : 0;
            flipRate = 1 / lognormal(noise.telegraphDwell, 1);
        }

        private double lognormal(double median, double spread) {
            return median * Math.exp(spread * random.nextGaussian());
        }

        private double open() {
            return 1 / (1 + Math.exp((siemens / openSiemens - 1) / opening.width));
        }

        double read() {
            double open = open();
            low ^= random.nextDouble() < flipRate;
            double deviation = noise.closed + (noise.open - noise.closed) * open
                    * Math.min(1, Math.pow(openSiemens / siemens, noise.power) / 2);
            double drop = low
                    ? telegraph * (noise.telegraphClosed + (noise.telegraphOpen - noise.telegraphClosed) * open)
                    : 0;
            return Math.max(LEAST_READ_SIEMENS, siemens * (1 + deviation * random.nextGaussian()) * (1 - drop));
        }

        void pulse() {
            double open = open();
            double fade = Math.clamp((siemens - floorSiemens) / Math.max(openSiemens - floorSiemens, 1e-12), 0, 1);
            siemens -= slopeSiemens * gamma(slope.variation) * (1 - open * (1 - fade));
            double walk = opening.walk * random.nextGaussian();
            if (random.nextDouble() < opening.jumpRate) {
                walk += opening.jumpSize * random.nextGaussian();
            }
            siemens = Math.max(floorSiemens, siemens * Math.exp(open * walk));
        }

        /** Draws from the gamma distribution of mean 1 (Marsaglia and Tsang, ACM TOMS 26, 363, 2000). */
        private double gamma(double variation) {
            if (variation == 0) {
                return 1;
            }
            if (variation == 1) {
                return -Math.log1p(-random.nextDouble());
            }
            double shape = 1 / (variation * variation);
            double boost = shape < 1 ? Math.pow(1 - random.nextDouble(), 1 / shape) : 1;
            double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
            while (true) {
                double x = random.nextGaussian();
                double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
                if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                    return boost * d * v / shape;
                }
            }
        }
    }
}
