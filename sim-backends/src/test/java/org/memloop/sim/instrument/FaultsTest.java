package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private static final String ARMED = ":FUNC1 PULS;:FUNC2 PULS;:ARM:SOUR1 EXT;:ARM:SOUR2 EXT;:VOLT1:LOW 0;"
            + ":VOLT1:HIGH 0.5;:VOLT2:LOW 0;:VOLT2:HIGH 1.5;:OUTP1 ON;:OUTP2 ON";

    private final Faults faults = new Faults(1);
    private final Wiring wiring = new Wiring(new Resistor(1e4), faults);
    private final Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
    private final Session session = new FaultyInstrument(generator, "generator", faults, wiring::nowSeconds)
            .open(Session.Listener.NONE);

    private Reply ask(String message) {
        session.write(message.getBytes(StandardCharsets.ISO_8859_1));
        return session.available() ? session.read() : Reply.NONE;
    }

    private String text(String message) {
        return new String(ask(message).bytes(), StandardCharsets.ISO_8859_1).strip();
    }

    @Test
    void strikesAlwaysOnceOrNowAndThenAndTheSameWithTheSameSeed() {
        faults.set("a", FaultRule.always(Fault.SILENT));
        faults.set("a", FaultRule.once(Fault.GARBAGE, 3));
        faults.set("a", FaultRule.sometimes(Fault.DELAYED, 0.25));
        boolean[] drawn = new boolean[1000];
        int count = 0;
        for (int i = 0; i < 1000; i++) {
            assertTrue(faults.strikes("a", Fault.SILENT, 0));
            assertEquals(i == 2, faults.strikes("a", Fault.GARBAGE, 0));
            drawn[i] = faults.strikes("a", Fault.DELAYED, 0);
            count += drawn[i] ? 1 : 0;
        }
        assertEquals(250, count, 60);
        Faults again = new Faults(1);
        again.set("a", FaultRule.sometimes(Fault.DELAYED, 0.25));
        assertArrayEquals(drawn, drawn(again));
        Faults other = new Faults(2);
        other.set("a", FaultRule.sometimes(Fault.DELAYED, 0.25));
        assertFalse(java.util.Arrays.equals(drawn, drawn(other)));
    }

    private static boolean[] drawn(Faults faults) {
        boolean[] drawn = new boolean[1000];
        IntStream.range(0, 1000).forEach(i -> drawn[i] = faults.strikes("a", Fault.DELAYED, 0));
        return drawn;
    }

    @Test
    void waitsForItsMomentAndEnds() {
        faults.set("a", FaultRule.once(Fault.SILENT, 2).from(5));
        assertFalse(faults.strikes("a", Fault.SILENT, 4.9));
        assertFalse(faults.strikes("a", Fault.SILENT, 5));
        assertTrue(faults.strikes("a", Fault.SILENT, 5.1));
        assertFalse(faults.strikes("a", Fault.SILENT, 5.2));
        faults.set("a", FaultRule.always(Fault.GARBAGE));
        assertEquals(2, faults.rules("a").size());
        faults.clear("a", Fault.SILENT);
        assertEquals(List.of(FaultRule.always(Fault.GARBAGE)), faults.rules("a"));
        faults.clear("a", Fault.GARBAGE);
        assertEquals(List.of(), faults.roles());
        assertThrows(IllegalArgumentException.class, () -> FaultRule.sometimes(Fault.SILENT, 1.1));
    }

    @Test
    void aSilentInstrumentDoesNothing() {
        faults.set("generator", FaultRule.once(Fault.SILENT, 1));
        assertEquals("", text(":OUTP1 ON;:OUTP1?"));
        assertEquals("0", text(":OUTP1?"));
    }

    @Test
    void aLostAnswerIsLostThoughTheCommandIsCarriedOut() {
        faults.set("generator", FaultRule.once(Fault.DROP_REPLY, 1));
        ask(":VOLT1:HIGH 1");
        assertEquals("", text(":OUTP1 ON;:OUTP1?"));
        assertEquals("1;+0,\"No error\"", text(":OUTP1?;:SYST:ERR?"));
    }

    @Test
    void answersAreSpoiltOnTheWay() {
        faults.set("generator", FaultRule.once(Fault.GARBAGE, 1));
        assertEquals((byte) 0xff, ask("*IDN?").bytes()[0]);
        faults.set("generator", FaultRule.once(Fault.TRUNCATED, 1));
        Reply cut = ask("*IDN?");
        assertFalse(cut.complete());
        assertTrue(generator.identity().toString().startsWith(new String(cut.bytes(), StandardCharsets.ISO_8859_1)));
        faults.set("generator", FaultRule.once(Fault.HANG_UP, 1));
        assertTrue(ask(":OUTP1 ON").hangsUp());
        faults.set("generator", FaultRule.once(Fault.DELAYED, 1).delayed(0.25));
        assertEquals(0.25, ask("*IDN?").delaySeconds());
        faults.set("generator", FaultRule.once(Fault.WRONG_IDENTITY, 1));
        assertEquals("0", text(":OUTP1?"), "the connection was dropped instead of switching the output on");
        assertEquals("Unknown Maker,UM-1,0,0.0", text("*IDN?"));
        assertEquals(generator.identity().toString(), text("*IDN?"));
    }

    @ParameterizedTest
    @CsvSource({"generator,MISSED_TRIGGER,0,1", "generator,UNPLUGGED,0,1", "oscilloscope,UNPLUGGED,0,1",
            "oscilloscope,MISSED_TRIGGER,1,0", "generator,CLIPPED,1,1"})
    void triggersAndCablesFail(String role, Fault fault, int pulses, int records) {
        int[] seen = new int[1];
        double[] amps = new double[1];
        wiring.connect((_, _, current) -> {
            seen[0]++;
            amps[0] = current;
        });
        ask(ARMED);
        select();
        faults.set(role, FaultRule.once(fault, 2));
        wiring.trigger();
        assertEquals(1, seen[0]);
        assertEquals(1e-4, amps[0], 1e-6);
        wiring.trigger();
        assertEquals(1 + pulses, wiring.pulses());
        assertEquals(1 + records, seen[0]);
        assertEquals(pulses == 1 ? 1e-4 : 0, amps[0], 1e-6);
        wiring.trigger();
        assertEquals(2 + pulses, wiring.pulses());
    }

    private void select() {
        BitSet lines = new BitSet();
        lines.set(0);
        lines.set(2);
        wiring.latch(lines);
    }
}
