package org.memloop.sim.instrument;

/** Name the chip's supply pins (thesis, figure 4.4b and section 4.2.3), with what they need and draw. */
public enum SupplyPin {
    /** Analogue mode, of thick oxide: the shift registers, the multiplexers, the gates of the array. */
    VDD5(5, 4, 6, 0.4e-3),
    /** Digital logic, of thin oxide; it says that the array belongs to the analogue circuits. */
    VDD(1.2, 1, 1.8, 0.1e-3),
    /** Digital side of the level shifters of the rows. */
    VDDR(1.2, 1, 1.8, 0.05e-3),
    /** Digital side of the level shifters of the columns. */
    VDDC(1.2, 1, 1.8, 0.05e-3);

    private final double nominalVolts;
    private final double leastVolts;
    private final double mostVolts;
    private final double loadSiemens;

    SupplyPin(double nominalVolts, double leastVolts, double mostVolts, double loadSiemens) {
        this.nominalVolts = nominalVolts;
        this.leastVolts = leastVolts;
        this.mostVolts = mostVolts;
        this.loadSiemens = loadSiemens;
    }

    /** {@return what the chip is meant to get, volts} */
    public double nominalVolts() {
        return nominalVolts;
    }

    /** {@return below what the pin's circuits do not work, volts} */
    public double leastVolts() {
        return leastVolts;
    }

    /** {@return above what the pin's oxide breaks, volts} */
    public double mostVolts() {
        return mostVolts;
    }

    /** {@return what the pin draws, siemens} */
    public double loadSiemens() {
        return loadSiemens;
    }
}
