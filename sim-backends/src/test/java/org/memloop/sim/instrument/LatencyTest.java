package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

import org.junit.jupiter.api.Test;

class LatencyTest {
    private final Wiring wiring = new Wiring(new Resistor(1e4));
    private final KeysightE36312AEmulator supply = new KeysightE36312AEmulator(wiring, "supply-5v", 1);

    private Session session(EmulatedInstrument instrument, Latency latency) {
        wiring.settling(latency != Latency.OFF);
        return new PacedInstrument(instrument, wiring, latency).open(Session.Listener.NONE);
    }

    private static Reply ask(Session session, String message) {
        session.write(message.getBytes(StandardCharsets.US_ASCII));
        return session.available() ? session.read() : Reply.NONE;
    }

    private static double number(Reply reply) {
        return Double.parseDouble(new String(reply.bytes(), StandardCharsets.US_ASCII).strip());
    }

    @Test
    void offTakesNoTimeAndReachesItsVoltsAtOnce() {
        Session session = session(supply, Latency.OFF);
        ask(session, "VOLT 5,(@1);CURR 0.1,(@1);OUTP ON,(@1)");
        Reply measured = ask(session, "MEAS:VOLT? (@1)");
        assertEquals(5, number(measured), 5e-3);
        assertEquals(0, measured.delaySeconds());
        assertEquals(0, wiring.nowSeconds());
    }

    @Test
    void simulatedLetsTheClockPassAndTheOutputRise() {
        Session session = session(supply, Latency.SIMULATED);
        ask(session, "VOLT 5,(@1);CURR 0.1,(@1);OUTP ON,(@1)");
        assertEquals(30e-3, wiring.nowSeconds(), 1e-9, "three commands");
        Reply first = ask(session, "MEAS:VOLT? (@1)");
        assertEquals(5 * (1 - Math.exp(-1)), number(first), 0.02, "10 ms after the last of them");
        assertEquals(0, first.delaySeconds());
        for (int i = 0; i < 5; i++) {
            ask(session, "MEAS:VOLT? (@1)");
        }
        assertEquals(5, number(ask(session, "MEAS:VOLT? (@1)")), 5e-3);
        ask(session, "OUTP:DEL:FALL 0.5,(@1);:OUTP OFF,(@1)");
        assertEquals(5, number(ask(session, "MEAS:VOLT? (@1)")), 5e-3, "the fall is delayed");
        wiring.advance(0.6);
        assertEquals(0, number(ask(session, "MEAS:VOLT? (@1)")), 5e-3);
    }

    @Test
    void realMakesAnswersLateByAsMuch() {
        Session session = session(supply, Latency.REAL);
        long start = System.nanoTime();
        ask(session, "VOLT 5,(@1);CURR 0.1,(@1);OUTP ON,(@1)");
        double late = ask(session, "MEAS:VOLT? (@1)").delaySeconds();
        double waited = (System.nanoTime() - start) * 1e-9 + late;
        assertTrue(waited > 0.06 && late < 0.061, "what is left of 60 ms: " + late);
    }

    @Test
    void anAmmeterOfAFineRangeSettlesSlowly() {
        KeysightB1500AEmulator analyzer = new KeysightB1500AEmulator(wiring, 3);
        analyzer.connect(1, Net.COLUMN);
        analyzer.connect(2, Net.GATE);
        BitSet lines = new BitSet();
        lines.set(0);
        lines.set(2);
        wiring.latch(lines);
        Session session = analyzer.open(Session.Listener.NONE);
        ask(session, "CN 1,2;FMT 2;DV 2,0,3;DV 1,0,0");
        ask(session, "TI 1,-14");
        ask(session, "DV 1,0,0.005");
        double early = number(ask(session, "TI 1,-13"));
        double late = early;
        for (int i = 0; i < 5; i++) {
            late = number(ask(session, "TI 1,-14"));
        }
        assertEquals(0.5e-6, late, 5e-9);
        assertTrue(early != late, "over range at first");
        ask(session, "DV 1,0,0.00001");
        double first = number(ask(session, "TI 1,-11"));
        for (int i = 0; i < 100; i++) {
            late = number(ask(session, "TI 1,-11"));
        }
        assertEquals(1e-9, late, 1e-11);
        assertTrue(first > 1.05e-9, "still falling: " + first);
    }
}
