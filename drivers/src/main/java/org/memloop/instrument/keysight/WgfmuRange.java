package org.memloop.instrument.keysight;

/**
 * State how well a B1530A measures in one current range (user's guide, table 4-22).
 *
 * @param code how the library names the range
 * @param fullScaleAmps its end
 * @param noiseAmps noise of a mean over the window, rms
 * @param windowSeconds the window
 * @param settlingSeconds until a current is right after a step
 */
record WgfmuRange(int code, double fullScaleAmps, double noiseAmps, double windowSeconds, double settlingSeconds) {
    static final double VOLTS_MAX = 10;
    static final WgfmuRange MICROAMPS_100 = new WgfmuRange(6003, 100e-6, 47e-9, 130e-9, 820e-9);

    private static final WgfmuRange[] FAST = {MICROAMPS_100, new WgfmuRange(6004, 1e-3, 280e-9, 40e-9, 200e-9),
            new WgfmuRange(6005, 10e-3, 1.9e-6, 20e-9, 125e-9)};
    private static final double SETTLED_WITHIN = 1.0 / 3;
    private static final int FORCE_3_VOLTS = 3001;
    private static final int FORCE_5_VOLTS = 3002;
    private static final int FORCE_10_VOLTS = 3004;

    /** {@return the most sensitive range that settles early in a pulse; the fastest where none does} */
    static WgfmuRange forWidth(double widthSeconds) {
        for (WgfmuRange range : FAST) {
            if (range.settlingSeconds <= SETTLED_WITHIN * widthSeconds) {
                return range;
            }
        }
        return FAST[FAST.length - 1];
    }

    /** {@return the library's name of the smallest output range that reaches so far} */
    static int forceCode(double voltsMax) {
        return voltsMax <= 3 ? FORCE_3_VOLTS : voltsMax <= 5 ? FORCE_5_VOLTS : FORCE_10_VOLTS;
    }
}
