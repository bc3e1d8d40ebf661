package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.memloop.sim.instrument.FlexEngine.Arguments;
import org.memloop.sim.instrument.SourceMeasureUnits.Reading;
import org.memloop.sim.instrument.SourceMeasureUnits.Unit;

/**
 * Carry out what {@code XE} starts on a B1500A: spot measurements (MM 1), staircase sweeps (MM 2) with a synchronous
 * second source, and sampling (MM 10).
 *
 * <pre>
 *   sweep     hold | force, delay, measure | force, delay, measure | ...      then back to the start value, or stay
 *   sampling  hold | measure, wait | measure, wait | ...
 * </pre>
 */
final class B1500ASweep {
    private static final int SPOT = 1;
    private static final int STAIRCASE = 2;
    private static final int SAMPLING = 10;

    /** Hold a swept source; the values of all points, and for the primary one its compliance. */
    private record Source(int channel, boolean current, double[] values, double compliance) {}

    private final KeysightB1500AEmulator analyzer;
    private final FlexSettings settings;
    private final FlexEngine engine;
    private final SourceMeasureUnits units;
    private int format;
    private int sourceData;
    private boolean stamped;
    private int mode;
    private final List<Integer> measured = new ArrayList<>();
    private Source primary;
    private Source secondary;
    private double holdSeconds;
    private double delaySeconds;
    private boolean stopsInCompliance;
    private boolean staysAtStop;
    private double sampleHoldSeconds;
    private double intervalSeconds;
    private int samples;
    private final int[] compared = new int[11];

    B1500ASweep(KeysightB1500AEmulator analyzer, FlexSettings settings, FlexEngine engine, SourceMeasureUnits units) {
        this.analyzer = analyzer;
        this.settings = settings;
        this.engine = engine;
        this.units = units;
    }

    void reset() {
        format = 1;
        sourceData = 0;
        stamped = false;
        mode = 0;
        measured.clear();
        primary = null;
        secondary = null;
        holdSeconds = 0;
        delaySeconds = 0;
        stopsInCompliance = false;
        staysAtStop = false;
        sampleHoldSeconds = 0;
        intervalSeconds = 2e-3;
        samples = 1000;
        java.util.Arrays.fill(compared, 0);
    }

    void format(int chosen, int sources) {
        format = chosen;
        sourceData = sources;
        engine.clearData();
    }

    void stamp(boolean on) {
        stamped = on;
    }

    FlexFormat newFormat() {
        return new FlexFormat(format);
    }

    void declare() {
        settings.setting("MM", 31, 1, 11, arguments -> {
            int wanted = arguments.whole(0, SPOT, 28, SPOT);
            if (wanted != SPOT && wanted != STAIRCASE && wanted != SAMPLING) {
                throw new FlexError(FlexError.Kind.PARAMETER_VALUE);
            }
            List<Integer> channels = new ArrayList<>();
            for (int i = 1; i < arguments.count(); i++) {
                channels.add(analyzer.channel(arguments, i));
            }
            mode = wanted;
            measured.clear();
            measured.addAll(channels);
        });
        settings.perChannel("CMM", 46, 2, 2,
                arguments -> compared[analyzer.channel(arguments, 0)] = arguments.whole(1, 0, 4, 0));
        settings.setting("WT", 33, 2, 5, arguments -> {
            double hold = arguments.within(0, 0, 655.35, 0);
            double delay = arguments.within(1, 0, 65.535, 0);
            arguments.within(2, 0, 1, 0);
            holdSeconds = hold;
            delaySeconds = delay;
        });
        settings.setting("WM", 33, 1, 2, arguments -> {
            int abort = arguments.whole(0, 1, 2, 1);
            staysAtStop = arguments.whole(1, 1, 2, 1) == 2;
            stopsInCompliance = abort == 2;
        });
        settings.setting("WV", 33, 6, 8, arguments -> primary = primary(arguments, false));
        settings.setting("WI", 33, 6, 8, arguments -> primary = primary(arguments, true));
        settings.setting("WSV", 33, 4, 6, arguments -> secondary = secondary(arguments, false));
        settings.setting("WSI", 33, 4, 6, arguments -> secondary = secondary(arguments, true));
        settings.setting("MT", 47, 3, 4, arguments -> {
            double hold = arguments.within(0, 0, 655.35, 0);
            double interval = arguments.within(1, 1e-4, 65.535, 2e-3);
            samples = arguments.whole(2, 1, 100_001, 1000);
            sampleHoldSeconds = hold;
            intervalSeconds = interval;
        });
        settings.setting("MSC", 47, 1, 2, arguments -> arguments.whole(0, 1, 2, 1));
        engine.command("MCC", 0, 10, _ -> {});
        engine.command("XE", 0, 0, _ -> execute());
    }

    /** Read {@code ch,mode,range,start,stop,points[,compliance[,power]]}. */
    private Source primary(Arguments arguments, boolean current) throws FlexError {
        int shape = arguments.whole(1, 1, 4, 1);
        int points = arguments.whole(5, 1, 1001, 1);
        double[] ends = ends(arguments, current, 2);
        boolean logarithmic = shape == 2 || shape == 4;
        if (logarithmic && ends[0] * ends[1] <= 0) {
            throw new FlexError(FlexError.Kind.PARAMETER_VALUE);
        }
        boolean returns = shape >= 3;
        double[] values = new double[returns ? 2 * points : points];
        for (int i = 0; i < points; i++) {
            double part = points == 1 ? 0 : (double) i / (points - 1);
            values[i] = logarithmic
                    ? ends[0] * Math.pow(ends[1] / ends[0], part)
                    : ends[0] + part * (ends[1] - ends[0]);
            values[values.length - 1 - i] = returns ? values[i] : values[values.length - 1 - i];
        }
        return new Source(analyzer.channel(arguments, 0), current, values, compliance(arguments, current, 6, ends));
    }

