package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.bench.BenchException;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.instrument.Oscilloscope;
import org.memloop.instrument.keysight.Agilent81160A;
import org.memloop.instrument.keysight.KeysightMsos204A;
import org.memloop.link.Link;
import org.memloop.link.ResourceName;
import org.memloop.link.SocketLink;
import org.memloop.scpi.ScpiSession;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.FaultRule;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.FaultyInstrument;
import org.memloop.sim.instrument.KeysightMsos204AEmulator;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.Wiring;

/** Drive the emulated generator and oscilloscope over real sockets, with a resistor in the socket. */
@Timeout(20)
class WiredInstrumentsTest {
    private static final Limits CEILING = new Limits(2.5, 2.5, 4.8, 100e-9, 1e-3, 1000);

    private final Wiring wiring = new Wiring(new Resistor(10e3));
    private final Faults faults = new Faults(1);
    private final SocketServer generatorServer = new SocketServer(
            new FaultyInstrument(new Agilent81160AEmulator(wiring), "generator", faults, wiring::nowSeconds));
    private final SocketServer oscilloscopeServer = new SocketServer(new KeysightMsos204AEmulator(wiring, 42));

    private static Link link(SocketServer server) {
        return new SocketLink((ResourceName.Socket) ResourceName.parse(server.resource()));
    }

    @AfterEach
    void switchOff() {
        generatorServer.close();
        oscilloscopeServer.close();
    }

    private void select() {
        BitSet lines = new BitSet();
        lines.set(0); // word line 0
        lines.set(2); // bit line 0, after two rows
        wiring.latch(lines);
    }

    private void trigger(int times) {
        for (int i = 0; i < times; i++) {
            wiring.trigger();
            wiring.advance(110e-6);
        }
    }

