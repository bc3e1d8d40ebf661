package org.memloop.calibration.proof;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;

/**
 * Hold what was read of every cell of a board, in both polarities.
 *
 * @param geometry shape of the array
 * @param volts column volts that were asked for
 * @param noiseAmps standard deviation of one reading, amperes
 * @param setAmps current of each cell with its bit line driven, amperes
 * @param resetAmps current of each cell with its source line driven, amperes
 */
public record BoardReadings(Geometry geometry, double volts, double noiseAmps, double[] setAmps, double[] resetAmps) {
    /** Refuse what does not belong together. */
    public BoardReadings {
        if (setAmps.length != geometry.cells() || resetAmps.length != geometry.cells()) {
            throw new IllegalArgumentException("one reading of each cell of a " + geometry + " array is needed, not "
                    + setAmps.length + " and " + resetAmps.length);
        }
    }

    /**
     * Tell what was read.
     *
     * @param polarity which line was driven
     * @return current of each cell, amperes
     */
    public double[] amps(Pulse.Polarity polarity) {
        return polarity == Pulse.Polarity.SET ? setAmps : resetAmps;
    }
}
