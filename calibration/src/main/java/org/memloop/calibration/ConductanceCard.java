package org.memloop.calibration;

/**
 * Turn a raw reading into a conductance: subtract the offset of the current, correct its gain, and take the resistance of
 * the reading path out of the result.
 *
 * <pre>
 *   I = (amps - offsetAmps) * gain          G = 1 / (V / I - seriesOhms)
 * </pre>
 *
 * @param offsetAmps current read where none flows, amperes
 * @param gain true current over read current, 1 for a perfect path
 * @param seriesOhms resistance between the applied volts and the cell that is not to count as the cell's, ohms
 */
public record ConductanceCard(double offsetAmps, double gain, double seriesOhms) {
    /** Take readings as they are: the conductance of the whole path, transistor and lines included. */
    public static final ConductanceCard WHOLE_PATH = new ConductanceCard(0, 1, 0);

    /**
     * Say what a reading means.
     *
     * @param volts column volts that were applied, more than 0
     * @param amps current that was read, amperes
     * @return conductance, siemens; noise around zero current can make it slightly negative
     */
    public double siemens(double volts, double amps) {
        double current = (amps - offsetAmps) * gain;
        return current / (volts - current * seriesOhms);
    }
}
