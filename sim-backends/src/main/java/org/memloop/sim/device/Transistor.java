package org.memloop.sim.device;

/**
 * Model an n-channel transistor from weak to strong inversion (EKV with slope factor 1): symmetric in source and drain,
 * a square law when saturated.
 *
 * <pre>
 *   I = 2 K Ut^2 { L((Vg - Vt - Vs) / 2Ut) - L((Vg - Vt - Vd) / 2Ut) }        L(x) = ln^2(1 + exp(x))
 * </pre>
 *
 * @param transconductanceAmpsPerSquareVolt K
 * @param thresholdVolts Vt; below 0 where the channel is open without a gate voltage
 * @param thermalVolts Ut
 */
public record Transistor(@Positive double transconductanceAmpsPerSquareVolt, @Signed double thresholdVolts,
        @Positive double thermalVolts) {
    private static final double STRONG = 30;

    /**
     * Return a neighbour on the same die.
     *
     * @param shiftVolts how much higher its threshold is
     * @param factor how many times larger its transconductance is
     * @return the other transistor
     */
    public Transistor mismatched(double shiftVolts, double factor) {
        return new Transistor(transconductanceAmpsPerSquareVolt * factor, thresholdVolts + shiftVolts, thermalVolts);
    }

    /**
     * Tell the current.
     *
     * @param gateVolts gate, against ground
     * @param sourceVolts source, against ground
     * @param drainVolts drain, against ground
     * @return amperes from drain to source, negative when the source is higher
     */
    public double amps(double gateVolts, double sourceVolts, double drainVolts) {
        return side(gateVolts, sourceVolts) - side(gateVolts, drainVolts);
    }

    /**
     * Tell how the current depends on the volts of one terminal.
     *
     * @param gateVolts gate, against ground
     * @param terminalVolts source or drain, against ground
     * @return how fast {@link #amps} rises with the drain, or falls with the source, siemens, 0 or more
     */
    public double slopeSiemens(double gateVolts, double terminalVolts) {
        return slope(side(gateVolts, terminalVolts));
    }

    /** {@return the current one terminal would carry alone, amperes} */
    double side(double gateVolts, double terminalVolts) {
        double ln = softplus((gateVolts - thresholdVolts - terminalVolts) / (2 * thermalVolts));
        return 2 * transconductanceAmpsPerSquareVolt * thermalVolts * thermalVolts * ln * ln;
    }

    /** {@return how fast {@link #side} falls as its terminal rises, given its value, siemens} */
    double slope(double sideAmps) {
        double ln = Math.sqrt(sideAmps / (2 * transconductanceAmpsPerSquareVolt)) / thermalVolts;
        double inverted = ln > STRONG ? 1 : 1 - Math.exp(-ln);
        return 2 * transconductanceAmpsPerSquareVolt * thermalVolts * ln * inverted;
    }

    private static double softplus(double x) {
        return x > STRONG ? x : Math.log(1 + Math.exp(x));
    }
}
