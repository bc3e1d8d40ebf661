package org.memloop.sim.random;

/** Draw Poisson numbers, exactly, in a time that does not grow with their mean. */
public final class Poisson {
    /** From this mean on, rejection is faster than adding up probabilities. */
    private static final double LARGE = 12;
    private static final int EXACT_FACTORIALS = 16;

    private Poisson() {}

    /**
     * Draw for the event that owns some bits.
     *
     * @param mean the mean
     * @param bits random bits of which a small mean uses the upper 53
     * @param tag tells a large mean's further numbers from the event's other uses
     * @return the number
     */
    public static int draw(double mean, long bits, long tag) {
        return mean < LARGE ? small(mean, CellRandom.uniform(bits)) : large(mean, new CellRandom(bits, tag));
    }

    /**
     * Find the number whose cumulative probability is first above a uniform number.
     *
     * @param mean the mean, small enough for adding up
     * @param uniform from 0 to 1
     * @return the number
     */
    public static int small(double mean, double uniform) {
        double probability = Math.exp(-mean);
        double sum = probability;
        int n = 0;
        while (uniform >= sum && probability > 0) {
            n++;
            probability *= mean / n;
            sum += probability;
        }
        return n;
    }

    /** Transformed rejection with squeeze (Hörmann 1993, algorithm PTRS), for means of at least 10. */
    private static int large(double mean, CellRandom random) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double edge = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / edge + b) * u + mean + 0.43);
            if (edge >= 0.07 && v <= squeeze) {
                return (int) k;
            }
            if (k >= 0 && !(edge < 0.013 && v > edge)) {
                double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
                double logRatio = Math.log(v * inverseAlpha / (a / (edge * edge) + b));
                if (logRatio <= k * Math.log(mean) - mean - logFactorial((int) k)) {
                    return (int) k;
                }
            }
        }
    }

    static double logFactorial(int n) {
        if (n < EXACT_FACTORIALS) {
            double product = 1;
            for (int i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n + 1.0;
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1 - 1 / (30 * x * x)) / (12 * x);
    }
}
