package org.memloop.sim.random;

/**
 * Draw standard normal numbers with 256 layers of equal area (Marsaglia and Tsang, 2000): 99 of 100 cost one random
 * number, a product and a comparison. The distribution is exact, tail included.
 *
 * <pre>
 *   layer 0      x up to R, and the tail beyond it       layer i    x up to X[i], between the heights f(X[i]) and f(X[i+1])
 *   f(x) = exp(-x^2 / 2)                                 a layer holds the area V
 * </pre>
 */
public final class Ziggurat {
    private static final long TAG = 9;
    private static final int LAYERS = 256;
    private static final double R = 3.6541528853610088;
    private static final double V = 0.00492867323399;
    private static final double[] X = new double[LAYERS + 1];

    static {
        X[0] = V / density(R);
        X[1] = R;
        for (int i = 1; i < LAYERS - 1; i++) {
            X[i + 1] = Math.sqrt(-2 * Math.log(V / X[i] + density(X[i])));
        }
    }

    private Ziggurat() {}

    /**
     * Make a standard normal number of random bits.
     *
     * @param bits 64 of them; the number that 1 of 100 needs more for gets them from a stream that these begin
     * @return the number
     */
    public static double gaussian(long bits) {
        int layer = (int) bits & LAYERS - 1;
        double x = (bits >> 10) * 0x1p-53 * X[layer];
        return Math.abs(x) < X[layer + 1] ? x : outside(bits, layer, x);
    }

    /** Decide about a number that is not wholly below the curve. */
    private static double outside(long bits, int layer, double x) {
        CellRandom more = new CellRandom(bits, TAG);
        if (layer == 0) {
            return Math.copySign(tail(more), x);
        }
        double low = density(X[layer]);
        double height = low + more.nextDouble() * (density(X[layer + 1]) - low);
        return height < density(x) ? x : gaussian(more.nextLong());
    }

    /** {@return a number beyond R} */
    private static double tail(CellRandom random) {
        double beyond;
        double against;
        do {
            beyond = -Math.log(1 - random.nextDouble()) / R;
            against = -2 * Math.log(1 - random.nextDouble());
        } while (against < beyond * beyond);
        return R + beyond;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2);
    }
}
