package org.memloop.instrument.keysight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.link.TranscriptLink;

class Agilent81160ATest {
    private static final Limits CEILING = new Limits(2.5, 2.2, 4.8, 100e-9, 1e-3, 1000);
    private static final String OPENING = """
            > *IDN?
            < Agilent Technologies,81160A,MY1,1.0
            > *RST;*CLS
            > *OPC?
            < 1
            > :ARM:SLOP POS;:ARM:LEV 1.5;:ARM:IMP 10KOHM
            > :SYST:ERR?
            < +0,"No error"
            > :ARM:SOUR1 MAN;:FUNC1 PULS;:ARM:SENS1 EDGE;:TRIG1:COUN 1;:OUTP1:IMP:EXT 1E6;:PULS:TRAN1 5E-9;\
            :PULS:TRAN1:TRA 5E-9;:PULS:DEL1 5E-8;:VOLT1:LOW 0;:VOLT1:HIGH 0.1;:VOLT1:LIM:LOW -0.1;:VOLT1:LIM:HIGH 2.5;\
            :VOLT1:LIM:STAT ON
            > :SYST:ERR?
            < +0,"No error"
            > :ARM:SOUR2 MAN;:FUNC2 PULS;:ARM:SENS2 EDGE;:TRIG2:COUN 1;:OUTP2:IMP:EXT 1E6;:PULS:TRAN2 5E-9;\
            :PULS:TRAN2:TRA 5E-9;:PULS:DEL2 0;:VOLT2:LOW 0;:VOLT2:HIGH 0.1;:VOLT2:LIM:LOW -0.1;:VOLT2:LIM:HIGH 4.8;\
            :VOLT2:LIM:STAT ON
            > :SYST:ERR?
            < +0,"No error"
            """;

    private final TranscriptLink link = new TranscriptLink(OPENING);
    private final Agilent81160A generator = new Agilent81160A(link, "generator", CEILING);

    @Test
    void firesOneSetPulse() {
        link.expect("""
                > :PULS:WIDT1 5E-5;:PULS:WIDT2 5.01E-5;:VOLT1:HIGH 2;:VOLT2:HIGH 2.5
                > :SYST:ERR?
                < +0,"No error"
                > :OUTP2 ON;:OUTP1 ON
                > *OPC?
                < 1
                > :ARM:SOUR2 EXT;:ARM:SOUR1 EXT
                > :SYST:ERR?
                < +0,"No error"
                > :ARM:SOUR1 MAN;:ARM:SOUR2 MAN;:OUTP1 OFF;:OUTP2 OFF
                > :SYST:ERR?
                < +0,"No error"
                """);
        generator.shape(Pulse.SET);
        generator.arm();
        generator.disarm();
        link.assertFinished();
        assertEquals("Agilent Technologies,81160A,MY1,1.0", generator.identity().idn());
    }

    @Test
    void sendsOnlyWhatChanged() {
        link.expect("""
                > :PULS:WIDT1 1E-6;:PULS:WIDT2 1.1E-6;:VOLT1:HIGH 2;:VOLT2:HIGH 4.5
                > :SYST:ERR?
                < +0,"No error"
                > :PULS:WIDT1 6E-7;:PULS:WIDT2 7E-7;:VOLT1:HIGH 0.9
                > :SYST:ERR?
                < +0,"No error"
                """);
        generator.shape(Pulse.HARD_RESET);
        generator.shape(Pulse.HARD_RESET);
        generator.shape(Pulse.WEAK_RESET);
        generator.shape(new Pulse("the same by another name", Pulse.Polarity.SET, 0.9, 4.5, 0.6e-6, true));
        link.assertFinished();
    }

    @Test
    void quotesWhatTheInstrumentRefusedAndSendsItAllAgain() {
        link.expect("""
                > :PULS:WIDT1 5E-5;:PULS:WIDT2 5.01E-5;:VOLT1:HIGH 2;:VOLT2:HIGH 2.5
                > :SYST:ERR?
                < -222,"Data out of range"
                > :SYST:ERR?
                < +0,"No error"
                > :PULS:WIDT1 5E-5;:PULS:WIDT2 5.01E-5;:VOLT1:HIGH 2;:VOLT2:HIGH 2.5
                > :SYST:ERR?
                < +0,"No error"
                """);
        InstrumentException e = assertThrows(InstrumentException.class, () -> generator.shape(Pulse.SET));
        assertTrue(e.getMessage().contains(":VOLT1:HIGH 2;") && e.getMessage().contains("-222"), e.getMessage());
        generator.shape(Pulse.SET);
        link.assertFinished();
    }

    @ParameterizedTest
    @CsvSource({"SET, 2.6, 2.5, 1e-6, bit line 2.600 V", "RESET, 2.3, 2.5, 1e-6, source line 2.300 V",
            "SET, 1, 4.9, 1e-6, word line 4.900 V", "SET, 1, 2, 50e-9, width 5", "SET, 1, 2, 2e-3, width 0.002",
            "SET, 0.05, 2, 1e-6, no pulse below 0.1", "SET, 1, 0, 1e-6, no pulse below 0.1"})
    void sendsNothingOfARefusedPulse(Pulse.Polarity polarity, double column, double gate, double width, String why) {
        Pulse pulse = new Pulse("odd", polarity, column, gate, width, false);
        String message = assertThrows(LimitException.class, () -> generator.shape(pulse)).getMessage();
        assertTrue(message.contains(why) && message.contains("odd"), message);
        link.assertFinished();
    }

    @Test
    void switchesOffWhenClosedOnce() {
        link.expect("""
                > :ARM:SOUR1 MAN;:ARM:SOUR2 MAN;:OUTP1 OFF;:OUTP2 OFF
                > :SYST:ERR?
                < +0,"No error"
                """);
        generator.close();
        generator.close();
        link.assertFinished();
    }

    @Test
    void switchesOffAnInstrumentThatFellSilent() {
        link.expect("""
                > :ARM:SOUR1 MAN;:ARM:SOUR2 MAN;:OUTP1 OFF;:OUTP2 OFF
                > :SYST:ERR?
                """);
        generator.close();
        link.assertFinished();
    }

    @Test
    void refusesAnotherModel() {
        TranscriptLink other = new TranscriptLink("> *IDN?\n< Agilent Technologies,81150A,MY1,1.0");
        String message = assertThrows(ConfigurationException.class,
                () -> new Agilent81160A(other, "generator", CEILING)).getMessage();
        assertTrue(message.contains("'81160A'") && message.contains("81150A,MY1"), message);
    }
}
