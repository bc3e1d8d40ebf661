package org.memloop.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.instrument.GeneratorWiring;
import org.memloop.instrument.OscilloscopeWiring;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.SupplyTarget;
import org.memloop.instrument.UnitWiring;
import org.memloop.link.LinkOptions;

/**
 * Describe a laboratory: which driver speaks to which instrument at which address, which cable goes where, the pauses
 * around a pulse, and the limits that protect the array. The same file serves real instruments and their emulators.
 *
 * @param name what the laboratory is called
 * @param die which chip is in the socket, for its records; empty when the file does not say
 * @param technology what an emulation puts in the socket: for example {@code hfox-leti}, the path of a technology card
 *        beside this file, {@code resistor-board} or {@code empty}
 * @param board the board of resistors to prove the laboratory with; empty when there is none
 * @param geometry shape of the array
 * @param router who selects cells
 * @param pulsing who pulses and reads
 * @param sourceMeasure who sweeps voltages and currents slowly; empty when nobody does
 * @param supplies who feeds the chip; empty where that is nobody's concern
 * @param timing pauses around every pulse
 * @param limits the laboratory's limits
 * @param faults what an emulation lets go wrong with its instruments
 * @param wiringFaults what an emulation has wired wrongly, for example {@code rows-reversed}
 * @param notes what a person wants to remember; may be empty
 * @param tags words to find the laboratory's runs by
 */
