package org.memloop.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.memloop.instrument.SupplyTarget;

/** Read what the outputs of a supply have to give; the chip's own pins need no volts in the file. */
record SupplyReader(LabReader file, String key) {
    /** Thesis, section 4.2.3. */
    private static final Map<String, Double> PIN_VOLTS = Map.of("VDD5", 5.0, "VDD", 1.2, "VDDR", 1.2, "VDDC", 1.2);
    private static final double TOLERANCE_SHARE = 0.05;
    private static final double PROTECTION_SHARE = 1.1;
    private static final double LIMIT_AMPS = 0.1;

    List<SupplyTarget> targets(LabForm.Supply form) {
        if (form.feeds() != null && form.outputs() != null) {
            throw file.wrong(key + " has both feeds and outputs; outputs says what feeds says and more");
        }
        List<SupplyTarget> targets = new ArrayList<>();
        LabReader.ordered(form.feeds())
                .forEach((output, pins) -> targets
                        .add(target(key + ".feeds." + output, output,
                                new LabForm.Output(pins, null, null, null, null))));
        LabReader.ordered(form.outputs())
                .forEach((output, wanted) -> targets.add(target(key + ".outputs." + output, output, wanted)));
        return targets;
    }

    private SupplyTarget target(String at, int output, LabForm.Output wanted) {
        file.require(at, wanted);
        List<String> pins = file.require(at + ".feeds", wanted.feeds());
        double volts = wanted.volts() == null
                ? usualVolts(at, pins)
                : file.positive(at + ".volts", wanted.volts(), "V");
        try {
            return new SupplyTarget(output, pins, volts,
                    wanted.tolerance() == null
                            ? TOLERANCE_SHARE * volts
                            : file.positive(at + ".tolerance", wanted.tolerance(), "V"),
                    wanted.current() == null ? LIMIT_AMPS : file.positive(at + ".current", wanted.current(), "A"),
                    wanted.overVoltage() == null
                            ? PROTECTION_SHARE * volts
                            : file.positive(at + ".over-voltage", wanted.overVoltage(), "V"));
        } catch (IllegalArgumentException e) {
            throw file.wrong(at + ": " + e.getMessage(), e);
        }
    }

    private double usualVolts(String at, List<String> pins) {
        Set<Double> volts = new HashSet<>();
        for (String pin : pins) {
            Double usual = PIN_VOLTS.get(pin.toUpperCase(Locale.ROOT));
            if (usual == null) {
                throw file.wrong(at + ": how many volts pin '" + pin + "' needs is not known; add volts");
            }
            volts.add(usual);
        }
        if (volts.size() != 1) {
            throw file.wrong(at + ": the pins " + String.join(", ", pins)
                    + " do not need one and the same voltage, so one output cannot feed them");
        }
        return volts.iterator().next();
    }
}
