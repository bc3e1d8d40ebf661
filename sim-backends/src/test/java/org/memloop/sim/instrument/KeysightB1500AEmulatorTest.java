package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.Geometry;
import org.memloop.sim.array.Die;
import org.memloop.sim.device.TechnologyCard;

/** Units 1, 2 and 4 on the column, return and gate net; a resistor or a die in the socket. */
class KeysightB1500AEmulatorTest {
    private Wiring wiring;
    private KeysightB1500AEmulator analyzer;
    private Session session;

    private record Item(char status, char channel, char type, double value) {}

    @BeforeEach
    void aResistor() {
        wire(new Wiring(new Resistor(1e4)));
    }

    private void wire(Wiring around) {
        wiring = around;
        analyzer = new KeysightB1500AEmulator(wiring, 3);
        analyzer.connect(1, Net.COLUMN);
        analyzer.connect(2, Net.RETURN);
        analyzer.connect(4, Net.GATE);
        session = analyzer.open(Session.Listener.NONE);
        BitSet lines = new BitSet();
        lines.set(0);
        lines.set(2);
        wiring.latch(lines);
    }

    private Die die() {
        Die die = new Die(new Geometry(2, 2), TechnologyCard.builtIn("hfox-leti").withStuckFraction(0), 11);
        wire(new Wiring(die));
        return die;
    }

    private String say(String message) {
        session.write(message.getBytes(StandardCharsets.US_ASCII));
        return session.available() ? text() : "";
    }

    private String text() {
        return new String(session.read().bytes(), StandardCharsets.US_ASCII);
    }

    private Item[] items(String text) {
        return Arrays.stream(text.strip().split(",")).map(item -> new Item(item.charAt(0), item.charAt(1),
                item.charAt(2), Double.parseDouble(item.substring(3)))).toArray(Item[]::new);
    }

