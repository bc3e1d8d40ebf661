package org.memloop.learn;

/** Say what weight two conductances make (thesis, section 4.3.2). */
public enum WeightDefinition {
    /** {@code W = alpha (G_BLb - G_BL)}, alpha in ohms (equation 4.1). */
    LINEAR {
        @Override
        float of(double siemens) {
            return (float) siemens;
        }
    },
    /**
     * {@code W = alpha (log10 G_BLb - log10 G_BL)}, alpha a pure number (equation 4.2). A conductance below
     * {@link #FLOOR_SIEMENS} counts as that much.
     */
    LOGARITHMIC {
        @Override
        float of(double siemens) {
            return (float) Math.log10(Math.max(siemens, FLOOR_SIEMENS));
        }
    };

    /**
     * Lowest conductance a logarithm is taken of, siemens (10 megaohm): far below any high-resistance state, and what keeps
     * a noisy reading of 0 or less from making an infinite weight.
     */
    public static final double FLOOR_SIEMENS = 0.1e-6;

    /** {@return what the weights of a layer are the scaled differences of; no reading has the digits of a double} */
    abstract float of(double siemens);

    /**
     * Make a weight.
     *
     * @param alpha scale factor of the layer
     * @param bitLineSiemens conductance of the cell a strengthening pulse weakens, siemens
     * @param complementSiemens conductance of the other cell, on BLb, siemens
     * @return the weight
     */
    public float weight(double alpha, double bitLineSiemens, double complementSiemens) {
        return weightOf(alpha, of(bitLineSiemens), of(complementSiemens));
    }

    static float weightOf(double alpha, float bitLine, float complement) {
        return (float) (alpha * ((double) complement - bitLine));
    }
}
