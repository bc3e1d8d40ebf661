package org.memloop.sim.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.UnitWiring;
import org.memloop.lab.LabFile;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.KeysightB1500AEmulator;
import org.memloop.sim.instrument.KeysightB1530AEmulator;
import org.memloop.sim.instrument.KeysightMsos204AEmulator;
import org.memloop.sim.instrument.Net;
import org.memloop.sim.instrument.Wiring;

/** Make the instruments that a laboratory file names, wired as it says. */
final class LabInstruments {
    private static final String GENERATOR_DRIVER = "agilent-81160a";
    private static final String OSCILLOSCOPE_DRIVER = "keysight-msos204a";
    private static final String PULSE_MEASURE_DRIVER = "keysight-b1530a";
    private static final String SOURCE_MEASURE_DRIVER = "keysight-b1500a";

    private final LabFile lab;
    private final Wiring wiring;
    private final long seed;
    private final Map<String, EmulatedInstrument> speaking = new LinkedHashMap<>();
    private Optional<KeysightB1530AEmulator> pulseMeasureUnit = Optional.empty();

    LabInstruments(LabFile lab, Wiring wiring, long seed) {
        this.lab = lab;
        this.wiring = wiring;
        this.seed = seed;
        switch (lab.pulsing()) {
            case LabFile.GeneratorAndOscilloscope two -> {
                generator(two);
                oscilloscope(two);
            }
            case LabFile.PulseMeasure one -> pulseMeasureUnit = Optional.of(unit(one));
            case LabFile.Forced _ -> {
                // made below
            }
        }
        lab.sourceMeasure().ifPresent(this::sourceMeasure);
        speaking.putAll(LabSupplies.of(lab, wiring, seed));
    }

    /** {@return the instruments that messages are sent to, by role} */
    Map<String, EmulatedInstrument> speaking() {
        return speaking;
    }

    /** {@return the unit that is reached by a library instead} */
    Optional<KeysightB1530AEmulator> pulseMeasureUnit() {
        return pulseMeasureUnit;
    }

    private void require(String role, String driver, String known) {
        if (!driver.equals(known)) {
            throw new ConfigurationException(lab.name() + ": instruments." + role + ".driver: there is no emulated "
                    + role + " '" + driver + "'; there is " + known);
        }
    }

    private void generator(LabFile.GeneratorAndOscilloscope two) {
        require(LabFile.GENERATOR, two.generator().driver(), GENERATOR_DRIVER);
        Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
        generator.wire(two.outputs());
        wiring.connect((Wiring.Source) generator);
        speaking.put(LabFile.GENERATOR, generator);
    }

    private void oscilloscope(LabFile.GeneratorAndOscilloscope two) {
        require(LabFile.OSCILLOSCOPE, two.oscilloscope().driver(), OSCILLOSCOPE_DRIVER);
        KeysightMsos204AEmulator oscilloscope = new KeysightMsos204AEmulator(wiring, seed);
        oscilloscope.wire(two.input());
        wiring.connect((Wiring.Recorder) oscilloscope);
        speaking.put(LabFile.OSCILLOSCOPE, oscilloscope);
    }

    private KeysightB1530AEmulator unit(LabFile.PulseMeasure one) {
        require(LabFile.PULSE_MEASURE_UNIT, one.unit().driver(), PULSE_MEASURE_DRIVER);
        KeysightB1530AEmulator unit = new KeysightB1530AEmulator(wiring, seed);
        wire(LabFile.PULSE_MEASURE_UNIT, one.channels(), unit::connect);
        return unit;
    }

    private void sourceMeasure(LabFile.SourceMeasure one) {
        require(LabFile.SOURCE_MEASURE_UNIT, one.unit().driver(), SOURCE_MEASURE_DRIVER);
        KeysightB1500AEmulator analyzer = new KeysightB1500AEmulator(wiring, seed + 17);
        wire(LabFile.SOURCE_MEASURE_UNIT, one.channels(), analyzer::connect);
        speaking.put(LabFile.SOURCE_MEASURE_UNIT, analyzer);
    }

    /** Connect a channel to a net. */
    private interface Connecting {
        void connect(int channel, Net net);
    }

    private void wire(String role, UnitWiring channels, Connecting unit) {
        try {
            unit.connect(channels.columnChannel(), Net.COLUMN);
            unit.connect(channels.gateChannel(), Net.GATE);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(lab.name() + ": wiring." + role + ": " + e.getMessage(), e);
        }
    }
}
