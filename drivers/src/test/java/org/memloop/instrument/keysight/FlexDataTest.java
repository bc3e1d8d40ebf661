package org.memloop.instrument.keysight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.instrument.SourceMeasureUnit.Status;

class FlexDataTest {
    @ParameterizedTest
    @CsvSource({"NAI+000.000E-06,N,1,I,0,GOOD", "CBV-001.250E+00,C,2,V,-1.25,IN_COMPLIANCE",
            "TJI+012.345E-09,T,10,I,12.345e-9,OTHER_IN_COMPLIANCE", "XaI+001.000E-03,X,1,I,1e-3,OSCILLATING",
            "FCI+001.000E-03,F,3,I,1e-3,SATURATED", "VDI+001.000E-03,V,4,I,1e-3,OVER_RANGE",
            "NZT+001.5000E-03,N,0,T,1.5e-3,GOOD", "008EI+001.0000E-03,C,5,I,1e-3,IN_COMPLIANCE",
            "000AV+001.0000E+00,N,1,V,1,GOOD", "128Av+001.0000E+00,E,1,V,1,GOOD",
            "002BI+001.0000E-03,X,2,I,1e-3,OSCILLATING",
            "012AI+001.0000E-03,C,1,I,1e-3,IN_COMPLIANCE", "004AI+001.0000E-03,T,1,I,1e-3,OTHER_IN_COMPLIANCE"})
    void readsItems(String text, char letter, int channel, char type, double value, Status status) {
        FlexData item = FlexData.parse(text).getFirst();
        assertEquals(new FlexData(letter, channel, type, value), item);
        assertEquals(status, item.status());
        assertEquals(letter == 'W' || letter == 'E', item.forced());
    }

    @Test
    void readsLinesWithCommasOrLineEndsBetween() {
        List<FlexData> items = FlexData.parse("NAI+000.100E-06,WAV+000.500E+00\r\nVAI+199.999E+99,EAV+001.000E+00\r\n");
        assertEquals(4, items.size());
        assertTrue(items.get(1).forced() && items.get(3).forced());
        assertTrue(items.get(2).missing() && !items.get(0).missing());
    }

    @Test
    void quotesWhatIsNoItem() {
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> FlexData.parse("NAI+000.1E-06,hello")).getMessage()
                        .contains("'hello'"));
    }
}
