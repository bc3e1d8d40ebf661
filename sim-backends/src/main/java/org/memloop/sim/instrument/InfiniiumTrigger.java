package org.memloop.sim.instrument;

import java.util.Arrays;

/** Emulate the trigger commands of an Infiniium oscilloscope, and tell which edges they let through. */
final class InfiniiumTrigger {
    private static final String[] SOURCES = {"CHANnel1", "CHANnel2", "CHANnel3", "CHANnel4", "AUX"};
    private static final double VOLTS_MAX = 8;

    private final double[] levels = new double[SOURCES.length];
    private final ScpiSettings.Choice source;
    private final ScpiSettings.Choice slope;

    InfiniiumTrigger(ScpiSettings settings, ScpiTable table) {
        settings.number(":TRIGger:HOLDoff", new ScpiSettings.Range("S", 100e-9, 10, 100e-9));
        settings.choice(":TRIGger:MODE", "EDGE|GLITch|WIDTh");
        settings.choice(":TRIGger:SWEep", "AUTO|TRIGgered|SINGle");
        source = settings.choice(":TRIGger:EDGE:SOURce", "CHANnel1|CHANnel2|CHANnel3|CHANnel4|AUX|LINE");
        slope = settings.choice(":TRIGger:EDGE:SLOPe", "POSitive|NEGative|EITHer");
        table.onReset(() -> Arrays.fill(levels, 0));
        table.keep(levels);
        table.command(":TRIGger:LEVel", call -> {
            call.atMost(2);
            double volts = ScpiData.number(call.text(1), "V");
            if (Math.abs(volts) > VOLTS_MAX) {
                throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(1));
            }
            levels[index(call.text(0))] = volts;
        });
        table.queryWith(":TRIGger:LEVel", 1, call -> ScpiData.show(levels[index(call.text(0))]));
    }

    private static int index(String text) throws ScpiError {
        String found = ScpiData.choice(text, SOURCES);
        for (int i = 0; i < SOURCES.length; i++) {
            if (ScpiData.shortForm(SOURCES[i]).equals(found)) {
                return i;
            }
        }
        throw new ScpiError(ScpiError.ILLEGAL_VALUE, text);
    }

    /** {@return whether a rising edge from 0 V at an input triggers} */
    boolean sees(String input, double volts) {
        for (int i = 0; i < SOURCES.length; i++) {
            if (ScpiData.is(input, SOURCES[i])) {
                return source.is(ScpiData.shortForm(SOURCES[i])) && !slope.is("NEG") && levels[i] > 0
                        && levels[i] < volts;
            }
        }
        return false;
    }
}
