package org.memloop.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Quantity;
import org.memloop.instrument.GeneratorWiring;
import org.memloop.instrument.OscilloscopeWiring;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.SupplyTarget;
import org.memloop.instrument.UnitWiring;
import org.memloop.lab.LabFile.FaultEntry;
import org.memloop.lab.LabFile.GeneratorAndOscilloscope;
import org.memloop.lab.LabFile.PulseMeasure;
import org.memloop.lab.LabFile.Pulsing;
import org.memloop.lab.LabFile.SourceMeasure;
import org.memloop.lab.LabFile.Station;
import org.memloop.lab.LabFile.Supply;
import org.memloop.link.LinkOptions;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Turn what a laboratory file says into values, naming the key of whatever is missing or wrong. */
record LabReader(String source, Path folder) {
    /** Format 2 has everything that format 1 has, and more. */
    private static final Set<Integer> FORMATS = Set.of(1, 2);
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    static LabFile parse(String source, String text, Path folder) {
        LabForm form;
        try {
            form = YAML.readValue(text, LabForm.class);
        } catch (UnrecognizedPropertyException e) {
            throw new ConfigurationException(source + ": unknown key '" + path(e) + "'; known here are "
                    + String.join(", ", e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList()), e);
        } catch (DatabindException e) {
            throw new ConfigurationException(
                    source + ": key '" + path(e) + "': " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (JacksonException e) {
            throw new ConfigurationException(
                    source + " is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("")
                            + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"),
                    e);
        }
        return new LabReader(source, folder).laboratory(form);
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private LabFile laboratory(LabForm form) {
        require("the file", form);
        if (!FORMATS.contains(require("format", form.format()))) {
            throw wrong("format " + form.format() + " is not known to this version, only 1 and 2");
        }
        LabForm.Array array = require("array", form.array());
        LabForm.Instruments instruments = require("instruments", form.instruments());
        LabForm.Timing timing = require("timing", form.timing());
        LabForm.Wires wires = form.wiring() == null ? new LabForm.Wires(null, null, null, null) : form.wiring();
        Geometry geometry = geometry(array);
        String technology = require("array.technology", array.technology());
        return new LabFile(require("name", form.name()), Optional.ofNullable(form.die()), technology,
                board(array, technology, geometry), geometry, station("instruments.router", instruments.router()),
                pulsing(instruments, wires), sourceMeasure(instruments, wires), supplies(instruments.supplies()),
                new StepTiming(quantity("timing.settle", timing.settle(), "s"),
                        quantity("timing.recovery", timing.recovery(), "s")),
                limits(require("limits", form.limits())), faults(form.faults()), wiringFaults(form.faults()),
                form.notes() == null ? "" : form.notes(), form.tags() == null ? List.of() : form.tags());
    }

    private Geometry geometry(LabForm.Array array) {
        try {
            return new Geometry(require("array.rows", array.rows()), require("array.columns", array.columns()));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage(), e);
        }
    }

    private Optional<ResistorBoard> board(LabForm.Array array, String technology, Geometry geometry) {
        LabForm.Board board = array.board();
        if (board == null) {
            if (technology.equals(LabFile.RESISTOR_BOARD)) {
                throw wrong("array.board is missing; a resistor-board needs 'map: board.csv', or 'least: 10 kohm' and"
                        + " 'most: 100 kohm'");
            }
            return Optional.empty();
        }
        if (board.map() != null) {
            if (board.least() != null || board.most() != null) {
                throw wrong("array.board has both a map and least, most; keep one of them");
            }
            return Optional.of(ResistorBoard.read(folder.resolve(board.map()), geometry));
        }
        double least = positive("array.board.least", board.least(), "ohm");
        double most = positive("array.board.most", board.most(), "ohm");
        if (most <= least) {
            throw wrong("array.board.most must be more than array.board.least");
        }
        return Optional.of(ResistorBoard.coded(geometry, least, most));
    }

    private Pulsing pulsing(LabForm.Instruments instruments, LabForm.Wires wires) {
        boolean two = instruments.generator() != null || instruments.oscilloscope() != null;
        if (two && instruments.pulseMeasureUnit() != null) {
            throw wrong("instruments has both a pulse-measure-unit and a generator or an oscilloscope; the unit pulses"
                    + " and reads by itself, so keep either it, or generator and oscilloscope");
        }
        if (!two && instruments.pulseMeasureUnit() == null) {
            throw wrong("instruments has nobody who pulses; name a generator and an oscilloscope, or a"
                    + " pulse-measure-unit");
        }
        if (two) {
            forbid("pulse-measure-unit", wires.pulseMeasureUnit());
            return new GeneratorAndOscilloscope(station("instruments.generator", instruments.generator()),
                    outputs(wires.generator()), station("instruments.oscilloscope", instruments.oscilloscope()),
                    input(wires.oscilloscope()));
        }
        forbid("generator", wires.generator());
        forbid("oscilloscope", wires.oscilloscope());
        return new PulseMeasure(station("instruments.pulse-measure-unit", instruments.pulseMeasureUnit()),
                channels("pulse-measure-unit", wires.pulseMeasureUnit(), UnitWiring.PULSE_MEASURE));
    }

    private Optional<SourceMeasure> sourceMeasure(LabForm.Instruments instruments, LabForm.Wires wires) {
        if (instruments.sourceMeasureUnit() == null) {
            forbid("source-measure-unit", wires.sourceMeasureUnit());
            return Optional.empty();
        }
        return Optional.of(
                new SourceMeasure(station("instruments.source-measure-unit", instruments.sourceMeasureUnit()),
                        channels("source-measure-unit", wires.sourceMeasureUnit(), UnitWiring.SOURCE_MEASURE)));
    }

    private void forbid(String role, Object wires) {
        if (wires != null) {
            throw wrong("wiring." + role + " says how a " + role + " is wired, but instruments has none");
        }
    }

    private GeneratorWiring outputs(LabForm.GeneratorWires wires) {
        if (wires == null) {
            return GeneratorWiring.USUAL;
        }
        try {
            return new GeneratorWiring(require("wiring.generator.column", wires.column()),
                    require("wiring.generator.gate", wires.gate()));
        } catch (IllegalArgumentException e) {
            throw wrong("wiring.generator: " + e.getMessage(), e);
        }
    }

    private OscilloscopeWiring input(LabForm.OscilloscopeWires wires) {
        if (wires == null) {
            return OscilloscopeWiring.USUAL;
        }
        String key = "wiring.oscilloscope";
        if (wires.input() != null && wires.shunt() != null) {
            throw wrong(key + " has both an input and a shunt; the current flows through one of them");
        }
        boolean shunt = wires.shunt() != null;
        double ohms = shunt
                ? positive(key + ".shunt", wires.shunt(), "ohm")
                : wires.input() == null
                        ? OscilloscopeWiring.USUAL.ohms()
                        : positive(key + ".input", wires.input(), "ohm");
        try {
            return new OscilloscopeWiring(wires.current() == null ? 1 : wires.current(),
                    shunt ? OscilloscopeWiring.Input.SHUNT : OscilloscopeWiring.Input.TERMINATED, ohms,
                    wires.trigger() == null ? OscilloscopeWiring.USUAL.trigger() : wires.trigger());
        } catch (IllegalArgumentException e) {
            throw wrong(key + ": " + e.getMessage(), e);
        }
    }

    private UnitWiring channels(String role, LabForm.UnitWires wires, UnitWiring usual) {
        if (wires == null) {
            return usual;
        }
        String key = "wiring." + role;
        try {
            return new UnitWiring(require(key + ".column", wires.column()), require(key + ".gate", wires.gate()));
        } catch (IllegalArgumentException e) {
            throw wrong(key + ": " + e.getMessage(), e);
        }
    }

    private Station station(String key, LabForm.Instrument instrument) {
        require(key, instrument);
        return new Station(require(key + ".driver", instrument.driver()),
                require(key + ".resource", instrument.resource()), options(key + ".options", instrument.options()));
    }

    private LinkOptions options(String key, LabForm.Options options) {
        if (options == null) {
            return LinkOptions.USUAL;
        }
        return new LinkOptions(Optional.ofNullable(options.library()),
                whole(key + ".core-port", options.corePort(), 65535),
                options.timeout() == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(positive(key + ".timeout", options.timeout(), "s")),
                whole(key + ".baud", options.baud(), 100_000_000));
    }

    private OptionalInt whole(String key, Integer value, int most) {
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value < 1 || value > most) {
            throw wrong(key + " must be 1 to " + most + ", not " + value);
        }
        return OptionalInt.of(value);
    }

    private List<Supply> supplies(List<LabForm.Supply> forms) {
        List<Supply> supplies = new ArrayList<>();
        Set<String> roles = new HashSet<>();
        for (LabForm.Supply form : forms == null ? List.<LabForm.Supply>of() : forms) {
            String key = "instruments.supplies[" + supplies.size() + "]";
            String role = require(key + ".role", form.role());
            if (!roles.add(role)) {
                throw wrong(key + ".role: there is another supply '" + role + "' already");
            }
            supplies.add(new Supply(role,
                    station(key, new LabForm.Instrument(form.driver(), form.resource(), form.options())),
                    Boolean.TRUE.equals(form.on()), new SupplyReader(this, key).targets(form)));
        }
        return supplies;
    }

    private Limits limits(LabForm.Limiting limits) {
        Long pulses = require("limits.pulses-per-cell", limits.pulsesPerCell());
        if (pulses < 1) {
            throw wrong("limits.pulses-per-cell must be at least 1, not " + pulses);
        }
        return new Limits(quantity("limits.bit-line", limits.bitLine(), "V"),
                quantity("limits.source-line", limits.sourceLine(), "V"),
                quantity("limits.word-line", limits.wordLine(), "V"),
                quantity("limits.shortest-pulse", limits.shortestPulse(), "s"),
                quantity("limits.longest-pulse", limits.longestPulse(), "s"), pulses, stress(limits));
    }

    private Limits.Stress stress(LabForm.Limiting limits) {
        Limits.Stress any = Limits.Stress.ANY;
        if (limits.duty() != null && !(limits.duty() > 0 && limits.duty() <= 1)) {
            throw wrong("limits.duty is a share of the time, more than 0 and at most 1, not " + limits.duty());
        }
        try {
            return new Limits.Stress(optional("limits.current", limits.current(), "A", any.ampsMax()),
                    optional("limits.least-path", limits.leastPath(), "ohm", any.leastOhms()),
                    optional("limits.energy", limits.energy(), "J", any.joulesMax()),
                    limits.duty() == null ? any.dutyMax() : limits.duty(),
                    limits.pulsesPerSecond() == null ? any.pulsesPerSecondMax() : limits.pulsesPerSecond(),
                    optional("limits.least-target", limits.leastTarget(), "ohm", any.targetOhmsMin()),
                    optional("limits.most-target", limits.mostTarget(), "ohm", any.targetOhmsMax()));
        } catch (IllegalArgumentException e) {
            throw wrong("limits: " + e.getMessage(), e);
        }
    }

    private double optional(String key, String text, String unit, double otherwise) {
        return text == null ? otherwise : positive(key, text, unit);
    }

    private List<FaultEntry> faults(List<LabForm.Fault> forms) {
        List<FaultEntry> faults = new ArrayList<>();
        int index = 0;
        for (LabForm.Fault form : forms == null ? List.<LabForm.Fault>of() : forms) {
            String key = "faults[" + index++ + "].";
            if (form.wiring() == null) {
                faults.add(new FaultEntry(require(key + "instrument", form.instrument()),
                        require(key + "fault", form.fault()), form.probability() == null ? 1 : form.probability(),
                        form.occasion() == null ? 0 : form.occasion(),
                        form.from() == null ? 0 : quantity(key + "from", form.from(), "s"),
                        form.delay() == null ? 1 : quantity(key + "delay", form.delay(), "s")));
            } else if (form.instrument() != null || form.fault() != null) {
                throw wrong(key + "wiring: a fault is either one of the wiring or one of an instrument");
            }
        }
        return faults;
    }

    private static List<String> wiringFaults(List<LabForm.Fault> forms) {
        return forms == null
                ? List.of()
                : forms.stream().filter(form -> form.wiring() != null).map(LabForm.Fault::wiring).toList();
    }

    double quantity(String key, String text, String unit) {
        double value;
        try {
            value = Quantity.parse(require(key, text), unit);
        } catch (IllegalArgumentException e) {
            throw wrong(key + ": " + e.getMessage(), e);
        }
        if (value < 0) {
            throw wrong(key + " must not be negative, not " + text);
        }
        return value;
    }

    double positive(String key, String text, String unit) {
        double value = quantity(key, text, unit);
        if (value == 0) {
            throw wrong(key + " must be more than 0 " + unit);
        }
        return value;
    }

    <T> T require(String key, T value) {
        if (value == null) {
            throw wrong(key + " is missing");
        }
        return value;
    }

    ConfigurationException wrong(String problem) {
        return wrong(problem, null);
    }

    ConfigurationException wrong(String problem, Exception cause) {
        return new ConfigurationException(source + ": " + problem, cause);
    }

    static <T> Map<Integer, T> ordered(Map<Integer, T> map) {
        return map == null ? Map.of() : new TreeMap<>(map);
    }
}
