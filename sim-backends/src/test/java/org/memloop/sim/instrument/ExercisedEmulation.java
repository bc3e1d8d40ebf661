package org.memloop.sim.instrument;

import java.util.BitSet;

import org.memloop.bench.Geometry;
import org.memloop.instrument.DriverExercises;

/** What the drivers are exercised with: one cell, and the emulation of each instrument. */
final class ExercisedEmulation {
    private final Wiring wiring = new Wiring(new Resistor(10e3));
    private final Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
    private final KeysightMsos204AEmulator oscilloscope = new KeysightMsos204AEmulator(wiring, 1);

    ExercisedEmulation() {
        wiring.connect((Wiring.Recorder) oscilloscope);
        wiring.connect(() -> new Wiring.Drive(0.2, 3, 100e-6));
        BitSet register = new BitSet();
        register.set(0); // word line 0
        register.set(2); // bit line 0, after two rows
        wiring.latch(register);
    }

    DriverExercises.Triggers triggers() {
        return count -> {
            for (int i = 0; i < count; i++) {
                wiring.trigger();
                wiring.advance(110e-6);
            }
        };
    }

    static DirectLink router() {
        CountingDevice device = new CountingDevice(new Geometry(128, 64));
        return new DirectLink(new Wiring(device), device);
    }

    EmulatedInstrument emulator(String driver) {
        return switch (driver) {
            case "Agilent81160A" -> generator;
            case "KeysightMsos204A" -> oscilloscope;
            case "KeysightE36312A" -> {
                KeysightE36312AEmulator supply = new KeysightE36312AEmulator(wiring, "supply-5v", 1);
                wiring.connect(SupplyPin.VDD5, supply.output(1));
                yield supply;
            }
            case "AgilentE3631A" -> {
                AgilentE3631AEmulator supply = new AgilentE3631AEmulator(wiring, "supply-5v", 1);
                wiring.connect(SupplyPin.VDD5, supply.output(1));
                yield supply;
            }
            case "KeysightB1500A" -> {
                KeysightB1500AEmulator analyzer = new KeysightB1500AEmulator(wiring, 1);
                analyzer.connect(1, Net.COLUMN);
                analyzer.connect(2, Net.GATE);
                yield analyzer;
            }
            default -> throw new IllegalArgumentException("no emulation for " + driver);
        };
    }
}
