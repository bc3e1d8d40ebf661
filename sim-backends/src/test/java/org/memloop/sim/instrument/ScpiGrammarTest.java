package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScpiGrammarTest {
    private ScpiEngine engine;

    @BeforeEach
    void declareAnInstrument() {
        ScpiTable table = new ScpiTable(2);
        ScpiSettings settings = new ScpiSettings(table);
        settings.number("[:SOURce]:VOLTage<n>[:LEVel]", new ScpiSettings.Range("V", -10, 10, 1));
        settings.number(":PULSe:WIDTh<n>", new ScpiSettings.Range("S", 1e-9, 1, 1e-6));
        settings.number(":PULSe:DELay<n>", new ScpiSettings.Range("S", 0, 1, 0));
        settings.number(":FREQuency", new ScpiSettings.Range("HZ", 1, 1e9, 1e3));
        settings.number(":COUNt", new ScpiSettings.Range("", 1, 99, 1), 1, (_, _) -> {});
        settings.flag(":OUTPut<n>[:STATe]", false);
        settings.choice(":ARM:SOURce<n>", "IMMediate|INTernal2|EXTernal|10KOHM");
        String[] label = {""};
        table.command(":LABel", call -> label[0] = ScpiData.string(call.text(0)));
        table.query(":LABel", _ -> '"' + label[0] + '"');
        table.command(":LOAD", call -> label[0] = call.text(0));
        engine = new ScpiEngine(this, new Identity("Maker", "Model", "1", "2"), table);
    }

    private String say(String message) {
        try (Session session = engine.open(Session.Listener.NONE)) {
            session.write(message.getBytes(StandardCharsets.ISO_8859_1));
            return session.available() ? new String(session.read().bytes(), StandardCharsets.ISO_8859_1) : "";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            ":VOLT 2;:VOLT? | +2.000000E+00",
            ":voltage 2;:VoLt? | +2.000000E+00",
            "VOLT 2;VOLT? | +2.000000E+00",
            ":SOUR:VOLT:LEV 2;:VOLT? | +2.000000E+00",
            ":source:voltage1:level 2;:VOLT1? | +2.000000E+00",
            ":VOLT2 3;:VOLT2?;:VOLT? | +3.000000E+00;+1.000000E+00",
            ":PULS:WIDT 1E-3;DEL 2E-3;WIDT?;DEL? | +1.000000E-03;+2.000000E-03",
            ":PULS:WIDT2 1E-3;DEL2 2E-3;:PULS:WIDT2?;DEL2? | +1.000000E-03;+2.000000E-03",
            ":PULS:WIDT 1E-3;*WAI;DEL 2E-3;*OPC?;DEL? | 1;+2.000000E-03",
            "  :PULS:WIDT   1E-3  ;  :PULS:WIDT?  ; | +1.000000E-03",
            ":PULS:WIDT 100NS;WIDT? | +1.000000E-07",
            ":PULS:WIDT 5 us;WIDT? | +5.000000E-06",
            ":VOLT 5MV;:VOLT? | +5.000000E-03",
            ":FREQ 5MHZ;:FREQ? | +5.000000E+06",
            ":VOLT -.5;:VOLT? | -5.000000E-01",
            ":VOLT MAX;:VOLT?;:VOLT? MIN;:VOLT? DEF | +1.000000E+01;-1.000000E+01;+1.000000E+00",
            ":VOLT? MAXIMUM;:VOLT:TESTLIMITS? | +1.000000E+01;1,<numeric>-1.000000E+01:+1.000000E+01",
            ":COUN 7.4;:COUN? | +7.000000E+00",
            ":OUTP ON;:OUTP?;:OUTP OFF;:OUTP? | 1;0",
            ":OUTP2 1;:OUTP2:STAT?;:OUTP? | 1;0",
            ":ARM:SOUR ext;SOUR? | EXT",
            ":ARM:SOUR2 internal2;SOUR2?;SOUR1? | INT2;IMM",
            ":ARM:SOUR 10kohm;SOUR? | 10KOHM",
            ":LAB \"a;b, c\";:LAB? | \"a;b, c\"",
            ":LAB 'it''s';:LAB? | \"it''s\"",
            ":LOAD #15a;b:c;:LAB? | \"#15a;b:c\"",
            ":VOLT 7;*RST;:VOLT? | +1.000000E+00",
            "*IDN?;*TST? | Maker,Model,1,2;0"})
    void understands(String message, String answer) {
        assertEquals(answer + "\n", say(message), message);
        assertEquals("+0,\"No error\"\n", say(":SYST:ERR?"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            ":VOLTA 2 | -113", ":VOL 2 | -113", ":VOLT:HIGH 2 | -113", ":PULS 2 | -113", ":PULS:WIDT 1;VOLT 1 | -113",
            ":VOLT3 2 | -114", ":VOLT0 2 | -114", ":COUN2 1 | -113", "*XYZ | -113", "*IDN | -113", ":LOAD? | -113",
            ":VOLT | -109", ":VOLT 1, | -109", ":VOLT 1,2 | -108", ":VOLT? 1,2 | -108",
            ":VOLT abc | -104", ":VOLT \"1\" | -104", ":LAB abc | -104", ":OUTP maybe | -104",
            ":VOLT 11 | -222", ":PULS:WIDT 0 | -222", ":ARM:SOUR BUS | -224", ":ARM:SOUR \"EXT\" | -104",
            ":VOLT 1S | -131", ":VOLT 1XV | -131", ":COUN 1V | -138", ":VOLT=1 | -102", ":: | -102", ":VOLT ,1 | -102",
            ":LAB \"abc | -151", ":LOAD #19abc | -161", "\u00e9 | -101", "*TRG | -211"})
    void refuses(String message, int code) {
        assertEquals("", say(message), message);
        assertEquals(String.valueOf(code), say(":SYST:ERR?").split(",")[0], message);
        assertEquals("+0,\"No error\"\n", say(":SYSTEM:ERROR:NEXT?"), message);
    }

    @Test
    void dropsTheRestOfAMessageItDoesNotUnderstandOnly() {
        say(":VOLT 99;:VOLT2 5");
        assertEquals("+5.000000E+00\n", say(":VOLT2?"));
        say(":VULT 9;:VOLT2 6");
        assertEquals("+5.000000E+00\n", say(":VOLT2?"));
        assertEquals("+1.000000E+00\n", say(":VOLT?;:NONSENSE?;:VOLT?"));
    }

    @Test
    void keepsThirtyErrorsAndSaysThatThereWereMore() {
        for (int i = 0; i < 40; i++) {
            say(":VOLT 99");
        }
        for (int i = 0; i < 29; i++) {
            assertEquals("-222,\"Data out of range; 99\"\n", say(":SYST:ERR?"));
        }
        assertEquals("-350,\"Queue overflow\"\n", say(":SYST:ERR?"));
        assertEquals("+0,\"No error\"\n", say(":SYST:ERR?"));
    }

    @Test
    void keepsTheStatusRegisters() {
        assertEquals("128\n", say("*ESR?"));
        assertEquals("0\n", say("*ESR?"));
        say(":NONSENSE");
        say(":VOLT 99");
        say("*OPC");
        assertEquals("4\n", say("*STB?"));
        say("*ESE 32;*SRE 32");
        assertEquals("32;32;116\n", say("*ESE?;*SRE?;*STB?"));
        assertEquals("49\n", say("*ESR?"));
        assertEquals("4\n", say("*STB?"));
        say("*CLS");
        assertEquals("0;0\n", say("*STB?;*ESR?"));
        say("*ESE 256");
        assertEquals("-222", say(":SYST:ERR?").split(",")[0]);
    }

    @Test
    void refusesPatternsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new ScpiTable(1).command(":VOLT<x>", _ -> {}));
    }
}
