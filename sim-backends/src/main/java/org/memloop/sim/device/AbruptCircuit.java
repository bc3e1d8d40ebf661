package org.memloop.sim.device;

/**
 * Share the volts out between a filament that breaks abruptly, its transistor and the lines.
 *
 * <pre>
 *   SET, reading   column -- Rs -- filament -- drain [NMOS] source -- ground
 *   RESET          column -- Rs -- drain [NMOS] source -- filament -- ground
 * </pre>
 */
public final class AbruptCircuit {
    /** Share of the volts of a reading that the best conducting filament keeps. */
    private static final double MOST_SHORTED = 0.05;

    private final AbruptFilament.Access access;
    private final AbruptFilament.Setting setting;

    /**
     * Solve cells of one technology.
     *
     * @param technology its constants
     */
    public AbruptCircuit(AbruptFilament technology) {
        access = technology.access();
        setting = technology.setting();
    }

    /**
     * Solve a filament in series with its transistor.
     *
     * @param siemens conductance of the filament
     * @param overdriveVolts gate over threshold
     * @param columnVolts volts on the driven line
     * @param reset whether the source line is driven: the filament then lifts the transistor's source
     * @return volts across the filament
     */
    public double cellVolts(double siemens, double overdriveVolts, double columnVolts, boolean reset) {
        double low = 0;
        double high = columnVolts / (1 + siemens * access.seriesOhms());
        if (excess(high, siemens, overdriveVolts, columnVolts, reset) >= 0) {
            return high;
        }
        double atLow = excess(low, siemens, overdriveVolts, columnVolts, reset);
        double atHigh = excess(high, siemens, overdriveVolts, columnVolts, reset);
        // regula falsi (Illinois): the current falls in a smooth curve, so a few steps are enough
        for (int i = 0; i < 60 && high - low > 1e-7 * columnVolts; i++) {
            double middle = (low * atHigh - high * atLow) / (atHigh - atLow);
            double at = excess(middle, siemens, overdriveVolts, columnVolts, reset);
            if (Math.abs(at) < 1e-7 * siemens * columnVolts) {
                return middle;
            }
            if (at > 0) {
                low = middle;
                atLow = at;
                atHigh /= 2;
            } else {
                high = middle;
                atHigh = at;
                atLow /= 2;
            }
        }
        return (low + high) / 2;
    }

    /** {@return by how much the transistor's current exceeds the filament's, amperes} */
    private double excess(double cellVolts, double siemens, double overdriveVolts, double columnVolts, boolean reset) {
        double amps = siemens * cellVolts;
        double far = Math.max(0, columnVolts - amps * access.seriesOhms());
        return reset
                ? access.amps(overdriveVolts, cellVolts, Math.max(cellVolts, far)) - amps
                : access.amps(overdriveVolts, 0, Math.max(0, far - cellVolts)) - amps;
    }

    /**
     * Tell which filament gives a reading: the inverse of solving it in series with its transistor.
     *
     * @param readSiemens current over column volts
     * @param overdriveVolts gate over threshold
     * @param columnVolts volts on the bit line
     * @return siemens; when no filament conducts so well, one that conducts as good as all that does
     */
    public double filamentSiemens(double readSiemens, double overdriveVolts, double columnVolts) {
        double amps = readSiemens * columnVolts;
        double ahead = columnVolts - amps * access.seriesOhms();
        double low = MOST_SHORTED * columnVolts;
        double high = Math.max(low, ahead);
        for (int i = 0; i < 40; i++) {
            double cellVolts = (low + high) / 2;
            if (access.amps(overdriveVolts, 0, Math.max(0, ahead - cellVolts)) > amps) {
                low = cellVolts;
            } else {
                high = cellVolts;
            }
        }
        return amps / low;
    }

    /**
     * Tell the filament that a SET pulse stops at: the one that carries the transistor's current at the holding voltage.
     *
     * @param overdriveVolts gate over threshold
     * @param columnVolts volts on the bit line
     * @param seconds length of the pulse
     * @return siemens
     */
    public double levelSiemens(double overdriveVolts, double columnVolts, double seconds) {
        double ahead = columnVolts - setting.holdVolts();
        if (ahead <= 0) {
            return 0;
        }
        double low = 0;
        double high = ahead / access.seriesOhms();
        for (int i = 0; i < 40; i++) {
            double amps = (low + high) / 2;
            if (access.amps(overdriveVolts, 0, ahead - amps * access.seriesOhms()) > amps) {
                low = amps;
            } else {
                high = amps;
            }
        }
        return low / setting.holdVolts() * Math.max(0.5, 1 + setting.widening() * Math.log10(seconds / 100e-9));
    }
}
