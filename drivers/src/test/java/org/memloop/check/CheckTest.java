package org.memloop.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {
    @ParameterizedTest
    @CsvSource({"9.9, true", "10.1, true", "9.8, false", "10.3, false", "NaN, false", "Infinity, false"})
    void passesNearItsTarget(double value, boolean passed) {
        assertEquals(passed, Check.near("N", "number", "V", 10, 0.15, value).passed());
    }

    @ParameterizedTest
    @CsvSource({"2, true", "1.4, true", "2.9, true", "1.3, false", "3.1, false", "NaN, false"})
    void passesWithinAFactor(double value, boolean passed) {
        assertEquals(passed, Check.within("N", "number", "%", 2, 1.5, value).passed());
    }

    @ParameterizedTest
    @CsvSource({"3, true, true", "2, false, true", "4, true, false", "NaN, false, false"})
    void passesOnItsSideOfALimit(double value, boolean atLeast, boolean atMost) {
        assertEquals(atLeast, Check.atLeast("N", "number", "", 3, value).passed());
        assertEquals(atMost, Check.atMost("N", "number", "", 3, value).passed());
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0.001", "99.24, 99.24", "1.2345678e-9, 1.23457e-09", "200000, 200000", "1e9, 1.00000e+09",
            "0, 0"})
    void writesNumbersShort(double value, String text) {
        assertEquals(text, Check.text(value));
    }
}
