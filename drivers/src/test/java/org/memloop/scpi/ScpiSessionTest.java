package org.memloop.scpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LinkException;
import org.memloop.link.TranscriptLink;

class ScpiSessionTest {
    private static final long SECOND = 1_000_000_000;

    private final TranscriptLink link = new TranscriptLink("");
    private final ScpiSession session = new ScpiSession(link, "supply");

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "0.2, 0.2", "-0.1, -0.1", "100e-6, 1E-4", "0.6e-6, 6E-7", "5.01e-5, 5.01E-5",
            "1e6, 1E6", "999999, 999999", "0.1234567891, 0.1234568", "1500, 1500", "-2.5e-9, -2.5E-9",
            "0.30000000000000004, 0.3", "1.23456e12, 1.23456E12"})
    void writesNumbers(double value, String text) {
        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.FRANCE);
            assertEquals(text, ScpiSession.number(value));
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void asksAndIsAnswered() {
        link.expect("""
                > :VOLT 1;:VOLT?
                < +1.000000E+00
                > :CURR?
                < 2\\x0d
                """);
        assertEquals("+1.000000E+00", session.query(":VOLT 1;:VOLT?"));
        assertEquals(2, session.queryNumber(":CURR?"));
        link.assertFinished();
    }

    @Test
    void countsTheBytesOfBlocks() {
        link.expect("""
                > :DATA?
                < #15a\\x0ab\\x0a#
                > :DATA?
                < #213hello, world!
                > :DATA?
                < #10
                > :STR?
                < #0free\\x0aform
                """);
        assertArrayEquals(new byte[]{'a', '\n', 'b', '\n', '#'}, session.queryBlock(":DATA?", SECOND));
        assertEquals("hello, world!", new String(session.queryBlock(":DATA?", SECOND)));
        assertEquals(0, session.queryBlock(":DATA?", SECOND).length);
        assertEquals("free\nform", new String(session.queryBlock(":STR?", SECOND)));
        link.assertFinished();
    }

    @ParameterizedTest
    @CsvSource({"hello, answered with 'h' where a block begins", "#x12, without the number of digits",
            "#2a1, whose length holds 'a'", "#15abcdefg, 2 more bytes after a block of 5",
            "#9999999999, announced a block of 999999999", "#18abc, no answer within"})
    void refusesWhatIsNoBlock(String answer, String problem) {
        link.expect("> :DATA?\n< " + answer);
        String message = assertThrows(LinkException.class, () -> session.queryBlock(":DATA?", SECOND)).getMessage();
        assertTrue(message.contains(problem) && message.startsWith("supply, asked ':DATA?'"), message);
    }

    @Test
    void readsTheErrorQueueToItsEnd() {
        link.expect("""
                > :VOLT 99
                > :SYST:ERR?
                < -222,"Data out of range"
                > :SYST:ERR?
                < -221,"Settings conflict"
                > :SYST:ERR?
                < +0,"No error"
                """);
        InstrumentException e = assertThrows(InstrumentException.class, () -> session.send(":VOLT 99"));
        assertEquals("supply at TCPIP0::192.168.0.11::5025::SOCKET refused ':VOLT 99': '-222,\"Data out of range\"; "
                + "-221,\"Settings conflict\"'", e.getMessage());
        assertEquals(":VOLT 99", e.request());
        link.assertFinished();
    }

    @Test
    void understandsBareErrorNumbersAndCanBeToldNotToAsk() {
        link.expect("""
                > :VOLT 1
                > :SYST:ERR?
                < 0
                > :VOLT 2
                """);
        session.send(":VOLT 1");
        session.checking(false);
        session.send(":VOLT 2");
        link.assertFinished();
    }

    @Test
    void knowsWhoIsThere() {
        link.expect("> *IDN?\n< Keysight Technologies,E36312A,MY1,1.0");
        assertEquals("Keysight Technologies,E36312A,MY1,1.0", session.identify("E36312A").idn());
        link.expect("> *IDN?\n< Keysight Technologies,E36312A,MY1,1.0");
        String message = assertThrows(ConfigurationException.class, () -> session.identify("E3631A")).getMessage();
        assertTrue(message.contains("should be a 'E3631A' but answered 'Keysight Technologies,E36312A,MY1,1.0'"),
                message);
        String wordy = "Keysight Technologies,E3631A,MY0000000000000001,1.0-2.0-3.0-4.0-5.0-6.0-7.0";
        link.expect("> *IDN?\n< " + wordy);
        assertEquals(wordy, session.identify("E3631A").idn());
        link.expect("> *IDN?\n< \\xffzz\\x01");
        message = assertThrows(LinkException.class, () -> session.identify("E3631A")).getMessage();
        assertTrue(message.contains("answered '\\xffzz\\x01', which is not maker,model,serial,firmware"), message);
    }

    @Test
    void asksNothingMoreOnceAnAnswerIsMissingButStillSends() {
        link.expect("> :VOLT?");
        assertThrows(LinkException.class, () -> session.query(":VOLT?"));
        String message = assertThrows(LinkException.class, () -> session.query(":CURR?")).getMessage();
        assertTrue(message.contains("not asked") && message.contains("no answer within"), message);
        link.expect("> :OUTP OFF");
        session.write(":OUTP OFF");
        link.assertFinished();
    }

    @Test
    void noticesAnswersNobodyAskedFor() {
        link.expect("> :VOLT?\n< 1\\x0a2\n");
        assertEquals("1", session.query(":VOLT?"));
        String message = assertThrows(LinkException.class, () -> session.query(":CURR?")).getMessage();
        assertTrue(message.contains("out of step"), message);
    }

    @Test
    void refusesWhatIsNoNumber() {
        link.expect("> :VOLT?\n< :VOLT +1.0");
        String message = assertThrows(LinkException.class, () -> session.queryNumber(":VOLT?")).getMessage();
        assertTrue(message.contains("answered ':VOLT +1.0', which is not a number"), message);
    }

    @Test
    void waitsForAnEventAndNotForEver() {
        link.expect("> :ADER?\n< +0\n> :ADER?\n< +1");
        session.awaitEvent(":ADER?", SECOND, "");
        link.expect("> :ADER?\n< +0");
        String message = assertThrows(LinkException.class, () -> session.awaitEvent(":ADER?", -1, "check the trigger"))
                .getMessage();
        assertTrue(message.contains("still 0") && message.contains("check the trigger"), message);
        link.assertFinished();
    }
}
