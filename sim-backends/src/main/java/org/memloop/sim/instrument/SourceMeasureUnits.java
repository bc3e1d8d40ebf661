package org.memloop.sim.instrument;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Force and measure with the source-measure units of one mainframe, of which one may hang on each analogue net of the
 * chip. The column and the return unit drive the current through the selected cells together; a net without a unit
 * that is on is on ground (return, gate) or open (column).
 */
final class SourceMeasureUnits {
    /** Share of full scale that a measurement resolves, and its noise at the shortest integration. */
    private static final double RESOLUTION = 1e-6;
    private static final double NOISE = 1e-5;
    private static final double NOISE_AMPS = 20e-15;
    private static final double LEAST_AMPS = 1e-13;
    /** Time constant of the ammeter in the 1 mA range; that of others goes with the root of what they resolve. Assumed. */
    private static final double SETTLING_SECONDS = 0.5e-6;
    private static final double SETTLING_AMPS = 1e-3;
    private static final double OVERRANGE = 1.15;

    /** Hold what one unit is told to do. */
    static final class Unit {
        boolean on;
        boolean forcesCurrent;
        double value;
        /** Amperes while it forces volts, volts while it forces a current. */
        double compliance = 0.1;
        int voltsRange;
        int ampsRange;
        boolean measuresVolts;
        private double settledAmps;

        void force(boolean current, double forced, double limit) {
            forcesCurrent = current;
            value = forced;
            compliance = limit;
        }
    }

    /** Hold what one measurement found. */
    record Reading(char status, double volts, double amps) {}

    private final Wiring wiring;
    private final RandomGenerator random;
    private final QuasiStaticDrive drive;
    private final Map<Integer, Unit> units = new TreeMap<>();
    private final Map<Net, Integer> nets = new TreeMap<>();

    SourceMeasureUnits(Wiring wiring, RandomGenerator random) {
        this.wiring = wiring;
        this.random = random;
        drive = new QuasiStaticDrive(wiring);
    }

    void add(int channel) {
        units.put(channel, new Unit());
    }

    void connect(int channel, Net net) {
        nets.put(net, channel);
    }

    Map<Integer, Unit> units() {
        return units;
    }

    void reset() {
        units.replaceAll((_, _) -> new Unit());
        drive.release();
    }

    private Optional<Unit> at(Net net) {
        return Optional.ofNullable(nets.get(net)).map(units::get).filter(unit -> unit.on);
    }

    /**
     * Let everything forced act for some time, and measure.
     *
     * @param seconds how long
     * @param averaged number of shortest integrations that are averaged
     * @return what each unit reads, by channel
     */
    Map<Integer, Reading> measure(double seconds, double averaged) {
        double returnVolts = at(Net.RETURN).filter(unit -> !unit.forcesCurrent).map(unit -> unit.value).orElse(0.0);
        double gateVolts = at(Net.GATE).filter(unit -> !unit.forcesCurrent).map(unit -> unit.value).orElse(0.0);
        Optional<Unit> column = at(Net.COLUMN);
        QuasiStaticDrive.Point point;
        if (column.isPresent()) {
            point = through(column.get(), returnVolts, gateVolts - returnVolts, seconds);
        } else {
            wiring.advance(seconds);
            drive.release();
            point = new QuasiStaticDrive.Point(0, 0, false);
        }
        boolean any = units.values().stream().anyMatch(unit -> complies(unit, point));
        Map<Integer, Reading> readings = new TreeMap<>();
        units.forEach((channel, unit) -> readings.put(channel,
                reading(channel, unit, settled(channel, unit, point, seconds), returnVolts, any,
                        Math.sqrt(Math.max(1, averaged)))));
        return readings;
    }

    /** {@return the point as a unit sees it, whose ammeter is the slower the finer its range} */
    private QuasiStaticDrive.Point settled(int channel, Unit unit, QuasiStaticDrive.Point point, double seconds) {
        boolean carries = unit.on && (Integer.valueOf(channel).equals(nets.get(Net.COLUMN))
                || Integer.valueOf(channel).equals(nets.get(Net.RETURN)));
        if (!carries) {
            return point;
        }
        double seen = Math.max(Math.abs(point.amps()), Math.abs(unit.settledAmps));
        double full = FlexRanges.fullScaleAmps(unit.ampsRange, seen);
        double tau = SETTLING_SECONDS * Math.sqrt(SETTLING_AMPS / full);
        unit.settledAmps = point.amps() + (unit.settledAmps - point.amps()) * Math.exp(-seconds / tau);
        return new QuasiStaticDrive.Point(point.volts(), unit.settledAmps, point.limited());
    }

    private QuasiStaticDrive.Point through(Unit column, double returnVolts, double gateVolts, double seconds) {
        double limit = at(Net.RETURN).filter(unit -> !unit.forcesCurrent).map(unit -> unit.compliance)
                .orElse(FlexRanges.AMPS_MAX);
        double wanted = column.forcesCurrent ? Math.copySign(column.compliance, column.value) : column.value;
        double most = column.forcesCurrent ? Math.max(Math.abs(column.value), LEAST_AMPS) : column.compliance;
        return drive.hold(wanted - returnVolts, Math.min(most, limit), gateVolts, seconds);
    }

    /** Tells whether a unit is at its compliance: volts that do not come up, or a current that does not. */
    private boolean complies(Unit unit, QuasiStaticDrive.Point point) {
        if (at(Net.COLUMN).filter(unit::equals).isPresent()) {
            return unit.forcesCurrent != point.limited();
        }
        boolean returns = at(Net.RETURN).filter(unit::equals).isPresent();
        return returns && point.limited() && Math.abs(point.amps()) >= unit.compliance * 0.95;
    }

    private Reading reading(int channel, Unit unit, QuasiStaticDrive.Point point, double returnVolts, boolean any,
            double quieter) {
        boolean column = unit.on && Integer.valueOf(channel).equals(nets.get(Net.COLUMN));
        boolean returns = unit.on && Integer.valueOf(channel).equals(nets.get(Net.RETURN));
        double amps = column ? point.amps() : returns ? -point.amps() : 0;
        double volts = column ? returnVolts + point.volts() : !unit.on || unit.forcesCurrent ? 0 : unit.value;
        double fullAmps = FlexRanges.fullScaleAmps(unit.ampsRange, amps);
        double fullVolts = FlexRanges.fullScaleVolts(unit.voltsRange, volts);
        boolean over = unit.measuresVolts
                ? Math.abs(volts) > OVERRANGE * fullVolts
                : Math.abs(amps) > OVERRANGE * fullAmps;
        char status = over ? 'V' : complies(unit, point) ? 'C' : any ? 'T' : 'N';
        double noiseAmps = Math.hypot(NOISE_AMPS, NOISE * fullAmps) / quieter;
        double seenAmps = rounded(amps + noiseAmps * random.nextGaussian(), fullAmps * RESOLUTION);
        double seenVolts = rounded(volts + NOISE * fullVolts / quieter * random.nextGaussian(), fullVolts * RESOLUTION);
        return new Reading(status, over && unit.measuresVolts ? FlexFormat.NONE : seenVolts,
                over && !unit.measuresVolts ? FlexFormat.NONE : seenAmps);
    }

    private static double rounded(double value, double step) {
        return Math.round(value / step) * step;
    }
}
