package org.memloop.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Quantity;

import com.fasterxml.jackson.annotation.JsonProperty;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Keep a calibration card as a YAML file, in which every number carries its unit. */
public final class CalibrationFile {
    private static final int FORMAT = 1;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

    private CalibrationFile() {}

    private record Form(Integer format, String bench, String method, String measured,
            @JsonProperty("valid-days") Integer validDays, List<Capabilities.Identity> instruments, ReadForm read,
            ReadingForm reading, PathForm column, PathForm gate, Map<String, String> remarks) {}

    private record ReadForm(String column, String gate, String width) {}

    private record ReadingForm(String offset, Double gain, String series) {}

    private record PathForm(Double gain, String offset) {}

    /**
     * Read a card.
     *
     * @param file its path
     * @return the card
     * @throws ConfigurationException naming the file and the key of what is missing or wrong
     */
    public static CalibrationCard read(Path file) {
        try {
            Form form = YAML.readValue(Files.readString(file), Form.class);
            if (form == null) {
                throw new ConfigurationException("calibration card " + file + " is empty");
            }
            return new Reader(file).card(form);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("no calibration card " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the calibration card " + file + ": " + e.getMessage(), e);
        } catch (UnrecognizedPropertyException e) {
            throw new ConfigurationException("calibration card " + file + ": unknown key '" + e.getPropertyName()
                    + "'; known here are "
                    + String.join(", ", e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList()), e);
        } catch (JacksonException e) {
            throw new ConfigurationException("calibration card " + file + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("is not YAML"), e);
        }
    }

    /**
     * Write a card into a new file.
     *
     * @param card what to write
     * @param file where; must not exist yet, so that an older card is never lost
     * @throws UncheckedIOException when it exists or cannot be written
     */
    public static void write(CalibrationCard card, Path file) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("format", FORMAT);
        form.put("bench", card.bench());
        form.put("method", card.method());
        form.put("measured", card.measured().toString());
        form.put("valid-days", card.validDays());
        form.put("instruments", card.instruments());
        form.put("read", new ReadForm(Quantity.text(card.read().columnVolts(), "V"),
                Quantity.text(card.read().gateVolts(), "V"), Quantity.text(card.read().widthSeconds(), "s")));
        form.put("reading", new ReadingForm(Quantity.text(card.reading().offsetAmps(), "A"), card.reading().gain(),
                Quantity.text(card.reading().seriesOhms(), "ohm")));
        form.put("column", path(card.column()));
        form.put("gate", path(card.gate()));
        form.put("remarks", card.remarks());
        try {
            Files.writeString(file, YAML.writeValueAsString(form), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PathForm path(Amplitude amplitude) {
        return new PathForm(amplitude.gain(), Quantity.text(amplitude.offsetVolts(), "V"));
    }

    /** Turn what the file says into values, naming the key of whatever is missing or wrong. */
    private record Reader(Path file) {
        CalibrationCard card(Form form) {
            if (require("format", form.format()) != FORMAT) {
                throw wrong("format", form.format() + " is not known to this version, only " + FORMAT);
            }
            ReadForm read = require("read", form.read());
            ReadingForm reading = require("reading", form.reading());
            try {
                return new CalibrationCard(require("bench", form.bench()), require("method", form.method()),
                        OffsetDateTime.parse(require("measured", form.measured())),
                        require("valid-days", form.validDays()), require("instruments", form.instruments()),
                        new Pulse("READ", Pulse.Polarity.SET, quantity("read.column", read.column(), "V"),
                                quantity("read.gate", read.gate(), "V"), quantity("read.width", read.width(), "s"),
                                true),
                        new ConductanceCard(quantity("reading.offset", reading.offset(), "A"),
                                require("reading.gain", reading.gain()),
                                quantity("reading.series", reading.series(), "ohm")),
                        amplitude("column", form.column()), amplitude("gate", form.gate()),
                        form.remarks() == null ? Map.of() : form.remarks());
            } catch (DateTimeParseException e) {
                throw wrong("measured", "'" + form.measured() + "' is no date; write 2026-03-01T14:30:00+01:00");
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("calibration card " + file + ": " + e.getMessage(), e);
            }
        }

        private Amplitude amplitude(String key, PathForm form) {
            return form == null
                    ? Amplitude.EXACT
                    : new Amplitude(require(key + ".gain", form.gain()),
                            quantity(key + ".offset", form.offset(), "V"));
        }

        private double quantity(String key, String text, String unit) {
            try {
                return Quantity.parse(require(key, text), unit);
            } catch (IllegalArgumentException e) {
                throw wrong(key, e.getMessage());
            }
        }

        private <T> T require(String key, T value) {
            if (value == null) {
                throw wrong(key, "is missing");
            }
            return value;
        }

        private ConfigurationException wrong(String key, String what) {
            return new ConfigurationException("calibration card " + file + ": " + key + ": " + what);
        }
    }
}
