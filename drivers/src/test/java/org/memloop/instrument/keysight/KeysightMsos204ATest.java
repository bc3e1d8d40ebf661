package org.memloop.instrument.keysight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.memloop.bench.LinkException;
import org.memloop.instrument.Oscilloscope;
import org.memloop.link.TranscriptLink;

class KeysightMsos204ATest {
    private static final String NO_ERROR = "> :SYST:ERR? STR\n< 0,\"No error\"\n";
    private static final String OPENING = """
            > :SYST:HEAD OFF
            > *IDN?
            < KEYSIGHT TECHNOLOGIES,MSOS204A,MY2,06.70
            > *RST;*CLS
            > *OPC?
            < 1
            > :SYST:HEAD OFF
            ERR
            > :CHAN1:DISP ON;:CHAN2:DISP OFF;:CHAN3:DISP OFF;:CHAN4:DISP OFF
            ERR
            > :CHAN1:INP DC50;:CHAN1:RANG 0.008;:CHAN1:OFFS 0.003
            ERR
            > :TRIG:MODE EDGE;:TRIG:EDGE:SOUR AUX;:TRIG:EDGE:SLOP POS;:TRIG:LEV AUX,1.5;:TRIG:SWE TRIG
            ERR
            > :TIM:REF LEFT;:TIM:POS 0
            ERR
            > :ACQ:INT OFF;:ACQ:AVER OFF;:ACQ:SRAT AUTO;:ACQ:POIN 32
            ERR
            > :WAV:SOUR CHAN1;:WAV:FORM WORD;:WAV:BYT MSBF;:WAV:STR OFF;:WAV:VIEW ALL;:WAV:SEGM:ALL ON
            ERR
            """.replace("ERR\n", NO_ERROR);
    /** 10 points of 10 us from 0, 1 uV a count above 3 mV. */
    private static final String PREAMBLE = "< 2,1,10,1,+1E-5,+0E0,0,+1E-6,+3E-3,0,2,1E-4,0,8E-3,3E-3,\"01 JAN 2026\","
            + "\"00:00:00:00\",\"MSOS204A:MY2\",2,100,2,1,+2E9,+0E0,3\n";

    private final TranscriptLink link = new TranscriptLink(OPENING);
    private final KeysightMsos204A oscilloscope = new KeysightMsos204A(link, "oscilloscope");

    private static String block(short... samples) {
        StringBuilder out = new StringBuilder(String.format("< #2%02d", 2 * samples.length));
        for (short sample : samples) {
            out.append(String.format("\\x%02x\\x%02x", (sample >> 8) & 0xff, sample & 0xff));
        }
        return out.append('\n').toString();
    }

    @Test
    void recordsThreeSegments() {
        link.expect("> :ACQ:MODE SEGH;:ACQ:SEGM:COUN 3;:TIM:RANG 1E-4\n" + NO_ERROR + """
                > *CLS;:SING
                > :AER?
                < +0
                > :AER?
                < +1
                > :ADER?
                < +1
                > :WAV:PRE?
                """ + PREAMBLE + "> :WAV:DATA?\n" + block(
                (short) 0, (short) 100, (short) 300, (short) 200, (short) 200, (short) 200, (short) 200, (short) 200,
                (short) 200, (short) 200,
                (short) 0, (short) -2000, (short) -2000, (short) -2000, (short) -2000, (short) -2000, (short) 31232,
                (short) -2000, (short) -2000, (short) -2000,
                (short) 0, (short) 200, (short) 200, (short) 200, (short) 200, (short) 200, (short) 200, (short) 200,
                (short) 200, (short) 3700));
        oscilloscope.arm(3, 100e-6);
        Oscilloscope.Segments segments = oscilloscope.fetch();
        assertArrayEquals(new double[]{3.2e-3, 1e-3, 3.2e-3 + 3500e-6 / 9}, segments.volts(), 1e-12);
        assertArrayEquals(new boolean[]{false, false, true}, segments.saturated());
        link.assertFinished();
    }

    @Test
    void armsTheSameAcquisitionAgainWithoutSettingItAgain() {
        link.expect("> :ACQ:MODE HRES;:TIM:RANG 1E-4\n" + NO_ERROR + """
                > *CLS;:SING
                > :AER?
                < +1
                > *CLS;:SING
                > :AER?
                < +1
                """);
        oscilloscope.arm(1, 100e-6);
        oscilloscope.arm(1, 100e-6);
        link.assertFinished();
    }

    @Test
    void refusesABlockOfAnotherLength() {
        link.expect("> :ACQ:MODE SEGH;:ACQ:SEGM:COUN 3;:TIM:RANG 1E-4\n" + NO_ERROR + """
                > *CLS;:SING
                > :AER?
                < +1
                > :ADER?
                < +1
                > :WAV:PRE?
                """ + PREAMBLE + "> :WAV:DATA?\n" + block((short) 1, (short) 2, (short) 3));
        oscilloscope.arm(3, 100e-6);
        String message = assertThrows(LinkException.class, oscilloscope::fetch).getMessage();
        assertTrue(message.contains("sent 3 samples where 3 segments of 10 points were expected"), message);
    }

    @Test
    void refusesAPreambleThatIsNone() {
        link.expect("> :ACQ:MODE HRES;:TIM:RANG 1E-4\n" + NO_ERROR + """
                > *CLS;:SING
                > :AER?
                < +1
                > :ADER?
                < +1
                > :WAV:PRE?
                < :WAV:PRE 2,1
                """);
        oscilloscope.arm(1, 100e-6);
        String message = assertThrows(LinkException.class, oscilloscope::fetch).getMessage();
        assertTrue(message.contains("':WAV:PRE 2,1', which is no preamble"), message);
    }

    @Test
    void knowsItsLimits() {
        assertThrows(IllegalArgumentException.class, () -> oscilloscope.arm(8193, 1e-4));
        assertThrows(IllegalStateException.class, oscilloscope::fetch);
        assertEquals(50, oscilloscope.inputOhms());
        assertEquals(65e-9, oscilloscope.accuracy().noiseAmps(), 1e-9);
        assertEquals(8e-3 / 8192 / 25 / 50, oscilloscope.accuracy().resolutionAmps(), 1e-15);
        link.assertFinished();
    }

    @Test
    void bringsItsScreenAndWhatItMeasures() {
        link.expect("> :DISP:DATA? PNG\n< #212\\x89PNG\\x0d\\x0a\\x1a\\x0aIHDR\n");
        byte[] png = oscilloscope.scope().screenshot();
        assertEquals(12, png.length);
        link.expect("> :MEAS:SOUR CHAN2\n> :MEAS:PWID?\n< +6.0E-07\n" + NO_ERROR
                + "> :MEAS:SOUR CHAN2\n> :MEAS:RIS?\n< +9.99999E+37\n" + NO_ERROR + "> :DISP:DATA? PNG\n< #13abc\n");
        assertEquals(6e-7, oscilloscope.scope().measure(2, InfiniiumScope.Measurement.PULSE_WIDTH).orElseThrow());
        assertTrue(oscilloscope.scope().measure(2, InfiniiumScope.Measurement.RISE_TIME).isEmpty());
        assertTrue(assertThrows(LinkException.class, () -> oscilloscope.scope().screenshot()).getMessage()
                .contains("3 bytes that are no PNG"));
        link.assertFinished();
    }
}
