package org.memloop.sim.device;

/**
 * Hold every constant of a filament that breaks abruptly, in series with a short access transistor: the technology of
 * 64 kbit 1T1R chips of the 2020s, pulsed for 20 ns to 2 us.
 *
 * <p>What measured chips do, and what stands for it here:
 * <ul>
 * <li>SET begins above a sharp column voltage and stops when the cell's volts have fallen to a holding voltage, so that
 * the transistor's current decides the level ({@link Setting}), and its threshold's spread the spread.
 * <li>RESET heats the cell and the transistor above it. At first the filament grows; then, after a waiting time with a
 * delay and a tail, it breaks within some hundred nanoseconds, into a gap that is log-normal ({@link Growth},
 * {@link Collapse}). A pulse that ends meanwhile leaves a cell between the states.
 * <li>A contact thinner than a conductance quantum is not stable: its conductance jumps after programming
 * ({@link Relaxation}).
 * </ul>
 *
 * @param name what people call it
 * @param access the access transistor
 * @param forming how a virgin cell breaks down
 * @param setting what a SET pulse does
 * @param growth what a RESET pulse does before the filament breaks
 * @param collapse when and how it breaks
 * @param cycling how cells change with their first cycles, and which part of all spread is a cell's own
 * @param reading how a reading of an unchanged cell fluctuates
 * @param relaxation how a contact settles after programming
 * @param defects which cells do not switch, from the start or in the end
 */
