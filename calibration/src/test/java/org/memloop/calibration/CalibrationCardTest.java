package org.memloop.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

class CalibrationCardTest {
    private static final Instant NEXT_DAY = Instant.parse("2026-03-02T12:00:00Z");
    private static final Capabilities.Identity SCOPE = new Capabilities.Identity("oscilloscope", "KEYSIGHT,MSOS204A,1",
            "TCPIP0::10.0.0.1::5025::SOCKET");
    private static final CalibrationCard CARD = new CalibrationCard("bench A", "lab prove",
            OffsetDateTime.parse("2026-03-01T14:30:00+01:00"), 30, List.of(SCOPE), Pulse.READ,
            new ConductanceCard(1.25e-9, 1.003, 12.5), new Amplitude(1.01, -0.002), new Amplitude(0.99, 0),
            Map.of("reference", "10.002 kohm"));
    @TempDir
    Path folder;

    private static Capabilities bench(Capabilities.Identity... instruments) {
        return new Capabilities("bench", new Geometry(2, 2), new Limits(3, 3, 5, 1e-7, 1e-3, 10),
                new Capabilities.ReadAccuracy(0, 0), List.of(instruments));
    }

    @Test
    void aCardSurvivesItsFile() throws IOException {
        Path file = folder.resolve("card.yaml");
        CalibrationFile.write(CARD, file);
        assertEquals(CARD, CalibrationFile.read(file));
        assertTrue(Files.readString(file).contains("12.5 ohm"), Files.readString(file));
        assertThrows(UncheckedIOException.class, () -> CalibrationFile.write(CARD, file));
    }

    @Test
    void whatIsWrongInAFileIsNamed() throws IOException {
        Path file = folder.resolve("card.yaml");
        CalibrationFile.write(CARD, file);
        String good = Files.readString(file);
        for (String[] change : new String[][]{{"series", "serie", "unknown key 'serie'"},
                {"12.5 ohm", "12.5 V", "series"},
                {"format: 1", "format: 2", "format"}, {"2026-03-01", "yesterday", "measured"},
                {"valid-days: 30", "valid-days: 0", "at least 1 day"}, {"method:", "#", "method: is missing"}}) {
            assertTrue(good.contains(change[0]), change[0]);
            Files.writeString(file, good.replace(change[0], change[1]));
            String said = assertThrows(ConfigurationException.class, () -> CalibrationFile.read(file)).getMessage();
            assertTrue(said.contains(change[2]) && said.contains("card.yaml"), said);
        }
        assertThrows(ConfigurationException.class, () -> CalibrationFile.read(folder.resolve("none.yaml")));
    }

    @Test
    void anOldOrForeignCardIsObjectedTo() {
        assertEquals(List.of(), CARD.objections(bench(SCOPE), Pulse.READ, NEXT_DAY));
        assertTrue(CARD.objections(bench(SCOPE), Pulse.READ, NEXT_DAY.plusSeconds(31 * 86400)).getFirst()
                .contains("valid for 30 days"));
        assertTrue(CARD.objections(bench(SCOPE), Pulse.READ, NEXT_DAY.minusSeconds(5 * 86400)).getFirst()
                .contains("still to come"));
        Capabilities.Identity other = new Capabilities.Identity("oscilloscope", "KEYSIGHT,MSOS204A,2", "elsewhere");
        assertTrue(CARD.objections(bench(other), Pulse.READ, NEXT_DAY).getFirst().contains("MSOS204A,2"));
        assertEquals(1, CARD.objections(bench(), Pulse.READ, NEXT_DAY).size());
        assertEquals(1, CARD.objections(bench(SCOPE, new Capabilities.Identity("router", "R", "")), Pulse.READ,
                NEXT_DAY).size());
        Pulse lower = new Pulse("READ", Pulse.Polarity.SET, 0.1, 3, 1e-4, true);
        assertEquals(1, CARD.objections(bench(SCOPE), lower, NEXT_DAY).size());
    }

    /** Pulses that come out 2 % too high on columns and 50 mV too low on gates. */
    private static final class CrookedBench implements Bench {
        Pulse arrived;

        @Override
        public Capabilities capabilities() {
            return bench();
        }

        @Override
        public Readings run(PulseProgram program) {
            Pulse asked = program.pulse(0);
            arrived = new Pulse("arrived", asked.polarity(), 1.02 * asked.columnVolts(), asked.gateVolts() - 0.05,
                    asked.widthSeconds(), asked.measured());
            return Readings.builder(1).add(0, asked.columnVolts(), 1e-6, 0, Readings.Quality.GOOD).build();
        }

        @Override
        public void rest(double seconds) {}

        @Override
        public void close() {}
    }

    @Test
    void correctedPulsesArriveAsTheyWereWanted() {
        CrookedBench crooked = new CrookedBench();
        CalibrationCard card = new CalibrationCard("b", "m", CARD.measured(), 1, List.of(), Pulse.READ,
                ConductanceCard.WHOLE_PATH, new Amplitude(1.02, 0), new Amplitude(1, -0.05), Map.of());
        Readings readings = CorrectedBench.of(crooked, card).run(PulseProgram.of(Pulse.READ, 0));
        assertEquals(Pulse.READ.columnVolts(), crooked.arrived.columnVolts(), 1e-12);
        assertEquals(Pulse.READ.gateVolts(), crooked.arrived.gateVolts(), 1e-12);
        assertEquals(Pulse.READ.columnVolts(), readings.volts(0), 1e-12);
        CalibrationCard exact = new CalibrationCard("b", "m", CARD.measured(), 1, List.of(), Pulse.READ,
                ConductanceCard.WHOLE_PATH, Amplitude.EXACT, Amplitude.EXACT, Map.of());
        assertSame(crooked, CorrectedBench.of(crooked, exact));
        assertThrows(IllegalArgumentException.class, () -> new Amplitude(0, 0));
    }

    @Test
    void whatArrivesIsHeldToTheLimitsThoughLessIsAskedFor() {
        CrookedBench crooked = new CrookedBench();
        CalibrationCard strong = new CalibrationCard("b", "m", CARD.measured(), 1, List.of(), Pulse.READ,
                ConductanceCard.WHOLE_PATH, new Amplitude(1.9, 0), Amplitude.EXACT, Map.of());
        double limit = crooked.capabilities().limits().bitLineVoltsMax();
        Pulse over = new Pulse("OVER", Pulse.Polarity.SET, 1.2 * limit, 2, 1e-6, false);
        assertThrows(LimitException.class, () -> CorrectedBench.of(crooked, strong).run(PulseProgram.of(over, 0)));
        assertNull(crooked.arrived);
    }
}
