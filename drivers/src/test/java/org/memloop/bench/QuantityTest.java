package org.memloop.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"0.9 V,V,0.9", "600 ns,s,600e-9", "600ns,s,600e-9", "62.5 uS,S,62.5e-6", "62.5 \u00b5S,S,62.5e-6",
            "1/16000 S,S,62.5e-6", "-20 mV,V,-0.02", "1e3 mV,V,1", "5 ms,s,0.005", "1/16 mS,S,62.5e-6",
            "10 kOhm,Ohm,10000"})
    void readsWhatPeopleWrite(String text, String unit, double expected) {
        assertEquals(expected, Quantity.parse(text, unit));
        assertEquals(expected, Quantity.parseOrBare(text, unit));
    }

    @ParameterizedTest
    @CsvSource({"1/16000,S,62.5e-6", "3,V,3", "0,S,0", "2e-3,V,0.002"})
    void aBareNumberIsReadWhereItIsAllowed(String text, String unit, double expected) {
        assertEquals(expected, Quantity.parseOrBare(text, unit));
        assertThrows(IllegalArgumentException.class, () -> Quantity.parse(text, unit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "V", "0.9 A", "0.9 xV", "1.2.3 V", "1/0 V", "0.9 V V", "1e999 V", "NaN V", "0.9 v", "0,9 V"})
    void refusesTheRestAndSaysHowToWriteIt(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Quantity.parse(text, "V")).getMessage();
        assertTrue(message.contains("'" + text + "'") && message.contains("2.5 V"), message);
        assertThrows(IllegalArgumentException.class, () -> Quantity.parseOrBare(text, "V"));
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameNumber() {
        assertEquals("600 ns", Quantity.text(600e-9, "s"));
        assertEquals("62.5 uS", Quantity.text(62.5e-6, "S"));
        assertEquals("0 V", Quantity.text(0, "V"));
        assertEquals("-1.5 kohm", Quantity.text(-1500, "ohm"));
        for (double value : new double[]{1 / 3.0, 1e-17, -2.5e-7, 123456789012.5, Math.PI * 1e-6, 1e22}) {
            assertEquals(value, Quantity.parse(Quantity.text(value, "V"), "V"), Quantity.text(value, "V"));
        }
    }
}