    /** Read {@code ch,range,start,stop[,compliance]}; its points are spread over those of the primary source. */
    private Source secondary(Arguments arguments, boolean current) throws FlexError {
        if (primary == null) {
            throw new FlexError(FlexError.Kind.NO_SWEEP);
        }
        if (primary.current != current) {
            throw new FlexError(FlexError.Kind.SAME_MODE);
        }
        double[] ends = ends(arguments, current, 1);
        double first = primary.values[0];
        double span = java.util.Arrays.stream(primary.values).map(v -> Math.abs(v - first)).max().orElse(0);
        double[] values = java.util.Arrays.stream(primary.values)
                .map(v -> ends[0] + (span == 0 ? 0 : Math.abs(v - first) / span) * (ends[1] - ends[0])).toArray();
        return new Source(analyzer.channel(arguments, 0), current, values, compliance(arguments, current, 4, ends));
    }

    private static double[] ends(Arguments arguments, boolean current, int range) throws FlexError {
        if (current) {
            FlexRanges.amps(arguments, range, false);
        } else {
            FlexRanges.volts(arguments, range, false);
        }
        double most = current ? FlexRanges.AMPS_MAX : FlexRanges.VOLTS_MAX;
        return new double[]{arguments.within(range + 1, -most, most, 0), arguments.within(range + 2, -most, most, 0)};
    }

    private double compliance(Arguments arguments, boolean current, int index, double[] ends) throws FlexError {
        return current
                ? analyzer.voltageCompliance(arguments, index)
                : analyzer.currentCompliance(arguments, index, Math.max(Math.abs(ends[0]), Math.abs(ends[1])));
    }

    private void execute() throws FlexError {
        if (mode == 0 || measured.isEmpty()) {
            throw new FlexError(FlexError.Kind.NO_MODE);
        }
        for (int channel : measured) {
            requireOn(channel);
        }
        FlexFormat data = newFormat();
        switch (mode) {
            case STAIRCASE -> sweep(data);
            case SAMPLING -> sample(data);
            default -> add(data, analyzer.read());
        }
        engine.put(data.text(), data.count());
    }

    private void requireOn(int channel) throws FlexError {
        if (!units.units().get(channel).on) {
            throw new FlexError(FlexError.Kind.OUTPUT_OFF);
        }
    }

    private void sweep(FlexFormat data) throws FlexError {
        if (primary == null) {
            throw new FlexError(FlexError.Kind.NO_SWEEP);
        }
        requireOn(primary.channel);
        int last = primary.values.length - 1;
        boolean stopped = false;
        for (int i = 0; i <= last; i++) {
            if (stopped) {
                addNothing(data);
            } else {
                force(i);
                analyzer.wait((i == 0 ? holdSeconds : 0) + delaySeconds);
                Map<Integer, Reading> readings = analyzer.read();
                add(data, readings);
                stopped = stopsInCompliance && readings.values().stream().anyMatch(r -> r.status() == 'C');
            }
            if (sourceData > 0) {
                data.add(new FlexFormat.Item(i == last ? 'E' : 'W', primary.channel, primary.current ? 'I' : 'V',
                        primary.values[i]));
            }
        }
        force(staysAtStop && !stopped ? last : 0);
    }

    private void force(int point) {
        units.units().get(primary.channel).force(primary.current, primary.values[point], primary.compliance);
        if (secondary != null && secondary.values.length == primary.values.length) {
            units.units().get(secondary.channel).force(secondary.current, secondary.values[point],
                    secondary.compliance);
        }
    }

    private void sample(FlexFormat data) {
        analyzer.wait(sampleHoldSeconds);
        for (int i = 0; i < samples; i++) {
            Map<Integer, Reading> readings = analyzer.read();
            add(data, readings);
            analyzer.wait(intervalSeconds);
        }
    }

    private void add(FlexFormat data, Map<Integer, Reading> readings) {
        if (stamped) {
            data.add(analyzer.time());
        }
        for (int channel : measured) {
            Unit unit = units.units().get(channel);
            Reading reading = readings.get(channel);
            // 0 compliance side, 1 current, 2 voltage, 3 force side, 4 both
            int which = compared[channel];
            if (which == 1 || which == 4 || which == 0 && !unit.forcesCurrent || which == 3 && unit.forcesCurrent) {
                data.add(new FlexFormat.Item(reading.status(), channel, 'I', reading.amps()));
            }
            if (which == 2 || which == 4 || which == 0 && unit.forcesCurrent || which == 3 && !unit.forcesCurrent) {
                data.add(new FlexFormat.Item(reading.status(), channel, 'V', reading.volts()));
            }
        }
    }

    private void addNothing(FlexFormat data) {
        for (int channel : measured) {
            data.add(new FlexFormat.Item('V', channel, compared[channel] == 2 ? 'V' : 'I', FlexFormat.NONE));
        }
    }
}
