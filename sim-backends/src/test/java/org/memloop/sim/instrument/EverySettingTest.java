package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Walk the command table of every instrument that speaks SCPI: each setting can be set, asked, refused and restored. */
class EverySettingTest {
    private static final String NO_ERROR = "0";
    /** What coupled settings and limits answer to a value that is in range. */
    private static final Set<String> CONFLICTS = Set.of("-221", "-222");

    private record Model(String name, Function<Wiring, EmulatedInstrument> maker,
            Function<EmulatedInstrument, ScpiTable> table) {}

    private static final List<Model> MODELS = List.of(
            new Model("81160A", Agilent81160AEmulator::new, i -> ((Agilent81160AEmulator) i).table()),
            new Model("MSOS204A", wiring -> new KeysightMsos204AEmulator(wiring, 1),
                    i -> ((KeysightMsos204AEmulator) i).table()),
            new Model("E36312A", wiring -> new KeysightE36312AEmulator(wiring, "supply", 1),
                    i -> ((KeysightE36312AEmulator) i).table()),
            new Model("E3631A", wiring -> new AgilentE3631AEmulator(wiring, "supply", 1),
                    i -> ((AgilentE3631AEmulator) i).table()));

    private EmulatedInstrument instrument;

    private String say(String message) {
        return new String(instrument.handle(message.getBytes(StandardCharsets.ISO_8859_1)),
                StandardCharsets.ISO_8859_1).strip();
    }

    private String error() {
        return say(":SYST:ERR?").split(",")[0].replace("+", "");
    }

    @TestFactory
    Stream<DynamicTest> everySettingOfEveryInstrument() {
        return MODELS.stream().flatMap(model -> {
            EmulatedInstrument made = model.maker.apply(new Wiring(new Resistor(1e4)));
            ScpiTable table = model.table.apply(made);
            assertTrue(table.settings().size() > 5, model.name);
            List<DynamicTest> tests = new ArrayList<>();
            for (ScpiTable.Setting setting : table.settings()) {
                if (setting.header().equals(":SYST:HEAD")) {
                    continue; // changes how every answer begins, as its own test says
                }
                for (int i = 0; i < (setting.numbered() ? table.channels() : 1); i++) {
                    String header = setting.header(i);
                    tests.add(DynamicTest.dynamicTest(model.name + " " + header, () -> {
                        instrument = made;
                        say("*RST;*CLS");
                        walk(header, setting);
                    }));
                }
            }
            return tests.stream();
        });
    }

    private void walk(String header, ScpiTable.Setting setting) {
        String before = say(header + "?");
        assertEquals(NO_ERROR, error(), header + "?");
        refuses(header, "", "-109");
        refuses(header, " 1 @", "-101", "-102", "-104", "-131", "-224", "-138");
        refuses(header, " 'text'", "-104", "-224");
        if (setting.choices().isEmpty()) {
            number(header, setting);
        } else {
            refuses(header, " XYZZY", "-224", "-104");
            for (String choice : setting.choices()) {
                say(header + " " + choice);
                if (accepted(header, before)) {
                    assertEquals(ScpiData.shortForm(choice), say(header + "?"));
                    before = say(header + "?");
                }
            }
        }
        refuses(header, " 1,1,1,1,1,1", "-108", "-104", "-102", "-224");
        String changed = say(header + "?");
        say("*SAV 1;*RST");
        say("*RCL 1");
        if (!header.startsWith(":OUTP")) { // a recalled state has its outputs off, as some instruments do
            assertEquals(changed, say(header + "?"), "recalled");
        }
    }

    private void number(String header, ScpiTable.Setting setting) {
        refuses(header, " 1E30", "-222");
        refuses(header, " -1E30", "-222");
        refuses(header, " 1 XYZ", "-131", "-138", "-104");
        for (String end : new String[]{"MIN", "MAX"}) {
            String before = say(header + "?");
            String limit = say(header + "? " + end);
            say(header + " " + limit + (setting.unit().isEmpty() ? "" : " " + setting.unit()));
            if (accepted(header, before)) {
                double value = Double.parseDouble(limit);
                assertEquals(value, Double.parseDouble(say(header + "?")), 1e-3 * Math.abs(value) + 1e-15, end);
            }
        }
        assertNotEquals(say(header + "? MIN"), say(header + "? MAX"));
    }

    /** Tells whether a value was taken; one that conflicts must have left everything as it was. */
    private boolean accepted(String header, String before) {
        String error = error();
        if (CONFLICTS.contains(error)) {
            assertEquals(before, say(header + "?"));
            return false;
        }
        assertEquals(NO_ERROR, error, header);
        return true;
    }

    private void refuses(String header, String data, String... codes) {
        String before = say("*LRN?");
        say(header + data);
        String error = error();
        assertTrue(List.of(codes).contains(error), header + data + " answers " + error);
        assertEquals(before, say("*LRN?"), "nothing changed by " + header + data);
    }

    @TestFactory
    Stream<DynamicTest> whatIsLearnedBringsTheStateBack() {
        return MODELS.stream().map(model -> DynamicTest.dynamicTest(model.name, () -> {
            instrument = model.maker.apply(new Wiring(new Resistor(1e4)));
            String learned = say("*CLS;*RST;*LRN?");
            say(learned);
            assertEquals(NO_ERROR, error());
            assertEquals(learned, say("*LRN?"));
        }));
    }
}
