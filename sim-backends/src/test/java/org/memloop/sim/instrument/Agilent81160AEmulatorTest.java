package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Agilent81160AEmulatorTest {
    private static final String READY = """
            :FUNC1 PULS;:FUNC2 PULS;:ARM:SOUR1 EXT;:ARM:SOUR2 EXT;:OUTP1:IMP:EXT 1E6;:OUTP2:IMP:EXT 1E6;\
            :VOLT1:LOW 0;:VOLT1:HIGH 2;:VOLT2:LOW 0;:VOLT2:HIGH 4.5;:PULS:WIDT1 1E-6;:PULS:WIDT2 1E-6;\
            :OUTP1 ON;:OUTP2 ON""";

    private Agilent81160AEmulator generator;

    @BeforeEach
    void switchOn() {
        generator = new Agilent81160AEmulator(new Wiring(new Resistor(1e4)));
    }

    private String say(String message) {
        return new String(generator.handle(message.getBytes(StandardCharsets.ISO_8859_1)),
                StandardCharsets.ISO_8859_1).strip();
    }

    @Test
    void firesWhenArmedAndOn() {
        say(READY);
        assertEquals("+0,\"No error\"", say(":SYST:ERR?"));
        assertDrive(2, 4.5, 1e-6);
    }

    @ParameterizedTest
    @CsvSource({":ARM:SOUR1 MAN;:ARM:SOUR2 MAN", ":OUTP1 OFF;:OUTP2 OFF", "*RST", ":ARM:SLOP NEG", ":ARM:LEV 5",
            ":ARM:LEV -1", ":FUNC1 SQU;:FUNC2 SQU", ":PULS:DEL2 1E-5"})
    void doesNotFireOtherwise(String setting) {
        say(READY);
        say(setting);
        assertEquals("+0,\"No error\"", say(":SYST:ERR?"));
        assertEquals(Wiring.Drive.NONE, generator.onTrigger());
    }

    @Test
    void firesForAsLongAsBothOverlap() {
        say(READY);
        say(":PULS:DEL1 50NS;:PULS:WIDT2 1.1E-6");
        assertDrive(2, 4.5, 1e-6);
        say(":PULS:DEL2 100NS");
        assertDrive(2, 4.5, 0.95e-6);
        say(":OUTP2 OFF");
        assertDrive(2, 0, 1e-6);
        say(":TRIG1:COUN 3");
        assertDrive(2, 0, 3e-6);
    }

    @Test
    void doublesTheVoltsForWhoeverForgetsTheLoad() {
        say(READY);
        say(":OUTP1:LOAD 50;:VOLT1:HIGH 2");
        assertDrive(4, 4.5, 1e-6);
    }

    @Test
    void roundsLevelsAndTimesToItsSteps() {
        say(READY);
        say(":VOLT1:HIGH 0.2004;:PULS:WIDT1 100.003NS");
        assertEquals("+2.000000E-01;+1.000000E-07", say(":VOLT1:HIGH?;:PULS:WIDT1?"));
    }

    @Test
    void levelsFollowTheLoadTheyReferTo() {
        say("*RST");
        assertEquals("+5.000000E-01;-5.000000E-01;+1.000000E+00;+0.000000E+00",
                say(":VOLT1:HIGH?;LOW?;AMPL?;OFFS?"));
        say(":OUTP1:IMP:EXT 1E6");
        assertEquals("+9.999500E-01", say(":VOLT1:HIGH?"));
        assertEquals("+9.999500E+00", say(":VOLT1:HIGH? MAX"));
        say(":VOLT1:OFFS 2;:VOLT1 1");
        assertEquals("+2.500000E+00;+1.500000E+00", say(":VOLT1:HIGH?;LOW?"));
    }

    @ParameterizedTest
    @CsvSource({":VOLT1:LOW 3, -221", ":VOLT1:HIGH 0, -221", ":VOLT1:HIGH 0.05, -221", ":VOLT1:HIGH 10.5, -222",
            ":VOLT1:LIM:HIGH 1.9;:VOLT1:LIM:STAT ON, -221",
            ":VOLT1:LIM:HIGH 2.5;:VOLT1:LIM:STAT ON;:VOLT1:HIGH 2.6, -222",
            ":VOLT1:LIM:LOW 0;:VOLT1:LIM:STAT ON;:VOLT1:LOW -0.1, -222", ":PULS:WIDT1 1E-9, -222",
            ":PULS:TRAN1 0.5NS, -222", ":OUTP1:IMP:EXT 0.2, -222", "*TRG, -211", ":TRAC:CHAN3 ON, -114",
            ":DATA:DAC VOLATILE, -109", "':DATA:DAC VOLATILE,0,9000', -222", "':DATA:DAC OTHER,0,1', -224",
            ":DATA:COPY 1A, -224", ":FUNC1:USER NONE, -224", ":BURS1:NCYC 1, -222",
            ":ARM:SOUR1 IMM;:PULS:WIDT1 500NS;:FREQ1 5MHZ, -221", "':APPL1:PULS 1E9,1,0', -222",
            "':APPL1:PULS 1E3,30,0', -221", ":VOLT1:LIM:STAT ON;:VOLT1:LIM:HIGH 1.5, -221",
            ":ARM:SOUR1 IMM;:PULS:WIDT1 2E-6, -221"})
    void refusesWhatItCannotDo(String setting, String code) {
        say(READY);
        say(setting);
        assertEquals(code, say(":SYST:ERR?").split(",")[0]);
    }

    @Test
    void otherWordsForPeriodAndWidth() {
        say("*RST;:FREQ1 1MHZ;:PULS:DCYC1 25");
        assertEquals("+1.000000E-06;+2.500000E-07;+2.500000E+01", say(":PULS:PER1?;:PULS:WIDT1?;:PULS:DCYC1?"));
        say(":PULS:HOLD1 DCYC;:PULS:PER1 2US");
        assertEquals("+5.000000E-07", say(":PULS:WIDT1?"));
        say(":APPL1:SQU 2E3,1,0.5");
        assertEquals("SQU;+5.000000E-04;+1.000000E+00;+0.000000E+00;1",
                say(":FUNC1?;:PULS:PER1?;:VOLT1:HIGH?;LOW?;:OUTP1?"));
        assertEquals("\"SQU +2.000000E+03,+1.000000E+00,+5.000000E-01\";+0,\"No error\"",
                say(":APPL1?;:SYST:ERR?"));
    }

    @Test
    void burstsCountCycles() {
        say(READY);
        say(":BURS1:NCYC 5;:BURS1:STAT ON;:OUTP2 OFF");
        assertDrive(2, 0, 5e-6);
    }

    @Test
    void aPulseOfItsOwnReachesTheChip() {
        Wiring wiring = new Wiring(new Resistor(1e4));
        generator = new Agilent81160AEmulator(wiring);
        say(READY);
        say("*TRG");
        assertEquals("-211", say(":SYST:ERR?").split(",")[0]);
        say(":ARM:SOUR1 MAN;:ARM:SOUR2 MAN;*TRG;:TRIG");
        assertEquals("1;+0,\"No error\"", say("*OPC?;:SYST:ERR?"));
        assertEquals(2, wiring.pulses());
        assertEquals(2e-6, wiring.nowSeconds(), 1e-12);
    }

    @Test
    void tracksTheOtherChannel() {
        say("*RST;:VOLT1:HIGH 2;:PULS:WIDT1 300NS;:ARM:SOUR1 EXT;:TRAC:CHAN1 ON");
        assertEquals("+2.000000E+00;+3.000000E-07;EXT", say(":VOLT2:HIGH?;:PULS:WIDT2?;:ARM:SOUR2?"));
        say(":VOLT1:LOW -2;:PULS:WIDT1 400NS");
        assertEquals("-2.000000E+00;+4.000000E-07;+0,\"No error\"", say(":VOLT2:LOW?;:PULS:WIDT2?;:SYST:ERR?"));
        say(":TRAC:CHAN1 OFF;:PULS:WIDT1 500NS");
        assertEquals("+4.000000E-07", say(":PULS:WIDT2?"));
    }

    @Test
    void keepsArbitraryWaveforms() {
        say(":DATA:DAC VOLATILE,0,8191,-8191;:DATA:COPY RAMP1,VOLATILE;:FUNC1:USER RAMP1");
        assertEquals("\"RAMP1\",\"VOLATILE\";\"RAMP1\";3;RAMP1;3",
                say(":DATA:CAT?;:DATA:NVOL:CAT?;FREE?;:FUNC1:USER?;:DATA:ATTR:POIN? RAMP1"));
        say(":DATA:DEL RAMP1");
        assertEquals("-221", say(":SYST:ERR?").split(",")[0]);
        say("*RST;:DATA:DEL RAMP1");
        assertEquals("\"\";+0,\"No error\"", say(":DATA:NVOL:CAT?;:SYST:ERR?"));
        say(":DATA:DAC VOLATILE,#16\0\1\0\2\0\3");
        assertEquals("3;+0,\"No error\"", say(":DATA:ATTR:POIN?;:SYST:ERR?"));
    }

    private void assertDrive(double column, double gate, double width) {
        Wiring.Drive drive = generator.onTrigger();
        assertEquals(column, drive.columnVolts(), 1e-6 * 200, "column");
        assertEquals(gate, drive.gateVolts(), 1e-6 * 200, "gate");
        assertEquals(width, drive.widthSeconds(), 1e-12, "width");
    }
}
