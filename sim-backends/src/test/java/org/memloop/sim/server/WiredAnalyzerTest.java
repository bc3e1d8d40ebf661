package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.instrument.SourceMeasureUnit.Bias;
import org.memloop.instrument.SourceMeasureUnit.CurvePoint;
import org.memloop.instrument.SourceMeasureUnit.Quantity;
import org.memloop.instrument.SourceMeasureUnit.Staircase;
import org.memloop.instrument.SourceMeasureUnit.Status;
import org.memloop.instrument.UnitWiring;
import org.memloop.instrument.keysight.KeysightB1500A;
import org.memloop.link.Link;
import org.memloop.link.ResourceName;
import org.memloop.link.SocketLink;
import org.memloop.sim.instrument.KeysightB1500AEmulator;
import org.memloop.sim.instrument.Net;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.Wiring;

/** Drive the emulated analyzer over a real socket, with a resistor in the socket. */
@Timeout(20)
class WiredAnalyzerTest {
    private static final double OHMS = 10e3;
    private static final Limits CEILING = new Limits(5, 5, 5, 100e-9, 1e-3, 1000);

    private final Wiring wiring = new Wiring(new Resistor(OHMS));
    private final KeysightB1500AEmulator emulator = new KeysightB1500AEmulator(wiring, 3);
    private final SocketServer server = new SocketServer(emulator);
    private KeysightB1500A analyzer;

    private Link link() {
        return new SocketLink((ResourceName.Socket) ResourceName.parse(server.resource()));
    }

    @BeforeEach
    void connect() {
        emulator.connect(1, Net.COLUMN);
        emulator.connect(2, Net.GATE);
        BitSet lines = new BitSet();
        lines.set(0); // word line 0
        lines.set(2); // bit line 0, after two rows
        wiring.latch(lines);
        analyzer = new KeysightB1500A(link(), "source-measure-unit", UnitWiring.SOURCE_MEASURE, CEILING);
        analyzer.force(2, new Bias(Quantity.VOLTS, 3, 1e-3));
    }

    @AfterEach
    void switchOff() {
        analyzer.close();
        server.close();
    }

    @Test
    void measuresSpotsAndSamples() {
        assertTrue(analyzer.identity().idn().contains("B1500A"));
        assertEquals(List.of(1, 2, 4, 5), analyzer.channels());
        analyzer.force(1, new Bias(Quantity.VOLTS, 0.5, 1e-3));
        CurvePoint point = analyzer.measure(1);
        assertEquals(0.5, point.volts(), 1e-3);
        assertEquals(0.5 / OHMS, point.amps(), 1e-6);
        List<CurvePoint> samples = analyzer.sample(1, 20, 10e-3);
        assertEquals(20, samples.size());
        samples.forEach(sample -> assertEquals(0.5 / OHMS, sample.amps(), 1e-6));
        assertTrue(samples.get(19).seconds() - samples.get(0).seconds() > 0.19);
    }

    @Test
    void sweepsVoltsThereAndBackIntoCompliance() {
        List<CurvePoint> curve = analyzer
                .sweep(new Staircase(1, Quantity.VOLTS, 0, 2, 21, Staircase.Spacing.LINEAR, true,
                        100e-6, 0.01, 1e-3, false));
        assertEquals(42, curve.size());
        assertEquals(Status.GOOD, curve.get(5).status());
        assertEquals(0.5, curve.get(5).volts(), 2e-3);
        assertEquals(50e-6, curve.get(5).amps(), 1e-6);
        assertEquals(Status.IN_COMPLIANCE, curve.get(20).status());
        assertEquals(100e-6, curve.get(20).amps(), 3e-6);
        assertTrue(curve.get(20).volts() < 1.1, "volts give way: " + curve.get(20));
        assertEquals(0, curve.get(41).volts(), 2e-3);
        assertTrue(curve.get(41).seconds() > curve.get(0).seconds());
        List<CurvePoint> stopped = analyzer.sweep(new Staircase(1, Quantity.VOLTS, 0, 2, 21, Staircase.Spacing.LINEAR,
                false, 100e-6, 0, 0, true));
        assertTrue(stopped.size() >= 10 && stopped.size() <= 12, stopped.size() + " points before the stop");
        assertEquals(Status.IN_COMPLIANCE, stopped.getLast().status());
    }

    @Test
    void sweepsACurrentAsForANeuron() {
        List<CurvePoint> ramp = analyzer.sweep(Staircase.linear(1, Quantity.AMPS, 0, 0.2e-3, 41, 4));
        assertEquals(41, ramp.size());
        assertEquals(0.1e-3, ramp.get(20).amps(), 1e-6);
        assertEquals(1, ramp.get(20).volts(), 0.02);
        assertEquals(Status.GOOD, ramp.get(40).status());
        List<CurvePoint> logarithmic = analyzer.sweep(new Staircase(1, Quantity.AMPS, 4e-6, 4e-4, 3,
                Staircase.Spacing.LOGARITHMIC, false, 4, 0, 0, false));
        assertEquals(4e-5, logarithmic.get(1).amps(), 3e-6); // the emulation steps by 20 mV
        List<CurvePoint> beyond = analyzer.sweep(Staircase.linear(1, Quantity.AMPS, 0, 1e-3, 11, 2));
        assertEquals(Status.IN_COMPLIANCE, beyond.getLast().status());
        assertEquals(2, beyond.getLast().volts(), 0.05);
    }

    @Test
    void refusesWhatModuleOrArrayDoNotBearBeforeAnythingIsSent() {
        long pulses = wiring.pulses();
        for (Staircase bad : List.of(Staircase.linear(1, Quantity.VOLTS, 0, 6, 11, 1e-3),
                Staircase.linear(1, Quantity.AMPS, 0, 1e-3, 11, 6), Staircase.linear(1, Quantity.VOLTS, 0, 2, 11, 0.2),
                Staircase.linear(3, Quantity.VOLTS, 0, 1, 11, 1e-3),
                Staircase.linear(1, Quantity.VOLTS, 0, 1, 1002, 1e-3))) {
            LimitException e = assertThrows(LimitException.class, () -> analyzer.sweep(bad));
            assertTrue(e.getMessage().toLowerCase(java.util.Locale.ROOT).contains("nothing was forced"),
                    e.getMessage());
        }
        assertThrows(LimitException.class, () -> analyzer.force(2, new Bias(Quantity.VOLTS, 5.5, 1e-3)));
        assertEquals(pulses, wiring.pulses());
    }

    @Test
    void aSlotWithoutUnitIsNamed() {
        try (Link link = link()) {
            String message = assertThrows(ConfigurationException.class,
                    () -> new KeysightB1500A(link, "smu", new UnitWiring(3, 2), CEILING)).getMessage();
            assertTrue(message.contains("slot '3'") && message.contains("B1520A"), message);
        }
    }
}