public record LabFile(String name, Optional<String> die, String technology, Optional<ResistorBoard> board,
        Geometry geometry, Station router, Pulsing pulsing, Optional<SourceMeasure> sourceMeasure,
        List<Supply> supplies, StepTiming timing, Limits limits, List<FaultEntry> faults, List<String> wiringFaults,
        String notes, List<String> tags) {
    /** Role of the board that selects cells. */
    public static final String ROUTER = "router";
    /** Role of the instrument that gives pulses. */
    public static final String GENERATOR = "generator";
    /** Role of the instrument that reads the current during pulses. */
    public static final String OSCILLOSCOPE = "oscilloscope";
    /** Role of one instrument that does both. */
    public static final String PULSE_MEASURE_UNIT = "pulse-measure-unit";
    /** Role of the instrument that sweeps slowly. */
    public static final String SOURCE_MEASURE_UNIT = "source-measure-unit";
    /** Technology of a socket with a board of known resistors. */
    public static final String RESISTOR_BOARD = "resistor-board";
    /** Technology of a socket with nothing in it. */
    public static final String EMPTY_SOCKET = "empty";

    private static final String BUILT_IN = "thesis-bench.yaml";
    private static final String SCHEMA = "lab.schema.json";

    /** Keep the lists from changing. */
    public LabFile {
        supplies = List.copyOf(supplies);
        faults = List.copyOf(faults);
        wiringFaults = List.copyOf(wiringFaults);
        tags = List.copyOf(tags);
    }

    /**
     * Name one instrument.
     *
     * @param driver which driver speaks to it
     * @param resource its VISA resource name
     * @param options what the name leaves open
     */
    public record Station(String driver, String resource, LinkOptions options) {
        Station at(String elsewhere) {
            return new Station(driver, elsewhere, options);
        }
    }

    /** Say who gives pulses and reads the current during them. */
    public sealed interface Pulsing {
        /** {@return the instruments by role} */
        Map<String, Station> stations();
    }

    /**
     * Pulse with one instrument and read with another.
     *
     * @param generator who pulses
     * @param outputs which output of it feeds what
     * @param oscilloscope who reads
     * @param input where the current and the trigger reach it
     */
    public record GeneratorAndOscilloscope(Station generator, GeneratorWiring outputs, Station oscilloscope,
            OscilloscopeWiring input) implements Pulsing {
        @Override
        public Map<String, Station> stations() {
            Map<String, Station> stations = new LinkedHashMap<>();
            stations.put(GENERATOR, generator);
            stations.put(OSCILLOSCOPE, oscilloscope);
            return Collections.unmodifiableMap(stations);
        }
    }

    /**
     * Pulse and read with one instrument.
     *
     * @param unit the instrument
     * @param channels which channel of it feeds what
     */
    public record PulseMeasure(Station unit, UnitWiring channels) implements Pulsing {
        @Override
        public Map<String, Station> stations() {
            return Map.of(PULSE_MEASURE_UNIT, unit);
        }
    }

    /**
     * Force and measure with source-measure units, slowly, instead of pulsing.
     *
     * @param unit the instrument
     * @param complianceAmps the most current that may flow
     */
    public record Forced(SourceMeasure unit, double complianceAmps) implements Pulsing {
        @Override
        public Map<String, Station> stations() {
            return Map.of(SOURCE_MEASURE_UNIT, unit.unit());
        }
    }

    /**
     * Sweep voltages and currents slowly.
     *
     * @param unit the instrument
     * @param channels which channel of it feeds what
     */
    public record SourceMeasure(Station unit, UnitWiring channels) {
        SourceMeasure at(Map<String, String> resources) {
            return new SourceMeasure(move(SOURCE_MEASURE_UNIT, unit, resources), channels);
        }
    }

    /**
     * Name one supply and what it feeds.
     *
     * @param role its role, for example {@code supply-5v}
     * @param station driver and address
     * @param on whether an emulation begins with its outputs on, at what the pins need
     * @param targets what each output has to give
     */
    public record Supply(String role, Station station, boolean on, List<SupplyTarget> targets) {
        /** Keep the list from changing. */
        public Supply {
            targets = List.copyOf(targets);
        }

        /** {@return which driver speaks to it} */
        public String driver() {
            return station.driver();
        }

        /** {@return the chip's supply pins, by the number of the output} */
        public Map<Integer, List<String>> feeds() {
            return targets.stream().collect(Collectors.toMap(SupplyTarget::output, SupplyTarget::pins));
        }
    }

    /**
     * Let something go wrong in an emulation.
     *
     * @param instrument the role of the instrument
     * @param fault what, for example {@code garbage}
     * @param probability at how large a share of its occasions, 0 to 1
     * @param occasion at which occasion alone, counted from 1; 0 for all
     * @param fromSeconds from when on, simulated time
     * @param delaySeconds how late answers come, where that is the fault
     */
    public record FaultEntry(String instrument, String fault, double probability, long occasion, double fromSeconds,
            double delaySeconds) {}

    /**
     * Read a laboratory file.
     *
     * @param file its path
     * @return the laboratory
     * @throws ConfigurationException naming the file and key, and what to write there
     */
    public static LabFile read(Path file) {
        try {
            return LabReader.parse(file.toString(), Files.readString(file), file.toAbsolutePath().getParent());
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    "no laboratory file " + file + "; 'wire:' without a file uses the built-in bench", e);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the laboratory file " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@return the built-in laboratory: the bench of the thesis, section 4.2.3} */
    public static LabFile builtIn() {
        return LabReader.parse(BUILT_IN, builtInText(), Path.of(""));
    }

    /** {@return the text of the built-in laboratory, to start a file of one's own from} */
    public static String builtInText() {
        return text(BUILT_IN);
    }

    /** {@return the JSON schema of laboratory files, for editors} */
    public static String schema() {
        return text(SCHEMA);
    }

    private static String text(String resource) {
        try (InputStream in = LabFile.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return every instrument by its role: router, who pulses and reads, source-measure unit, supplies} */
    public Map<String, Station> stations() {
        Map<String, Station> stations = new LinkedHashMap<>();
        stations.put(ROUTER, router);
        stations.putAll(pulsing.stations());
        sourceMeasure.ifPresent(unit -> stations.put(SOURCE_MEASURE_UNIT, unit.unit()));
        supplies.forEach(supply -> stations.put(supply.role(), supply.station()));
        return Collections.unmodifiableMap(stations);
    }

    /**
     * Move instruments to other addresses.
     *
     * @param resources VISA resource names by role; roles that are left out stay where they are
     * @return otherwise the same laboratory
     */
    public LabFile at(Map<String, String> resources) {
        Pulsing moved = switch (pulsing) {
            case GeneratorAndOscilloscope two -> new GeneratorAndOscilloscope(
                    move(GENERATOR, two.generator(), resources), two.outputs(),
                    move(OSCILLOSCOPE, two.oscilloscope(), resources), two.input());
            case PulseMeasure one -> new PulseMeasure(move(PULSE_MEASURE_UNIT, one.unit(), resources), one.channels());
            case Forced slow -> new Forced(slow.unit().at(resources), slow.complianceAmps());
        };
        return new LabFile(name, die, technology, board, geometry, move(ROUTER, router, resources), moved,
                sourceMeasure.map(unit -> unit.at(resources)),
                supplies.stream().map(supply -> new Supply(supply.role(),
                        move(supply.role(), supply.station(), resources), supply.on(), supply.targets())).toList(),
                timing, limits, faults, wiringFaults, notes, tags);
    }

    /** {@return the source-measure unit, or a word on where it is missing} */
    SourceMeasure requireSourceMeasure() {
        return sourceMeasure.orElseThrow(() -> new ConfigurationException(name
                + ": this laboratory has no source-measure unit; name its driver and resource at"
                + " instruments.source-measure-unit, and its channels at wiring.source-measure-unit"));
    }

    /**
     * Wire an emulation wrongly.
     *
     * @param wires what is wired wrongly, instead of what the file says
     * @return otherwise the same laboratory
     */
    public LabFile miswired(List<String> wires) {
        return new LabFile(name, die, technology, board, geometry, router, pulsing, sourceMeasure, supplies, timing,
                limits, faults, wires, notes, tags);
    }

    /**
     * Put something else into the socket of an emulation.
     *
     * @param other technology, or {@link #RESISTOR_BOARD} or {@link #EMPTY_SOCKET}
     * @param resistors the board, where it is one
     * @return otherwise the same laboratory
     */
    public LabFile inSocket(String other, Optional<ResistorBoard> resistors) {
        return new LabFile(name, die, other, resistors, geometry, router, pulsing, sourceMeasure, supplies, timing,
                limits, faults, wiringFaults, notes, tags);
    }

    private static Station move(String role, Station station, Map<String, String> resources) {
        return resources.containsKey(role) ? station.at(resources.get(role)) : station;
    }
}
