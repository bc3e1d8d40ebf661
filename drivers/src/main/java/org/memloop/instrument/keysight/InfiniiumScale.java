package org.memloop.instrument.keysight;

import org.memloop.bench.LinkException;

/**
 * Hold the fields of an Infiniium's preamble that matter: how many points, and both axes. Samples are 16-bit words.
 *
 * <pre>
 *   time(i) = xOrigin + i xIncrement       volts = word yIncrement + yOrigin       word 31232: no sample
 * </pre>
 *
 * @param points how many points a segment has, or all segments together
 * @param averages how many acquisitions were averaged, 0 or 1 for none
 * @param xIncrement seconds from point to point
 * @param xOrigin seconds of the first point, from the trigger
 * @param yIncrement volts of one count
 * @param yOrigin volts of count 0
 */
record InfiniiumScale(int points, int averages, double xIncrement, double xOrigin, double yIncrement, double yOrigin) {
    static final String PREAMBLE = ":WAV:PRE?";
    static final short HOLE = 31232;
    private static final int FIELDS = 10;

    static InfiniiumScale of(String instrument, String preamble) {
        double[] f = new double[FIELDS];
        try {
            String[] texts = preamble.split(",");
            for (int i = 0; i < f.length; i++) {
                f[i] = Double.parseDouble(texts[i].strip());
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new LinkException(instrument, PREAMBLE, "answered '" + preamble + "', which is no preamble", e);
        }
        InfiniiumScale scale = new InfiniiumScale((int) f[2], (int) f[3], f[4], f[5], f[7], f[8]);
        if (scale.points < 1 || !(scale.xIncrement > 0) || !(scale.yIncrement > 0)) {
            throw new LinkException(instrument, PREAMBLE, "no axis can be made of '" + preamble + "'", null);
        }
        return scale;
    }
}