    @Test
    void tellsWhoItIs() {
        assertEquals("Agilent Technologies,B1500A,0,A.04.03.2010.0130\r\n", say("*IDN?"));
        assertTrue(say("UNT? 0").startsWith("B1511B,0;B1517A,0;B1520A,0;B1511B,0;B1517A,0;B1530A,0;0,0;"));
        assertEquals("+0,\"No Error.\"\r\n", say("ERRX?"));
        assertEquals("0,0,0,0\r\n", say("ERR?"));
        assertEquals("1\r\n", say("*OPC?"));
        assertEquals("0\r\n", say("*TST?"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"XYZZY|100", "DV 1,0,one|102", "DV 1,0|122", "DV 11,0,1|121", "DV 3,0,1|153",
            "CL;DV 1,0,1|200", "DV 1,7,1|124", "DV 1,-20,1|124", "DV 1,0,101|120", "DV 1,0,1,0.2|123",
            "DV 1,0,50,0.05|123", "DI 1,0,0.2|120", "FMT 3|120", "MM 14,1|120", "XE|204", "MM 2,1;XE|203",
            "WV 1,2,0,0,1,11|120", "WV 1,1,0,0,1,1002|120", "WSV 2,0,0,1|203", "WT 700,0|120", "AV 0|120",
            "CMM 1,5|120", "*SRE 256|120", "TI 5;CL|200"})
    void refusesWithTheRightNumberAndChangesNothing(String command, int code) {
        say("CN 1,2,4;FMT 1,1;WT 0,0.001;DV 1,0,0.25");
        String before = say("*LRN? 1") + say("*LRN? 31") + say("*LRN? 33");
        say(command);
        assertTrue(say("ERRX?").startsWith("+" + code + ","), command);
        if (!command.startsWith("MM 2")) {
            assertEquals(before, say("*LRN? 1") + say("*LRN? 31") + say("*LRN? 33"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"DV 1,20,1.5,0.001|1", "DI 1,17,1E-4,2|1", "FMT 1,1|31", "TM 1|31", "CM 0|31",
            "MM 2,1,2|31", "RI 1,-17|32", "RV 2,20|32", "WT 0.1,0.001,0,0,0|33", "WM 2,1|33", "CMM 1,4|46",
            "WV 1,3,0,0,1.5,76,0.001|33", "WI 1,1,17,0,0.0005,51,5|33", "MT 0,0.01,100|47", "MSC 1,1|47", "SSR 1,1|53",
            "AAD 1,0|55", "AIT 0,2,1|56", "AV 10,1|56", "AZ 1|56", "PAD 1|56", "TSC 1|60", "FL 1,1,2|30"})
    void everySettingCanBeAsked(String command, int group) {
        say("CN 1,2");
        say(command);
        assertEquals("+0,\"No Error.\"\r\n", say("ERRX?"));
        assertTrue(Arrays.asList(say("*LRN? " + group).strip().split(";")).contains(command));
        say("*RST");
        assertEquals("CL\r\n", say("*LRN? 0"));
        assertEquals("0\r\n", say("*LRN? " + group));
    }

    @Test
    void measuresAResistorInSpots() {
        say("FMT 1;CN 1,2;DV 2,0,0,0.1;DV 1,0,0.5,0.1");
        Item current = items(say("TI 1"))[0];
        assertEquals(new Item('N', 'A', 'I', current.value), current);
        assertEquals(50e-6, current.value, 1e-8);
        assertEquals(-50e-6, items(say("TI 2"))[0].value, 1e-8);
        assertEquals(0.5, items(say("TV 1"))[0].value, 1e-4);
        say("DV 2,0,0.2,0.1");
        assertEquals(30e-6, items(say("TI 1"))[0].value, 1e-8);
        say("DI 1,0,1E-5,2");
        assertEquals(0.3, items(say("TV 1"))[0].value, 0.011);
        say("DZ;DV 2,0,0,0.1");
        assertEquals(0, items(say("TI 1"))[0].value, 1e-8);
        say("RZ 1;DV 1,0,1,0.00002");
        Item limited = items(say("TIV 1"))[0];
        assertEquals('C', limited.status);
        assertEquals(20e-6, limited.value, 1.1e-6);
        say("CN 4");
        assertEquals('T', items(say("TV 4"))[0].status, "another unit is in compliance");
        say("DV 1,0,1,0.1;RI 1,-14");
        Item over = items(say("TI 1,-14"))[0];
        assertEquals('V', over.status);
        assertEquals(199.999e99, over.value, 1e90);
    }

    @Test
    void writesItemsInEveryFormat() {
        say("CN 1,2;DV 1,0,0.5,0.1;RI 1,-17");
        assertMatches("NAI\\+0(50\\.0|49\\.9)\\d{2}E-06\r\n", say("FMT 1;TI 1,-17"));
        assertMatches("\\+0(50\\.0|49\\.9)\\d{2}E-06\r\n", say("FMT 2;TI 1,-17"));
        assertMatches("NAI\\+0(50\\.0|49\\.9)\\d{3}E-06\r\n", say("FMT 11;TI 1,-17"));
        assertMatches("000AI\\+0(50\\.0|49\\.9)\\d{3}E-06\r\n", say("FMT 21;TI 1,-17"));
        String stamped = say("FMT 1;TTI 1,-17");
        assertTrue(stamped.matches("NZT\\+\\d{3}\\.\\d{3}E[+-]\\d\\d,NAI\\+0(50\\.0|49\\.9)\\d{2}E-06\r\n"), stamped);
        assertEquals("+000.000E+00", FlexFormat.engineering(0, 3));
        assertEquals("-001.000E+00", FlexFormat.engineering(-0.9999999, 3));
        assertEquals("+199.999E+99", FlexFormat.engineering(FlexFormat.NONE, 3));
    }

    private static void assertMatches(String pattern, String text) {
        assertTrue(text.matches(pattern), text);
    }

    @Test
    void keepsDataAndAnswersApart() {
        say("CN 1,2;MM 1,1,2");
        session.write("XE".getBytes(StandardCharsets.US_ASCII));
        session.write("NUB?".getBytes(StandardCharsets.US_ASCII));
        assertEquals("2\r\n", text(), "the answer comes first");
        assertEquals(17, session.poll() & 17);
        assertEquals(2, items(text()).length);
        assertEquals("0\r\n", say("NUB?"));
        say("*SRE 1");
        session.write("XE".getBytes(StandardCharsets.US_ASCII));
        assertEquals(64 + 17, session.poll() & (64 + 17));
        say("BC");
        assertFalse(session.available());
    }

    @Test
    void sweepsAsTheRecipeSays() {
        for (String line : "*RST|FMT 1,1|CN 1,2|AAD 1,0|AIT 0,0,1|DV 2,0,0,0.1|MM 2,1|CMM 1,1|RI 1,0|WT 0,0.001,0.001"
                .split("\\|")) {
            say(line);
        }
        say("WM 1,1;WV 1,3,0,0,1.5,76,0.0001");
        assertEquals("+0,\"No Error.\"\r\n", say("ERRX?"));
        say("TSR");
        double before = wiring.nowSeconds();
        Item[] items = items(say("XE"));
        assertEquals(76 * 2 * 2, items.length);
        assertEquals(152 * 1.08e-3, wiring.nowSeconds() - before, 1e-6, "simulated time passes");
        for (int i = 0; i < 152; i++) {
            Item current = items[2 * i];
            Item source = items[2 * i + 1];
            assertEquals(Math.min(i, 151 - i) * 0.02, source.value, 1e-6);
            assertEquals(i == 151 ? 'E' : 'W', source.status);
            boolean limited = source.value > 1.001;
            assertEquals(limited ? 'C' : 'N', current.status, "at " + source.value);
            assertEquals(Math.min(source.value / 1e4, 1e-4), current.value, limited ? 1.1e-6 : 1e-8);
        }
        say("WM 2,1");
        items = items(say("XE"));
        assertEquals(199.999e99, items[2 * 80].value, 1e90, "stopped in compliance");
        assertEquals('V', items[2 * 80].status);
    }

    @Test
    void samplesAndSweepsLogarithmicallyAndTogether() {
        say("CN 1,2;FMT 1,1;DV 1,0,0.5,0.1;MM 10,1;MT 0,0.01,5;TSC 1");
        Item[] items = items(say("XE"));
        assertEquals(10, items.length);
        assertEquals(0.01 + 80e-6, items[4].value - items[2].value, 1e-6);
        say("TSC 0;MM 2,1;WV 1,2,0,0.01,1,3,0.1;WSV 2,0,0,0.2,0.1");
        items = items(say("XE"));
        assertEquals(0.1, items[3].value, 1e-6);
        assertEquals((0.1 - 0.2 * 0.09 / 0.99) / 1e4, items[2].value, 1e-8);
    }

    /** A cell of the die is formed by a current ramp, reset and set by sweeps of volts. */
    @Test
    void formsSetsAndResetsACell() {
        Die die = die();
        say("FMT 1,1;CN 1,2,4;DV 2,0,0,0.1;DV 4,0,2.5,0.01;MM 2,1;CMM 1,4;WT 0,0.001");
        assertTrue(die.conductanceSiemens(0) < 2e-6);
        say("WI 1,1,0,0,3E-4,31,4");
        Item[] forming = items(say("XE"));
        assertTrue(die.conductanceSiemens(0) > 20e-6, "formed: " + die.conductanceSiemens(0));
        double highest = Arrays.stream(forming).filter(i -> i.type == 'V').mapToDouble(Item::value).max().orElseThrow();
        assertTrue(highest > 1.8 && highest < 4.1, "broke down at " + highest + " V");

        say("CMM 1,1;DV 4,0,3.5,0.01;WV 1,3,0,0,-1.6,81,0.01");
        Item[] reset = items(say("XE"));
        double low = die.conductanceSiemens(0);
        assertTrue(low < 40e-6, "reset: " + low);
        double up = reset[2 * 40].value;
        double down = reset[2 * (161 - 40)].value;
        assertTrue(up < 0 && down < 0 && Math.abs(down) < 0.8 * Math.abs(up), up + " then " + down);

        say("DV 4,0,2,0.01;WV 1,3,0,0,1.8,91,0.0002");
        Item[] set = items(say("XE"));
        assertTrue(die.conductanceSiemens(0) > 2 * low, low + " then " + die.conductanceSiemens(0));
        assertTrue(set[2 * (181 - 20)].value > 1.5 * set[2 * 20].value, set[40].value + " and back " + set[322].value);
        assertTrue(Arrays.stream(set).filter(i -> i.type == 'I').allMatch(i -> i.value <= 2.1e-4));
    }

    @Test
    void repeatsItselfWithTheSameSeed() {
        String script = "FMT 1,1;CN 1,2,4;DV 4,0,3,0.01;MM 2,1;WV 1,3,0,0,1,21,0.001";
        die();
        say(script);
        String first = say("XE");
        die();
        say(script);
        assertEquals(first, say("XE"));
    }
}
