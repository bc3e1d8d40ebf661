package org.memloop.sim.lab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

import org.memloop.bench.ConfigurationException;
import org.memloop.lab.LabFile;
import org.memloop.sim.instrument.AgilentE3631AEmulator;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.FaultRule;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.KeysightE36312AEmulator;
import org.memloop.sim.instrument.PowerSource;
import org.memloop.sim.instrument.SupplyPin;
import org.memloop.sim.instrument.Wiring;

/** Put the supplies of a laboratory file into its emulation, and let happen what the file says is wrong. */
final class LabSupplies {
    private static final int OUTPUTS = 3;

    private LabSupplies() {}

    /** {@return the emulated supplies of a file, by role, wired to the pins that they feed} */
    static Map<String, EmulatedInstrument> of(LabFile lab, Wiring wiring, long seed) {
        Map<String, EmulatedInstrument> supplies = new LinkedHashMap<>();
        for (LabFile.Supply supply : lab.supplies()) {
            long own = seed + 31 * (supplies.size() + 1);
            switch (supply.driver()) {
                case "keysight-e36312a" -> {
                    var emulator = new KeysightE36312AEmulator(wiring, supply.role(), own);
                    feed(lab, wiring, supply, emulator, emulator::output);
                    supplies.put(supply.role(), emulator);
                }
                case "agilent-e3631a" -> {
                    var emulator = new AgilentE3631AEmulator(wiring, supply.role(), own);
                    feed(lab, wiring, supply, emulator, emulator::output);
                    supplies.put(supply.role(), emulator);
                }
                default -> throw new ConfigurationException(lab.name() + ": supply " + supply.role()
                        + ": there is no emulated supply '" + supply.driver()
                        + "'; there are agilent-e3631a, keysight-e36312a");
            }
        }
        return supplies;
    }

    private static void feed(LabFile lab, Wiring wiring, LabFile.Supply supply, EmulatedInstrument emulator,
            IntFunction<PowerSource> outputs) {
        List<String> commands = new ArrayList<>();
        supply.feeds().forEach((output, names) -> {
            if (output < 1 || output > OUTPUTS) {
                throw new ConfigurationException(lab.name() + ": supply " + supply.role() + " has outputs 1 to "
                        + OUTPUTS + ", not " + output);
            }
            for (String name : names) {
                SupplyPin pin = pin(lab, supply, name);
                wiring.connect(pin, outputs.apply(output));
                commands.add(":INST:NSEL " + output + ";:VOLT " + pin.nominalVolts() + ";:CURR 0.1;:OUTP ON");
            }
        });
        if (supply.on()) {
            commands.forEach(command -> emulator.handle(command.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static SupplyPin pin(LabFile lab, LabFile.Supply supply, String name) {
        return Arrays.stream(SupplyPin.values()).filter(pin -> pin.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new ConfigurationException(lab.name() + ": supply " + supply.role()
                        + " feeds no pin '" + name + "'; there are " + Arrays.toString(SupplyPin.values())));
    }

    /** Set the faults of a file. */
    static void set(LabFile lab, Faults faults) {
        for (LabFile.FaultEntry entry : lab.faults()) {
            set(lab.name() + ": faults: ", entry, lab.stations().keySet(), faults);
        }
    }

    /** Set one fault, of an instrument that is there. */
    static void set(String where, LabFile.FaultEntry entry, Collection<String> roles, Faults faults) {
        if (!roles.contains(entry.instrument())) {
            throw new ConfigurationException(where + "there is no instrument '" + entry.instrument()
                    + "'; there are " + String.join(", ", roles));
        }
        Fault fault = Fault.of(entry.fault()).orElseThrow(() -> new ConfigurationException(where
                + "there is no fault '" + entry.fault() + "'; there are " + String.join(", ", Fault.texts())));
        try {
            faults.set(entry.instrument(), new FaultRule(fault, entry.probability(), entry.occasion(),
                    entry.fromSeconds(), entry.delaySeconds()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(where + e.getMessage(), e);
        }
    }
}
