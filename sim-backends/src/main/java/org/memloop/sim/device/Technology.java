package org.memloop.sim.device;

/**
 * Describe a technology of memory cells: how one nominal cell behaves, its access transistor, and how cells differ from
 * one another and from themselves. {@link TechnologyCard} reads it from a file.
 *
 * @param name what people call it
 * @param cell the physics of one cell
 * @param transistor the access transistor
 * @param seriesOhms resistance outside the cell, ohms
 * @param forming how a virgin cell breaks down
 * @param mismatch how cells differ from one another
 * @param cycling how a cell differs from itself, from pulse to pulse
 * @param noise how a reading of an unchanged cell fluctuates
 * @param defects which cells do not switch
 */
public record Technology(String name, CellPhysics cell, Transistor transistor, double seriesOhms, Forming forming,
        Mismatch mismatch, Cycling cycling, Noise noise, Defects defects) {

    /**
     * Say how a virgin cell breaks down. The time to breakdown follows a Weibull distribution whose scale falls exponentially
     * with the volts across the oxide.
     *
     * @param virginSiemens conductance before forming, median over cells
     * @param virginSpread its log-normal spread
     * @param virginFieldPerVolt its non-linearity, 1/V
     * @param breakdownTimeSeconds scale of the time to breakdown at {@code breakdownVolts}
     * @param breakdownShape shape of its distribution; infinity when it does not scatter
     * @param breakdownVolts volts at which the scale is given
     * @param breakdownSteepnessPerVolt how steeply the scale falls, 1/V
     * @param breakdownSpreadVolts standard deviation over cells of the volts a cell withstands
     * @param seedChannels state at the moment of breakdown
     * @param reservoirChannels highest state the vacancies of a fresh filament allow, median over cells
     * @param reservoirSpread its log-normal spread
     * @param reservoirGrowth factor by which each later SET raises it
     */
    public record Forming(@Positive double virginSiemens, double virginSpread, double virginFieldPerVolt,
            @Positive double breakdownTimeSeconds, @Positive double breakdownShape,
            double breakdownVolts, double breakdownSteepnessPerVolt, double breakdownSpreadVolts, double seedChannels,
            double reservoirChannels, double reservoirSpread, double reservoirGrowth) {}

    /**
     * Say how cells differ from one another, as standard deviations over cells. Transistor mismatch acts on reading
     * exactly, and on switching through the sensitivities.
     *
     * @param setLog of the logarithm of the speed of SET
     * @param resetLog of the logarithm of the speed of RESET
     * @param conductance of the factor on the filament's conductance
     * @param thresholdVolts of the transistor's threshold
     * @param transconductance of the transistor's transconductance, relative
     * @param setByThresholdPerVolt change of the logarithm of the speed of SET with the threshold
     * @param setByTransconductance change with the relative transconductance
     * @param resetByThresholdPerVolt change of the logarithm of the speed of RESET with the threshold
     * @param resetByTransconductance change with the relative transconductance
     */
    public record Mismatch(double setLog, double resetLog, double conductance, double thresholdVolts,
            double transconductance, @Signed double setByThresholdPerVolt, @Signed double setByTransconductance,
            @Signed double resetByThresholdPerVolt,
            @Signed double resetByTransconductance) {}

    /**
     * Say how a cell differs from itself. Each time the direction of switching turns, its speed is drawn anew; a
     * thin contact rests in one of several metastable arrangements.
     *
     * @param setLog standard deviation of the logarithm of the speed of SET
     * @param weakLog the same of RESET at {@code weakVolts} and below
     * @param hardLog the same of RESET at {@code hardVolts} and above; linear between
     * @param weakVolts column volts of a weak RESET
     * @param hardVolts column volts of a hard RESET
     * @param metastableChannels standard deviation of the metastable offset of a thin contact
     * @param metastableBelowChannels state below which a contact counts as thin
     * @param metastableWidthChannels how gradually it becomes so
     * @param weakRedraw probability that a weak pulse finds another arrangement; any stronger pulse tends to 1
     */
    public record Cycling(double setLog, double weakLog, double hardLog, double weakVolts, double hardVolts,
            double metastableChannels, double metastableBelowChannels,
            double metastableWidthChannels, double weakRedraw) {}

    /**
     * Say how readings of an unchanged cell fluctuate, relative to the conductance of the filament: random telegraph
     * noise of a few traps, white and 1/f noise, and relaxation with the logarithm of the time since programming. {@code G0/G} is
     * a reference over the filament's conductance.
     *
     * @param referenceSiemens G0, the conductance at which the shares below hold
     * @param whitePerHertz relative spectral density of white noise, 1/Hz, times G0/G
     * @param traps mean number of traps of a cell (Poisson)
     * @param trapAmplitude median relative step of a trap, times G0/G
     * @param trapSpread log-normal spread of the step
     * @param trapMax largest relative step
     * @param trapFastestSeconds shortest mean capture or emission time
     * @param trapSlowestSeconds longest mean capture or emission time (log-uniform between)
     * @param flicker relative spectral density times frequency, times G0/G
     * @param flickerMax its largest value
     * @param relaxation relative change for each decade of time, at three channels
     * @param relaxationMax its largest value
     * @param relaxationOnsetSeconds when relaxation sets in
     */
    public record Noise(@Positive double referenceSiemens, double whitePerHertz, double traps, double trapAmplitude,
            double trapSpread, double trapMax,
            @Positive double trapFastestSeconds, @Positive double trapSlowestSeconds, double flicker, double flickerMax,
            double relaxation,
            double relaxationMax, @Positive double relaxationOnsetSeconds) {}

    /**
     * Say which cells do not switch, from the start or in the end.
     *
     * @param stuckFraction share of cells that never switch, 0 to 1
     * @param stuckLowShare share of those that conduct always; the others can never be formed
     * @param stuckChannels state of a cell that conducts always
     * @param brokenLines share of bit, word and source lines that are open, 0 to 1
     * @param enduranceCycles scale of the Weibull distribution of cycles to failure
     * @param enduranceShape its shape
     * @param wornLowShare share of worn-out cells that end up conducting
     */
    public record Defects(double stuckFraction, double stuckLowShare, double stuckChannels, double brokenLines,
            @Positive double enduranceCycles,
            @Positive double enduranceShape, double wornLowShare) {
        /** Refuse shares that are none. */
        public Defects {
            Shares.require("stuckFraction", stuckFraction);
            Shares.require("stuckLowShare", stuckLowShare);
            Shares.require("brokenLines", brokenLines);
            Shares.require("wornLowShare", wornLowShare);
        }
    }

    /**
     * Return the same technology with another share of dead cells.
     *
     * @param fraction share of cells that never switch, 0 to 1
     * @return the changed technology
     */
    public Technology withStuckFraction(double fraction) {
        Defects d = defects;
        return with(noise, new Defects(fraction, d.stuckLowShare, d.stuckChannels, d.brokenLines, d.enduranceCycles,
                d.enduranceShape, d.wornLowShare));
    }

    /**
     * Return the same technology with another share of broken lines.
     *
     * @param fraction share of word, bit and source lines that are open, 0 to 1
     * @return the changed technology
     */
    public Technology withBrokenLines(double fraction) {
        Defects d = defects;
        return with(noise, new Defects(d.stuckFraction, d.stuckLowShare, d.stuckChannels, fraction, d.enduranceCycles,
                d.enduranceShape, d.wornLowShare));
    }

    /**
     * Return the same technology with other noise and defects.
     *
     * @param otherNoise how its readings fluctuate
     * @param otherDefects which of its cells do not switch
     * @return the changed technology
     */
    public Technology with(Noise otherNoise, Defects otherDefects) {
        return new Technology(name, cell, transistor, seriesOhms, forming, mismatch, cycling, otherNoise, otherDefects);
    }

    /**
     * Return the same technology, simulated more simply.
     *
     * @param fidelity what to keep of its spread and noise
     * @return the changed technology
     */
    public Technology at(Fidelity fidelity) {
        if (fidelity == Fidelity.FULL) {
            return this;
        }
        Cycling c = cycling;
        Technology steady = new Technology(name, cell.steady(), transistor, seriesOhms, forming, mismatch,
                new Cycling(0, 0, 0, c.weakVolts, c.hardVolts, 0, c.metastableBelowChannels,
                        c.metastableWidthChannels, 0),
                new Noise(noise.referenceSiemens, 0, 0, 0, 0, 0, noise.trapFastestSeconds, noise.trapSlowestSeconds, 0,
                        0, 0, 0, noise.relaxationOnsetSeconds),
                defects);
        return fidelity == Fidelity.STATIC ? steady : steady.nominal();
    }

    /** {@return the same technology without differences between cells} */
    private Technology nominal() {
        Forming f = forming;
        Defects d = defects;
        return new Technology(name, cell, transistor, seriesOhms,
                new Forming(f.virginSiemens, 0, f.virginFieldPerVolt, f.breakdownTimeSeconds, Double.POSITIVE_INFINITY,
                        f.breakdownVolts, f.breakdownSteepnessPerVolt, 0, f.seedChannels, f.reservoirChannels, 0,
                        f.reservoirGrowth),
                new Mismatch(0, 0, 0, 0, 0, 0, 0, 0, 0), cycling, noise,
                new Defects(0, d.stuckLowShare, d.stuckChannels, 0, Double.POSITIVE_INFINITY, d.enduranceShape,
                        d.wornLowShare));
    }
}
