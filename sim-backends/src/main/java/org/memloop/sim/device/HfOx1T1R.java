package org.memloop.sim.device;

/**
 * Hold every constant of the quantised-filament model of an HfOx cell in series with its access transistor.
 *
 * <p>A cell has one coordinate {@code s}, counted in conductance quanta. Above zero it is the number of channels of an
 * ohmic point contact; below zero it is a gap that carries exponentially less. Fields and Joule heat move it both ways.
 * The numbers are fitted to the operating conditions of the thesis (table 4.1) and to published HfOx statistics.
 *
 * @param filament how a state conducts
 * @param kinetics how fast a state moves
 * @param transistor the access transistor
 * @param seriesOhms resistance outside the cell, ohms: generator 50, multiplexers and lines 200, oscilloscope input 50
 * @param forming how a virgin cell breaks down
 * @param mismatch how cells differ from one another
 * @param cycling how a cell differs from itself, from pulse to pulse
 * @param noise how a reading of an unchanged cell fluctuates
 * @param defects which cells do not switch, from the start or in the end
 */
public record HfOx1T1R(Filament filament, Kinetics kinetics, Transistor transistor, double seriesOhms, Forming forming,
        Mismatch mismatch, Cycling cycling, Noise noise, Defects defects) {

    /** Lowest state, channels. */
    public static final double MIN_CHANNELS = -3;
    /** Highest state, channels. */
    public static final double MAX_CHANNELS = 8;

    /** The fitted constants. */
    public static final HfOx1T1R FITTED = new HfOx1T1R(new Filament(77.48e-6, 0.5, 1.6, 0.35),
            new Kinetics(1e13, 300, 3.5e6, 50e6, 1.215, 0.86, 0.052, 1.447, 0.77, 0.073, 0.74, 1e9),
            new Transistor(80e-6, 0.70, 25.9e-3), 300,
            new Forming(0.2e-6, 0.35, 1.8, 0.3e-6, 2.4, 13, 0.06, 0.2, 0.36, 0.7, 1.35),
            new Mismatch(0.8, 0.45, 0.08, 25e-3, 0.03, -22, 24, -3.6, 9.9),
            new Cycling(0.8, 0.35, 1.5, 0.9, 2.0, 0.02, 0.10, 0.9, 0.12, 0.1),
            new Noise(2, 0.05, 0.8, 0.5, 1e-6, 1, 1e-5, 1e-3, 0.003, 0.05, 1e-4),
            new Defects(0.003, 0.5, 6, 1e7, 1.5, 0.7));

    /**
     * Say how a state conducts: {@code I = G sinh(a V) / a} with {@code G = G0 w ln(1 + exp(s/w))} and
     * {@code a = amax / (1 + exp(s/wa))}.
     *
     * @param quantumSiemens G0, conductance of one channel
     * @param widthChannels w, how gradually the contact opens
     * @param fieldPerVolt amax, non-linearity of a wide gap, 1/V
     * @param fieldWidthChannels wa, over which the non-linearity goes away
     */
    public record Filament(double quantumSiemens, double widthChannels, double fieldPerVolt,
            double fieldWidthChannels) {}

    /**
     * Say how fast a state moves: vacancies are generated and recombine over barriers that the field tilts and the
     * filament's own width shifts, at the temperature that Joule heat brings it to.
     *
     * <pre>
     *   generation    = nu exp(-max(0.05, Eg + bg n  - p ag V) / kT)              p = +1 SET, -1 RESET
     *   recombination = nu exp(-max(0.05, Er - br n' + p ar V / (1 + kg gap)) / kT)
     *   T = Ta + V I / (1/Rox + n/Rf)       ds/dt = r / (1 + |r|/rmax),  r = generation - recombination
     * </pre>
     *
     * @param attemptHertz nu, attempt frequency
     * @param ambientKelvin Ta
     * @param oxideKelvinPerWatt Rox, heat resistance of the oxide around the filament
     * @param channelKelvinPerWatt Rf, heat resistance along one channel
     * @param generationElectronvolts Eg
     * @param generationTilt ag, electronvolts per volt
     * @param generationElectronvoltsPerChannel bg
     * @param recombinationElectronvolts Er
     * @param recombinationTilt ar, electronvolts per volt
     * @param recombinationElectronvoltsPerChannel br
     * @param gapScreening kg, weakening of the recombination tilt for each channel of gap
     * @param fastestPerSecond rmax, the speed at which heat and supply limit the motion
     */
    public record Kinetics(double attemptHertz, double ambientKelvin, double oxideKelvinPerWatt,
            double channelKelvinPerWatt, double generationElectronvolts, double generationTilt,
            double generationElectronvoltsPerChannel, double recombinationElectronvolts, double recombinationTilt,
            double recombinationElectronvoltsPerChannel, double gapScreening, double fastestPerSecond) {}

    /**
     * Say how a virgin cell breaks down. The time to breakdown is exponentially distributed around a mean that falls
     * exponentially with the volts across the oxide.
     *
     * @param virginSiemens conductance before forming, median over cells
     * @param virginSpread its log-normal spread
     * @param virginPerVolt its non-linearity, 1/V
     * @param breakdownSeconds mean time to breakdown at {@code breakdownVolts}
     * @param breakdownVolts volts at which the mean is given
     * @param breakdownPerVolt how steeply the mean falls, 1/V
     * @param breakdownVoltsSpread standard deviation over cells of the volts a cell withstands
     * @param seedChannels state at the moment of breakdown
     * @param reservoirChannels highest state the vacancies of a fresh filament allow, median over cells
     * @param reservoirSpread its log-normal spread
     * @param reservoirGrowth factor by which each later SET raises it
     */
    public record Forming(double virginSiemens, double virginSpread, double virginPerVolt, double breakdownSeconds,
            double breakdownVolts, double breakdownPerVolt, double breakdownVoltsSpread, double seedChannels,
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
     * @param setLogPerVolt change of the logarithm of the speed of SET with the threshold
     * @param setLogPerTransconductance change with the relative transconductance
     * @param resetLogPerVolt change of the logarithm of the speed of RESET with the threshold
     * @param resetLogPerTransconductance change with the relative transconductance
     */
    public record Mismatch(double setLog, double resetLog, double conductance, double thresholdVolts,
            double transconductance, double setLogPerVolt, double setLogPerTransconductance, double resetLogPerVolt,
            double resetLogPerTransconductance) {}

    /**
     * Say how a cell differs from itself. Each time the direction of switching turns, its speed is drawn anew; each
     * pulse moves a whole number of vacancy quanta; a thin contact rests in one of several metastable arrangements.
     *
     * @param setLog standard deviation of the logarithm of the speed of SET
     * @param weakLog the same of RESET at {@code weakVolts} and below
     * @param hardLog the same of RESET at {@code hardVolts} and above; linear between
     * @param weakVolts column volts of a weak RESET
     * @param hardVolts column volts of a hard RESET
     * @param quantumChannels the smallest step of the state
     * @param metastableChannels standard deviation of the metastable offset of a thin contact
     * @param metastableBelowChannels state below which a contact counts as thin
     * @param metastableWidthChannels how gradually it becomes so
     * @param weakRedraw probability that a weak pulse finds another arrangement; any stronger pulse tends to 1
     */
    public record Cycling(double setLog, double weakLog, double hardLog, double weakVolts, double hardVolts,
            double quantumChannels, double metastableChannels, double metastableBelowChannels,
            double metastableWidthChannels, double weakRedraw) {}

    /**
     * Say how readings of an unchanged cell fluctuate, relative to the conductance of the filament: random telegraph
     * noise of a few traps, 1/f noise, and relaxation with the logarithm of the time since programming. {@code G0/G} is
     * the channel quantum over the filament's conductance.
     *
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
     * @param relaxationSeconds when relaxation sets in
     */
    public record Noise(double traps, double trapAmplitude, double trapSpread, double trapMax,
            double trapFastestSeconds, double trapSlowestSeconds, double flicker, double flickerMax, double relaxation,
            double relaxationMax, double relaxationSeconds) {}

    /**
     * Say which cells do not switch.
     *
     * @param stuckFraction share of cells that never switch, 0 to 1
     * @param stuckLowShare share of those that conduct always; the others can never be formed
     * @param stuckChannels state of a cell that conducts always
     * @param enduranceCycles scale of the Weibull distribution of cycles to failure
     * @param enduranceShape its shape
     * @param wornLowShare share of worn-out cells that end up conducting
     */
    public record Defects(double stuckFraction, double stuckLowShare, double stuckChannels, double enduranceCycles,
            double enduranceShape, double wornLowShare) {}

    /**
     * Return the same technology with another share of dead cells.
     *
     * @param fraction share of cells that never switch, 0 to 1
     * @return the changed technology
     */
    public HfOx1T1R withStuckFraction(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("the fraction of stuck cells lies between 0 and 1, not " + fraction);
        }
        Defects d = new Defects(fraction, defects.stuckLowShare, defects.stuckChannels, defects.enduranceCycles,
                defects.enduranceShape, defects.wornLowShare);
        return new HfOx1T1R(filament, kinetics, transistor, seriesOhms, forming, mismatch, cycling, noise, d);
    }

    /**
     * Tell the small-signal conductance of a filament.
     *
     * @param channels its state
     * @return siemens
     */
    public double filamentSiemens(double channels) {
        double w = filament.widthChannels;
        return filament.quantumSiemens * w * Math.log(1 + Math.exp(channels / w));
    }

    /**
     * Tell the non-linearity of a filament.
     *
     * @param channels its state
     * @return a of {@code I = G sinh(a V) / a}, 1/V
     */
    public double filamentPerVolt(double channels) {
        return filament.fieldPerVolt / (1 + Math.exp(channels / filament.fieldWidthChannels));
    }
}
