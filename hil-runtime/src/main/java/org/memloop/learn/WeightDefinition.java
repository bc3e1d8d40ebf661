package org.memloop.learn;

/** Say what weight two conductances make (thesis, section 4.3.2). */
public enum WeightDefinition {
    /** {@code W = alpha (G_BLb - G_BL)}, alpha in ohms (equation 4.1). */
    LINEAR {
        @Override
        double of(double siemens) {
            return siemens;
        }
    },
    /**
     * {@code W = alpha (log10 G_BLb - log10 G_BL)}, alpha a pure number (equation 4.2). A conductance below
     * {@link #FLOOR_SIEMENS} counts as that much.
     */
    LOGARITHMIC {
        @Override
        double of(double siemens) {
            return Math.log10(Math.max(siemens, FLOOR_SIEMENS));
        }
    };

    /**
     * Lowest conductance a logarithm is taken of, siemens (10 megaohm): far below any high-resistance state, and what keeps
     * a noisy reading of 0 or less from making an infinite weight.
     */
    public static final double FLOOR_SIEMENS = 0.1e-6;

    abstract double of(double siemens);

    /**
     * Make a weight.
     *
     * @param alpha scale factor of the layer
     * @param bitLineSiemens conductance of the cell a strengthening pulse weakens, siemens
     * @param complementSiemens conductance of the other cell, on BLb, siemens
     * @return the weight
     */
    public float weight(double alpha, double bitLineSiemens, double complementSiemens) {
        return (float) (alpha * (of(complementSiemens) - of(bitLineSiemens)));
    }
}
