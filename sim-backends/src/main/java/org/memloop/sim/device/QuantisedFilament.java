package org.memloop.sim.device;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.CellSolver.Motion;
import org.memloop.sim.device.CellSolver.OperatingPoint;
import org.memloop.sim.random.CellRandom;
import org.memloop.sim.random.Poisson;

/**
 * Model an oxide cell as a filament with one coordinate {@code s}, counted in conductance quanta. Above zero it is the
 * number of channels of an ohmic point contact; below zero it is a gap that carries exponentially less. Fields and Joule
 * heat move it both ways, in whole quanta of vacancies.
 *
 * @param filament how a state conducts
 * @param kinetics how fast a state moves
 * @param quantumChannels the smallest step of the state; 0 for none
 */
public record QuantisedFilament(Filament filament, Kinetics kinetics, double quantumChannels) implements CellPhysics {
    private static final double MIN_CHANNELS = -3;
    private static final double MAX_CHANNELS = 8;
    private static final double BOLTZMANN_ELECTRONVOLTS_PER_KELVIN = 8.617333e-5;
    private static final double LOWEST_BARRIER_ELECTRONVOLTS = 0.05;
    private static final long QUANTA_TAG = 8;

    /**
     * Say how a state conducts: {@code I = G sinh(a V) / a} with {@code G = G0 w ln(1 + exp(s/w))} and
     * {@code a = amax / (1 + exp(s/wa))}.
     *
     * @param quantumSiemens G0, conductance of one channel
     * @param widthChannels w, how gradually the contact opens
     * @param fieldPerVolt amax, non-linearity of a wide gap, 1/V
     * @param fieldWidthChannels wa, over which the non-linearity goes away
     */
    public record Filament(@Positive double quantumSiemens, @Positive double widthChannels,
            @Positive double fieldPerVolt,
            @Positive double fieldWidthChannels) {}

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
     * @param generationPerChannelElectronvolts bg
     * @param recombinationElectronvolts Er
     * @param recombinationTilt ar, electronvolts per volt
     * @param recombinationPerChannelElectronvolts br
     * @param gapScreening kg, weakening of the recombination tilt for each channel of gap
     * @param fastestPerSecond rmax, the speed at which heat and supply limit the motion
     */
    public record Kinetics(double attemptHertz, @Positive double ambientKelvin, @Positive double oxideKelvinPerWatt,
            @Positive double channelKelvinPerWatt, double generationElectronvolts, double generationTilt,
            double generationPerChannelElectronvolts, double recombinationElectronvolts, double recombinationTilt,
            double recombinationPerChannelElectronvolts, double gapScreening, @Positive double fastestPerSecond) {}

    @Override
    public double lowestState() {
        return MIN_CHANNELS;
    }

    @Override
    public double highestState() {
        return MAX_CHANNELS;
    }

    @Override
    public double siemens(double state) {
        double w = filament.widthChannels;
        return filament.quantumSiemens * w * Math.log(1 + Math.exp(state / w));
    }

    @Override
    public double perVolt(double state) {
        return filament.fieldPerVolt / (1 + Math.exp(state / filament.fieldWidthChannels));
    }

    @Override
    public Motion motion(double state, OperatingPoint point, Polarity polarity) {
        Kinetics k = kinetics;
        double width = Math.max(state, 0);
        double gap = Math.max(-state, 0);
        double volts = polarity == Polarity.SET ? point.cellVolts() : -point.cellVolts();
        double kelvin = k.ambientKelvin + point.cellVolts() * point.amps()
                / (1 / k.oxideKelvinPerWatt + width / k.channelKelvinPerWatt);
        double rate = rate(k.generationElectronvolts + k.generationPerChannelElectronvolts * width
                - k.generationTilt * volts, kelvin)
                - rate(k.recombinationElectronvolts - k.recombinationPerChannelElectronvolts * saturated(width)
                        + k.recombinationTilt * volts / (1 + k.gapScreening * gap), kelvin);
        return new Motion(point, kelvin, rate / (1 + Math.abs(rate) / k.fastestPerSecond));
    }

    private double rate(double barrierElectronvolts, double kelvin) {
        return kinetics.attemptHertz * Math.exp(-Math.max(LOWEST_BARRIER_ELECTRONVOLTS, barrierElectronvolts)
                / (BOLTZMANN_ELECTRONVOLTS_PER_KELVIN * kelvin));
    }

    /** {@return the channels that still lower the recombination barrier: the first four or so} */
    private static double saturated(double channels) {
        return channels / Math.pow(1 + Math.pow(channels / 4, 8), 1.0 / 8);
    }

    @Override
    public PulseEffect effect(CellSolver solver, Polarity polarity, double columnVolts, double gateVolts) {
        return new Quanta(new PulseTable(solver, polarity, columnVolts, gateVolts), quantumChannels);
    }

    @Override
    public CellPhysics steady() {
        return new QuantisedFilament(filament, kinetics, 0);
    }

    /** Move a state by the flow of a pulse, in whole quanta: shot noise of the vacancies. */
    private record Quanta(PulseTable flow, double quantum) implements PulseEffect {
        @Override
        public double displacement(double state, double seconds) {
            return flow.displacement(state, seconds);
        }

        @Override
        public double after(double state, double ceiling, double seconds, long bits) {
            if (quantum > 0 && CellRandom.uniform(bits) < 1 - flow.mostDisplacement(state, seconds) / quantum) {
                return state; // certainly none, as exp(-x) is at least 1 - x
            }
            double moved = flow.displacement(state, seconds);
            double to = quantum > 0
                    ? state + Math.copySign(quantum, moved) * Poisson.draw(Math.abs(moved) / quantum, bits, QUANTA_TAG)
                    : state + moved;
            return Math.max(MIN_CHANNELS, Math.min(to, Math.max(state, ceiling)));
        }
    }
}
