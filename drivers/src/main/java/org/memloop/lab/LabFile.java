package org.memloop.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Quantity;
import org.memloop.instrument.StepTiming;

import com.fasterxml.jackson.annotation.JsonProperty;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Describe a laboratory: which driver speaks to which instrument at which address, the pauses around a pulse, and the
 * limits that protect the array. The same file serves real instruments and their emulators.
 *
 * @param name what the laboratory is called
 * @param technology what an emulation puts in the socket, for example {@code hfox-leti}, or the path of a technology
 *        card beside this file
 * @param geometry shape of the array
 * @param router who selects cells
 * @param generator who pulses
 * @param oscilloscope who reads
 * @param timing pauses around every pulse
 * @param limits the laboratory's limits
 * @param supplies who feeds the chip; empty where that is nobody's concern
 * @param faults what an emulation lets go wrong
 */
public record LabFile(String name, String technology, Geometry geometry, Station router, Station generator,
        Station oscilloscope, StepTiming timing, Limits limits, List<Supply> supplies,
        List<FaultEntry> faults) {

    private static final String BUILT_IN = "thesis-bench.yaml";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /**
     * Name one instrument.
     *
     * @param driver which driver speaks to it
     * @param resource its VISA resource name
     */
    public record Station(String driver, String resource) {}

    /**
     * Name one supply and what it feeds.
     *
     * @param role its role, for example {@code supply-5v}
     * @param driver which driver speaks to it
     * @param resource its VISA resource name
     * @param on whether an emulation begins with its outputs on, at what the pins need
     * @param feeds the chip's supply pins, by the number of the output
     */
    public record Supply(String role, String driver, String resource, boolean on, Map<Integer, List<String>> feeds) {
        /** Take the lists as they are now. */
        public Supply {
            feeds = feeds == null ? Map.of() : Map.copyOf(feeds);
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

    private record FaultForm(String instrument, String fault, Double probability, Long occasion, String from,
            String delay) {}

    private record Form(Integer format, String name, ArrayForm array, Instruments instruments, TimingForm timing,
            LimitsForm limits, List<FaultForm> faults, String notes) {}

    private record ArrayForm(String technology, Integer rows, Integer columns) {}

    private record Instruments(Station router, Station generator, Station oscilloscope, List<Supply> supplies) {}

    private record TimingForm(String settle, String recovery) {}

    private record LimitsForm(@JsonProperty("bit-line") String bitLine, @JsonProperty("source-line") String sourceLine,
            @JsonProperty("word-line") String wordLine, @JsonProperty("shortest-pulse") String shortestPulse,
            @JsonProperty("longest-pulse") String longestPulse, @JsonProperty("pulses-per-cell") Long pulsesPerCell) {}

    /**
     * Read a laboratory file.
     *
     * @param file its path
     * @return the laboratory
     * @throws ConfigurationException naming the file and key, and what to write there
     */
    public static LabFile read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    "no laboratory file " + file + "; 'wire:' without a file uses the built-in bench", e);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the laboratory file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Move the instruments to other addresses.
     *
     * @param routerResource where the router is
     * @param generatorResource where the generator is
     * @param oscilloscopeResource where the oscilloscope is
     * @return otherwise the same laboratory
     */
    public LabFile at(String routerResource, String generatorResource, String oscilloscopeResource) {
        return new LabFile(name, technology, geometry, new Station(router.driver(), routerResource),
                new Station(generator.driver(), generatorResource),
                new Station(oscilloscope.driver(), oscilloscopeResource), timing, limits, supplies, faults);
    }

    /** {@return the built-in laboratory: the bench of the thesis, section 4.2.3} */
    public static LabFile builtIn() {
        return parse(BUILT_IN, builtInText());
    }

    /** {@return the text of the built-in laboratory, to start a file of one's own from} */
    public static String builtInText() {
        try (InputStream in = LabFile.class.getResourceAsStream(BUILT_IN)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LabFile parse(String source, String text) {
        Form form;
        try {
            form = YAML.readValue(text, Form.class);
        } catch (UnrecognizedPropertyException e) {
            throw new ConfigurationException(source + ": unknown key '" + path(e) + "'; known here are "
                    + String.join(", ", e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList()), e);
        } catch (DatabindException e) {
            throw new ConfigurationException(source + ": key '" + path(e) + "': " + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw new ConfigurationException(
                    source + " is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("")
                            + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"),
                    e);
        }
        return new Reader(source).laboratory(form);
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
        }
        return path.toString();
    }

    /** Turn what the file says into values, naming the key of whatever is missing or wrong. */
    private record Reader(String source) {
        LabFile laboratory(Form form) {
            require("the file", form);
            if (require("format", form.format()) != 1) {
                throw new ConfigurationException(
                        source + ": format " + form.format() + " is not known to this version, only 1");
            }
            ArrayForm array = require("array", form.array());
            Instruments instruments = require("instruments", form.instruments());
            TimingForm timing = require("timing", form.timing());
            LimitsForm limits = require("limits", form.limits());
            return new LabFile(require("name", form.name()), require("array.technology", array.technology()),
                    geometry(array), station("instruments.router", instruments.router()),
                    station("instruments.generator", instruments.generator()),
                    station("instruments.oscilloscope", instruments.oscilloscope()),
                    new StepTiming(quantity("timing.settle", timing.settle(), "s"),
                            quantity("timing.recovery", timing.recovery(), "s")),
                    new Limits(quantity("limits.bit-line", limits.bitLine(), "V"),
                            quantity("limits.source-line", limits.sourceLine(), "V"),
                            quantity("limits.word-line", limits.wordLine(), "V"),
                            quantity("limits.shortest-pulse", limits.shortestPulse(), "s"),
                            quantity("limits.longest-pulse", limits.longestPulse(), "s"),
                            budget(limits.pulsesPerCell())),
                    supplies(instruments.supplies()), faults(form.faults()));
        }

        private List<Supply> supplies(List<Supply> supplies) {
            List<Supply> checked = supplies == null ? List.of() : List.copyOf(supplies);
            for (int i = 0; i < checked.size(); i++) {
                String key = "instruments.supplies[" + i + "].";
                require(key + "role", checked.get(i).role());
                require(key + "driver", checked.get(i).driver());
                require(key + "resource", checked.get(i).resource());
            }
            return checked;
        }

        private List<FaultEntry> faults(List<FaultForm> forms) {
            List<FaultEntry> faults = new ArrayList<>();
            for (FaultForm form : forms == null ? List.<FaultForm>of() : forms) {
                String key = "faults[" + faults.size() + "].";
                faults.add(new FaultEntry(require(key + "instrument", form.instrument()),
                        require(key + "fault", form.fault()), form.probability() == null ? 1 : form.probability(),
                        form.occasion() == null ? 0 : form.occasion(),
                        form.from() == null ? 0 : quantity(key + "from", form.from(), "s"),
                        form.delay() == null ? 1 : quantity(key + "delay", form.delay(), "s")));
            }
            return List.copyOf(faults);
        }

        private Geometry geometry(ArrayForm array) {
            try {
                return new Geometry(require("array.rows", array.rows()), require("array.columns", array.columns()));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(source + ": " + e.getMessage(), e);
            }
        }

        private Station station(String key, Station station) {
            require(key, station);
            require(key + ".driver", station.driver());
            require(key + ".resource", station.resource());
            return station;
        }

        private long budget(Long pulses) {
            if (require("limits.pulses-per-cell", pulses) < 1) {
                throw new ConfigurationException(source + ": limits.pulses-per-cell must be at least 1, not " + pulses);
            }
            return pulses;
        }

        private double quantity(String key, String text, String unit) {
            double value;
            try {
                value = Quantity.parse(require(key, text), unit);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(source + ": " + key + ": " + e.getMessage(), e);
            }
            if (value < 0) {
                throw new ConfigurationException(source + ": " + key + " must not be negative, not " + text);
            }
            return value;
        }

        private <T> T require(String key, T value) {
            if (value == null) {
                throw new ConfigurationException(source + ": " + key + " is missing");
            }
            return value;
        }
    }
}