    @Test
    void readsAResistorWithinTheStatedAccuracy() {
        try (Agilent81160A generator = new Agilent81160A(link(generatorServer), "generator", CEILING);
                KeysightMsos204A oscilloscope = new KeysightMsos204A(link(oscilloscopeServer), "oscilloscope")) {
            int n = 1000;
            select();
            generator.shape(Pulse.READ);
            generator.arm();
            oscilloscope.arm(n, Pulse.READ.widthSeconds());
            trigger(n);
            Oscilloscope.Segments segments = oscilloscope.fetch();
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double amps = segments.volts()[i] / oscilloscope.inputOhms();
                sum += amps;
                squares += amps * amps;
                assertFalse(segments.saturated()[i]);
            }
            double noise = oscilloscope.accuracy().noiseAmps();
            assertEquals(20e-6, sum / n, 3 * noise / Math.sqrt(n));
            assertEquals(noise, Math.sqrt(squares / n - sum / n * (sum / n)), 0.2 * noise);
            generator.disarm();
            assertEquals(n, wiring.pulses());
        }
    }

    @Test
    void deliversExactlyThePulsesItWasAskedFor() {
        double[] seen = new double[3];
        Wiring.Source[] source = new Wiring.Source[1];
        Wiring bare = new Wiring(new Resistor(10e3));
        source[0] = new Agilent81160AEmulator(bare);
        try (SocketServer server = new SocketServer((Agilent81160AEmulator) source[0]);
                Agilent81160A generator = new Agilent81160A(link(server), "generator", CEILING)) {
            for (Pulse pulse : Pulse.TABLE_4_1) {
                generator.shape(pulse);
                assertEquals(Wiring.Drive.NONE, source[0].onTrigger(), "not armed");
                generator.arm();
                Wiring.Drive drive = source[0].onTrigger();
                seen[0] = drive.columnVolts();
                assertEquals(pulse.columnVolts(), seen[0], 1e-3, pulse.name());
                assertEquals(pulse.gateVolts(), drive.gateVolts(), 1e-3, pulse.name());
                assertEquals(pulse.widthSeconds(), drive.widthSeconds(), 2e-11, pulse.name());
                generator.disarm();
            }
        }
        assertEquals(Wiring.Drive.NONE, source[0].onTrigger(), "closed");
    }

    @Test
    void recordsOneSegmentAndManyAndAllCellsAtOnce() {
        try (KeysightMsos204A oscilloscope = new KeysightMsos204A(link(oscilloscopeServer), "oscilloscope")) {
            for (int n : new int[]{1, 2, 3, oscilloscope.maxSegments(), 1}) {
                oscilloscope.arm(n, 100e-6);
                trigger(n);
                assertEquals(n, oscilloscope.fetch().volts().length);
            }
        }
    }

    @Test
    void flagsWhatLeavesTheScreen() {
        try (Agilent81160A generator = new Agilent81160A(link(generatorServer), "generator", CEILING);
                KeysightMsos204A oscilloscope = new KeysightMsos204A(link(oscilloscopeServer), "oscilloscope")) {
            select();
            for (double columnVolts : new double[]{1.2, 1.4, 2}) { // 6 mV, 7 mV, 10 mV; the screen ends at 7 mV
                generator.shape(new Pulse("odd", Pulse.Polarity.SET, columnVolts, 3, 100e-6, true));
                generator.arm();
                oscilloscope.arm(2, 100e-6);
                trigger(2);
                Oscilloscope.Segments segments = oscilloscope.fetch();
                generator.disarm();
                assertEquals(columnVolts > 1.3, segments.saturated()[0], "at " + columnVolts + " V");
                assertEquals(Math.min(columnVolts / 10e3 * 50, 7e-3), segments.volts()[0], 100e-6);
            }
        }
    }

    @Test
    void setsUpAnInstrumentThatSomebodyLeftTalkative() {
        try (ScpiSession somebody = new ScpiSession(link(oscilloscopeServer), "somebody")) {
            somebody.write(":SYST:HEAD ON;:CHAN1:INP DC;:WAV:FORM ASC;:NONSENSE");
            assertEquals(":CHAN1:INP DC", somebody.query(":CHAN1:INP?"));
        }
        try (KeysightMsos204A oscilloscope = new KeysightMsos204A(link(oscilloscopeServer), "oscilloscope")) {
            oscilloscope.arm(2, 100e-6);
            trigger(2);
            assertEquals(0, oscilloscope.fetch().volts()[0], 20e-6);
        }
    }

    @Test
    void namesBothWhenTheModelIsWrong() {
        Link link = link(oscilloscopeServer);
        String message = assertThrows(ConfigurationException.class, () -> new Agilent81160A(link, "generator", CEILING))
                .getMessage();
        assertTrue(message.contains("should be a '81160A' but answered 'KEYSIGHT TECHNOLOGIES,MSOS204A,"), message);
    }

    @Test
    void refusesBeyondTheCeilingBeforeAnythingIsSent() {
        try (Agilent81160A generator = new Agilent81160A(link(generatorServer), "generator", CEILING)) {
            generator.shape(Pulse.SET);
            assertThrows(LimitException.class,
                    () -> generator.shape(new Pulse("hot", Pulse.Polarity.SET, 2.6, 2, 1e-6, false)));
        }
        try (ScpiSession somebody = new ScpiSession(link(generatorServer), "somebody")) {
            assertEquals(2, somebody.queryNumber(":VOLT1:HIGH?"), 1e-9);
            somebody.write(":VOLT1:HIGH 2.6");
            assertTrue(somebody.query(":SYST:ERR?").startsWith("-222"), "the instrument's own limit holds too");
        }
    }

    @Test
    void tellsWhenTriggersAreMissing() {
        try (KeysightMsos204A oscilloscope = new KeysightMsos204A(link(oscilloscopeServer), "oscilloscope")) {
            oscilloscope.arm(3, 100e-6);
            trigger(2);
            String message = assertThrows(LinkException.class, oscilloscope::fetch).getMessage();
            assertTrue(message.contains("fewer than 3 triggers came"), message);
            oscilloscope.arm(2, 100e-6); // and goes on afterwards
            trigger(2);
            assertEquals(2, oscilloscope.fetch().volts().length);
        }
    }

    @Test
    void doesNotWaitForASilentInstrumentForEver() {
        faults.set("generator", FaultRule.always(Fault.SILENT));
        ScpiSession session = new ScpiSession(link(generatorServer), "generator");
        session.answerWithin(TimeUnit.MILLISECONDS.toNanos(200));
        long start = System.nanoTime();
        String message = assertThrows(LinkException.class, () -> session.identify("81160A")).getMessage();
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(2));
        assertTrue(message.startsWith("generator, asked '*IDN?'") && message.contains("no answer within"), message);
        session.close();
    }

    @Test
    void saysSoWhenTheAnswerIsGarbageOrLost() {
        Agilent81160A generator = new Agilent81160A(link(generatorServer), "generator", CEILING);
        faults.set("generator", FaultRule.always(Fault.GARBAGE));
        String message = assertThrows(LinkException.class, () -> generator.shape(Pulse.SET)).getMessage();
        assertTrue(message.contains("'\\xff\\x13\\xfe") && message.contains("no entry of an error queue"), message);
        faults.clear();
        generator.close();

        Agilent81160A again = new Agilent81160A(link(generatorServer), "generator", CEILING);
        faults.set("generator", FaultRule.once(Fault.DROP_REPLY, 1));
        BenchException lost = assertThrows(LinkException.class, () -> again.shape(Pulse.SET));
        assertTrue(lost.getMessage().contains("no answer within"), lost.getMessage());
        again.close();
    }

    @Test
    void noticesThatTheInstrumentWasSwitchedOff() {
        Agilent81160A generator = new Agilent81160A(link(generatorServer), "generator", CEILING);
        generatorServer.close();
        assertThrows(LinkException.class, () -> generator.shape(Pulse.SET));
        generator.close();
    }
}