public record AbruptFilament(String name, Access access, Forming forming, Setting setting, Growth growth,
        Collapse collapse, Cycling cycling, Reading reading, Relaxation relaxation, Defects defects) {
    /** Conductance of a filament for which the waiting time of {@link Collapse} holds, siemens. */
    public static final double REFERENCE_SIEMENS = 150e-6;

    /**
     * Describe the access transistor: the EKV model, whose current saturates with the gate as the carriers' velocity
     * does, and rises with the drain as the channel shortens.
     *
     * <pre>
     *   I = 2 K Ut^2 (f^2 - r^2) (1 + lambda Vds) / (1 + 2 theta Ut f)
     *   f = ln(1 + exp((Vg - Vt - Vs) / 2 Ut))       r = ln(1 + exp((Vg - Vt - Vd) / 2 Ut))
     * </pre>
     *
     * @param transconductanceAmpsPerSquareVolt K
     * @param thresholdVolts Vt
     * @param swingVolts Ut, times the slope factor
     * @param shorteningPerVolt lambda
     * @param saturationPerVolt theta
     * @param seriesOhms resistance of lines, driver and shunt
     * @param thresholdSpreadVolts standard deviation of Vt, between cells and between cycles
     */
    public record Access(@Positive double transconductanceAmpsPerSquareVolt, double thresholdVolts,
            @Positive double swingVolts,
            double shorteningPerVolt, double saturationPerVolt, double seriesOhms, double thresholdSpreadVolts) {

        /**
         * Tell the current.
         *
         * @param overdriveVolts gate over threshold, against ground
         * @param sourceVolts source, against ground
         * @param drainVolts drain, against ground, not below the source
         * @return amperes
         */
        public double amps(double overdriveVolts, double sourceVolts, double drainVolts) {
            double f = softplus((overdriveVolts - sourceVolts) / (2 * swingVolts));
            double r = softplus((overdriveVolts - drainVolts) / (2 * swingVolts));
            return 2 * transconductanceAmpsPerSquareVolt * swingVolts * swingVolts * (f * f - r * r)
                    * (1 + shorteningPerVolt * (drainVolts - sourceVolts))
                    / (1 + saturationPerVolt * 2 * swingVolts * f);
        }

        private static double softplus(double x) {
            return x > 30 ? x : Math.log1p(Math.exp(x));
        }
    }

    /**
     * Say how a virgin cell breaks down, once the volts on its column exceed its strength: it is then SET, to a part of
     * the level that later SETs reach.
     *
     * @param virginSiemens conductance before forming, median
     * @param virginSpread its log-normal spread
     * @param strengthVolts column volts that break a cell within a microsecond, median
     * @param strengthSpreadVolts standard deviation over cells
     * @param strengthPerDecadeVolts how much lower it is for a ten times longer pulse
     * @param share part of the usual level that forming reaches, median
     * @param shareSpread its log-normal spread
     */
    public record Forming(@Positive double virginSiemens, double virginSpread, double strengthVolts,
            double strengthSpreadVolts,
            double strengthPerDecadeVolts, double share, double shareSpread) {}

    /**
     * Say what a SET pulse does.
     *
     * @param onsetVolts column volts at which half of the cells switch in 100 ns
     * @param onsetSpreadVolts its standard deviation
     * @param onsetPerDecadeVolts how much lower it is for a ten times longer pulse
     * @param holdVolts volts left across the cell when its filament stops growing
     * @param widening relative growth of the filament for each decade of pulse width beyond 100 ns
     * @param levelSpread log-normal spread of the filament, beside the transistor's
     */
    public record Setting(double onsetVolts, double onsetSpreadVolts, double onsetPerDecadeVolts,
            @Positive double holdVolts,
            double widening, double levelSpread) {}

    /**
     * Say how much a filament grows under RESET before it breaks:
     * {@code dG = A (Vcell/1V)^a (Vcolumn/3V)^b (1 - exp(-t'/tau))}. What drives it is heat, which a pulse has to bring
     * first: {@code t' = t - w (1 - exp(-t/w))}.
     *
     * @param warmUpSeconds w; the waiting time of {@link Collapse} goes by in the same time t'
     * @param sizeSiemens A, mean
     * @param sizeSpread its standard deviation, as a share: some filaments shrink
     * @param cellExponent a
     * @param columnExponent b
     * @param timeSeconds tau, median
     * @param timeSpread its log-normal spread; a filament that grows sooner breaks sooner as well
     */
    public record Growth(double warmUpSeconds, double sizeSiemens, double sizeSpread, @Signed double cellExponent,
            @Signed double columnExponent, @Positive double timeSeconds, double timeSpread) {
        /**
         * Tell for how long a pulse heats.
         *
         * @param seconds its length
         * @return the time in which growth and waiting go by, seconds
         */
        public double heatedSeconds(double seconds) {
            return warmUpSeconds > 0 ? seconds + warmUpSeconds * Math.expm1(-seconds / warmUpSeconds) : seconds;
        }
    }

    /**
     * Say when a filament breaks under RESET, and how. What heats it is what cell and transistor dissipate together, so
     * that the drive is {@code u = sqrt(Vcell Vcolumn)}; the waiting time is
     * {@code t0 exp((1.732 V - u) / u0) (G/Gref)^m (d + (1 - d) W)}, where W follows a Weibull distribution of scale 1.
     *
     * @param timeSeconds t0
     * @param steepnessVolts u0
     * @param delay d, share of the time in which no filament breaks
     * @param shape of the Weibull distribution
     * @param spread log-normal spread of t0
     * @param sizeExponent m: a thicker filament stays cooler
     * @param depth logarithm of the ratio of conductances before and after, median of a fresh cell at 2 V
     * @param depthSpread its log-normal spread
     * @param depthExponent how it grows with the volts over the gap
     * @param durationSeconds how long it takes to open, median
     * @param durationSpread its log-normal spread
     */
    public record Collapse(@Positive double timeSeconds, @Positive double steepnessVolts, double delay,
            @Positive double shape, double spread,
            @Signed double sizeExponent,
            double depth, double depthSpread, @Signed double depthExponent, @Positive double durationSeconds,
            double durationSpread) {}

    /**
     * Say how cells change with their first cycles, towards a limit, and which part of all spread is a cell's own; the
     * rest is drawn anew at each SET.
     *
     * @param cycles how many cycles take a cell 63 % of the way
     * @param deepening by which factor the gap of {@link Collapse} grows
     * @param hastening by which factor the waiting time falls
     * @param levelShare part of the variance of SET levels that lies between cells
     * @param depthShare part of the variance of gaps that lies between cells
     */
    public record Cycling(@Positive double cycles, double deepening, double hastening, double levelShare,
            double depthShare) {}

    /**
     * Say how readings of an unchanged cell fluctuate. What the tester adds is the same current whatever the cell
     * conducts; what the cell adds is a share of a thick contact, and the same conductance for any thin one.
     *
     * @param currentAmps white noise of the tester, standard deviation of one reading
     * @param driftAmps slow noise of the tester in each decade of frequency (1/f noise), standard deviation
     * @param connectionAmps by what the tester reads otherwise after each pulse that is no reading, standard deviation
     * @param flicker share that fluctuates in each decade of frequency (1/f noise), standard deviation
     * @param thinSiemens conductance at which the fluctuating share of a contact is twice that of a thick one
     * @param traps mean number of slow traps of a cell
     * @param trapShare median share by which a trap changes the conductance
     * @param trapSpread its log-normal spread
     * @param largestShare the most by which all of it changes a conductance
     * @param polarisationPerVolt share by which RESET leaves readings higher for each volt on the column, however short
     *        the pulse and even behind a shut gate; until the next pulse
     */
    public record Reading(double currentAmps, double driftAmps, double connectionAmps, double flicker,
            double thinSiemens, double traps, double trapShare, double trapSpread, double largestShare,
            double polarisationPerVolt) {}

    /**
     * Say how a contact settles after programming: in jumps that come equally often in each decade of time, rarely in
     * most cells and often in some. What a jump does follows from the conductance G of the moment; one downward undoes one
     * upward:
     *
     * <pre>
     *   jumps a decade          = r exp(s N(0,1)) / ((1 + (G / stable)^n) (1 + (broken / G)^m))
     *   factor of a jump upward = 1 + size Exp(1) / (G + broken)
     *   probability of downward = (d + d' decades since the onset) / (1 + (balance / G)^m)
     * </pre>
     *
     * @param onsetSeconds when it sets in
     * @param jumpsPerDecade r, number of jumps in a decade, median over filaments; named without a unit on a card
     * @param jumpsSpread s, its log-normal spread
     * @param sizeSiemens size of a jump of a thick contact, mean of an exponential distribution
     * @param stableSiemens conductance above which a contact is stable: about that of one channel
     * @param stability n, how sharply it becomes so
     * @param brokenSiemens conductance below which there is hardly a contact that could jump
     * @param breakage m, how sharply it ends
     * @param downward d, share of the first jumps of a contact that lead downward
     * @param downwardPerDecade d', how that share rises
     * @param balanceSiemens conductance below which jumps tend to mend what is broken instead
     */
    public record Relaxation(@Positive double onsetSeconds, double jumpsPerDecade, double jumpsSpread,
            double sizeSiemens, @Positive double stableSiemens, double stability, @Positive double brokenSiemens,
            double breakage, double downward,
            double downwardPerDecade, @Positive double balanceSiemens) {}

    /**
     * Say which cells do not switch, from the start or in the end.
     *
     * @param stuckFraction share of cells that never switch, 0 to 1
     * @param stuckLowShare share of those that conduct always; the others can never be formed
     * @param stuckSiemens filament of a cell that conducts always
     * @param brokenLines share of bit, word and source lines that are open, 0 to 1
     * @param enduranceCycles scale of the Weibull distribution of cycles to failure
     * @param enduranceShape its shape
     * @param wornLowShare share of worn-out cells that end up conducting
     */
    public record Defects(double stuckFraction, double stuckLowShare, @Positive double stuckSiemens, double brokenLines,
            @Positive double enduranceCycles, @Positive double enduranceShape, double wornLowShare) {
        /** Refuse shares that are none. */
        public Defects {
            Shares.require("stuckFraction", stuckFraction);
            Shares.require("stuckLowShare", stuckLowShare);
            Shares.require("brokenLines", brokenLines);
            Shares.require("wornLowShare", wornLowShare);
        }
    }

    /**
     * Return the same technology with other defects.
     *
     * @param other which of its cells do not switch
     * @return the changed technology
     */
    public AbruptFilament with(Defects other) {
        return new AbruptFilament(name, access, forming, setting, growth, collapse, cycling, reading, relaxation,
                other);
    }

    /**
     * Return the same technology, simulated more simply.
     *
     * @param fidelity what to keep of its spread and noise
     * @return the changed technology
     */
    public AbruptFilament at(Fidelity fidelity) {
        if (fidelity == Fidelity.FULL) {
            return this;
        }
        double kept = fidelity == Fidelity.STATIC ? 1 : 0;
        Access a = access;
        Forming f = forming;
        Setting s = setting;
        Collapse c = collapse;
        Relaxation r = relaxation;
        return new AbruptFilament(name,
                new Access(a.transconductanceAmpsPerSquareVolt, a.thresholdVolts, a.swingVolts, a.shorteningPerVolt,
                        a.saturationPerVolt, a.seriesOhms, kept * a.thresholdSpreadVolts),
                new Forming(f.virginSiemens, kept * f.virginSpread, f.strengthVolts, kept * f.strengthSpreadVolts,
                        f.strengthPerDecadeVolts, f.share, 0),
                new Setting(s.onsetVolts, 0, s.onsetPerDecadeVolts, s.holdVolts, s.widening, kept * s.levelSpread),
                new Growth(growth.warmUpSeconds, growth.sizeSiemens, 0, growth.cellExponent, growth.columnExponent,
                        growth.timeSeconds, 0),
                new Collapse(c.timeSeconds, c.steepnessVolts, c.delay, Double.POSITIVE_INFINITY, 0, c.sizeExponent,
                        c.depth,
                        kept * c.depthSpread, c.depthExponent, c.durationSeconds, 0),
                new Cycling(cycling.cycles, cycling.deepening, cycling.hastening, 1, 1),
                new Reading(0, 0, 0, 0, reading.thinSiemens, 0, 0, 0, 0, reading.polarisationPerVolt),
                new Relaxation(r.onsetSeconds, 0, 0, 0, r.stableSiemens, r.stability, r.brokenSiemens, r.breakage, 0, 0,
                        r.balanceSiemens),
                fidelity == Fidelity.STATIC
                        ? defects
                        : new Defects(0, defects.stuckLowShare, defects.stuckSiemens, 0, Double.POSITIVE_INFINITY,
                                defects.enduranceShape, defects.wornLowShare));
    }
}
