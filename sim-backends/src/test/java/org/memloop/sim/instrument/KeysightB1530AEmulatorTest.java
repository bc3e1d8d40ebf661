package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.sim.array.Die;
import org.memloop.sim.array.SimBench;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;

class KeysightB1530AEmulatorTest {
    private static final int COLUMN = 101;
    private static final int GATE = 102;
    private static final double EDGE = 100e-9;

    private Wiring wiring;
    private KeysightB1530AEmulator unit;

    @BeforeEach
    void aResistor() {
        wire(new Wiring(new Resistor(1e4)));
    }

    private void wire(Wiring around) {
        wiring = around;
        unit = new KeysightB1530AEmulator(wiring, 5);
        route(Pulse.Polarity.SET);
        ok(unit.session().openSession("GPIB0::17::INSTR"));
        ok(unit.session().initialize());
        for (int channel : new int[]{COLUMN, GATE}) {
            ok(unit.settings().setOperationMode(channel, 2001));
            ok(unit.settings().connect(channel));
        }
        ok(unit.settings().setMeasureMode(COLUMN, 4001));
        ok(unit.settings().setMeasureCurrentRange(COLUMN, 6003));
        ok(unit.settings().setMeasureEnabled(GATE, 7000));
    }

    private void route(Pulse.Polarity polarity) {
        BitSet lines = new BitSet();
        lines.set(0);
        lines.set(polarity == Pulse.Polarity.SET ? 2 : 4);
        wiring.latch(lines);
    }

    private void ok(int status) {
        assertEquals(0, status, () -> error());
    }

    private String error() {
        int[] size = new int[1];
        unit.session().getErrorSize(size);
        StringBuilder text = new StringBuilder();
        unit.session().getError(text, size);
        return text.toString();
    }

    /** Give one pulse, and measure over its last half. */
    private double pulse(Pulse pulse) {
        route(pulse.polarity());
        double width = pulse.widthSeconds();
        ok(unit.patterns().clear());
        trapezoid("column", pulse.columnVolts(), width);
        trapezoid("gate", pulse.gateVolts(), width);
        double average = Math.min(width / 2, 20e-3);
        ok(unit.patterns().setMeasureEvent("column", "read", EDGE + width / 2, 1, average, average, 12000));
        ok(unit.sequences().addSequence(COLUMN, "column", 1));
        ok(unit.sequences().addSequence(GATE, "gate", 1));
        ok(unit.runs().execute());
        ok(unit.runs().waitUntilCompleted());
        double[] value = new double[1];
        ok(unit.runs().getMeasureValue(COLUMN, 0, new double[1], value));
        return value[0];
    }

    private void trapezoid(String name, double volts, double width) {
        ok(unit.patterns().createPattern(name, 0));
        ok(unit.patterns().addVectors(name, new double[]{EDGE, width, EDGE}, new double[]{volts, volts, 0}, 3));
    }

    @Test
    void measuresAResistorWithTheNoiseOfItsRange() {
        int n = 400;
        trapezoid("w", 0.5, 100e-6);
        ok(unit.patterns().setMeasureEvent("w", "r", 20e-6, n, 200e-9, 130e-9, 12000));
        trapezoid("g", 3, 100e-6);
        ok(unit.sequences().addSequence(COLUMN, "w", 1));
        ok(unit.sequences().addSequence(GATE, "g", 1));
        ok(unit.runs().execute());
        double[] times = new double[n];
        double[] values = new double[n];
        int[] size = {n};
        ok(unit.runs().getMeasureValues(COLUMN, 0, size, times, values));
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        assertEquals(20e-6, times[0], 1e-12);
        assertEquals(50e-6, sum / n, 10e-9);
        assertEquals(47e-9, Math.sqrt(squares / n - sum / n * (sum / n)), 6e-9);
        assertEquals(100.2e-6, wiring.nowSeconds(), 1e-12, "simulated time passes");
    }

    @Test
    void settlesAndSaturates() {
        trapezoid("w", 0.5, 10e-6);
        ok(unit.patterns().setMeasureEvent("w", "early", 150e-9, 1, 130e-9, 130e-9, 12000));
        ok(unit.patterns().setMeasureEvent("w", "late", 5e-6, 1, 130e-9, 130e-9, 12000));
        trapezoid("g", 3, 10e-6);
        ok(unit.sequences().addSequence(COLUMN, "w", 2));
        ok(unit.sequences().addSequence(GATE, "g", 2));
        ok(unit.runs().execute());
        double[] values = new double[4];
        ok(unit.runs().getMeasureValues(COLUMN, 0, new int[]{4}, new double[4], values));
        assertTrue(values[0] > 10e-6 && values[0] < 40e-6, "not settled: " + values[0]);
        assertEquals(50e-6, values[1], 0.3e-6);
        assertEquals(50e-6, values[3], 0.3e-6);
        ok(unit.settings().setMeasureCurrentRange(COLUMN, 6002));
        ok(unit.runs().execute());
        ok(unit.runs().getMeasureValue(COLUMN, 1, new double[1], values));
        assertEquals(10e-6, values[0], "range exceeded");
    }

    /** The same pulses on the same die, from a unit and from the simulation alone. */
    @Test
    void agreesWithTheSimulationWithinItsNoise() {
        Technology technology = TechnologyCard.builtIn("hfox-leti").withStuckFraction(0);
        Geometry geometry = new Geometry(2, 2);
        Die simulated = new Die(geometry, technology, 9);
        Die measured = new Die(geometry, technology, 9);
        wire(new Wiring(measured));
        ok(unit.settings().setMeasureCurrentRange(COLUMN, 6004));
        try (SimBench bench = new SimBench("simulation", simulated, 1)) {
            for (Pulse pulse : List.of(Pulse.READ, Pulse.FORMING, Pulse.READ, Pulse.SET, Pulse.READ,
                    Pulse.HARD_RESET, Pulse.READ, Pulse.SET, Pulse.WEAK_RESET, Pulse.WEAK_RESET, Pulse.READ)) {
                Readings readings = bench.run(PulseProgram.of(pulse, 0));
                double amps = pulse(pulse);
                if (pulse.measured()) {
                    // the clocks of the two differ by the router's pauses: 1/f noise and relaxation are not the same
                    assertEquals(readings.amps(0), amps, 0.01 * readings.amps(0) + 50e-9, pulse.name());
                    double apart = simulated.conductanceSiemens(0) - measured.conductanceSiemens(0);
                    assertEquals(0, apart, 1e-3 * simulated.conductanceSiemens(0), "the state after " + pulse.name());
                }
            }
        }
    }

    @Test
    void slopesMoveACellStepByStep() {
        wire(new Wiring(new Resistor(1e4)));
        ok(unit.patterns().createPattern("ramp", 0));
        ok(unit.patterns().addVector("ramp", 10e-6, 1));
        ok(unit.patterns().setMeasureEvent("ramp", "iv", 0, 20, 500e-9, 400e-9, 12000));
        trapezoid("g", 3, 9.8e-6);
        ok(unit.sequences().addSequence(COLUMN, "ramp", 1));
        ok(unit.sequences().addSequence(GATE, "g", 1));
        ok(unit.runs().execute());
        double[] values = new double[20];
        ok(unit.runs().getMeasureValues(COLUMN, 0, new int[]{20}, new double[20], values));
        for (int i = 4; i < 20; i++) {
            assertEquals((i + 0.5) / 20 * 1e-4, values[i], 6e-6);
        }
    }

    @Test
    void everySettingCanBeAskedAndBadOnesAreRefused() {
        int[] i = new int[1];
        double[] d = new double[1];
        ok(unit.settings().setForceVoltageRange(COLUMN, 3002));
        ok(unit.settings().getForceVoltageRange(COLUMN, i));
        assertEquals(3002, i[0]);
        assertEquals(-1, unit.settings().setForceVoltageRange(COLUMN, 3005));
        ok(unit.settings().getForceVoltageRange(COLUMN, i));
        assertEquals(3002, i[0], "unchanged");
        assertEquals(-1, unit.settings().setOperationMode(COLUMN, 1999));
        assertEquals(-1, unit.settings().setMeasureMode(COLUMN, 4002));
        assertEquals(-1, unit.settings().setMeasureCurrentRange(COLUMN, 6006));
        assertEquals(-1, unit.settings().setMeasureVoltageRange(COLUMN, 5003));
        assertEquals(-1, unit.settings().setMeasureEnabled(COLUMN, 1));
        assertEquals(-1, unit.settings().setTriggerOutMode(COLUMN, 8005, 8100));
        assertEquals(-1, unit.settings().setForceDelay(COLUMN, 51e-9));
        ok(unit.settings().setForceDelay(COLUMN, 1e-9));
        ok(unit.settings().getForceDelay(COLUMN, d));
        assertEquals(1.25e-9, d[0], 1e-15);
        assertEquals(-9, unit.settings().setOperationMode(103, 2001));
        assertTrue(error().contains("no channel 103"), error());
        ok(unit.session().closeSession());
        assertEquals(-3, unit.settings().setOperationMode(COLUMN, 2001));
        assertEquals(-3, unit.runs().execute());
    }

    @Test
    void patternsAreBuiltMergedAndRead() {
        ok(unit.patterns().createPattern("a", 0));
        assertEquals(-12, unit.patterns().createPattern("a", 0));
        assertEquals(-10, unit.patterns().addVector("b", 1e-6, 1));
        assertEquals(-1, unit.patterns().addVector("a", 1e-9, 1));
        assertEquals(-1, unit.patterns().addVector("a", 1e-6, 11));
        assertEquals(-1, unit.patterns().addVectors("a", new double[]{1e-6, 1e-6}, new double[]{1, 11}, 2));
        int[] size = new int[1];
        ok(unit.patterns().getPatternForceValueSize("a", size));
        assertEquals(1, size[0], "nothing was added half-way");
        ok(unit.patterns().addVector("a", 1e-6, 1));
        ok(unit.patterns().createMergedPattern("time", "a", "a", 9000));
        ok(unit.patterns().createMergedPattern("sum", "a", "a", 9001));
        ok(unit.patterns().createMultipliedPattern("twice", "a", 2, 3));
        ok(unit.patterns().createOffsetPattern("later", "a", 1e-6, 0.5));
        double[] volts = new double[1];
        ok(unit.patterns().getPatternInterpolatedForceValue("a", 0.5e-6, volts));
        assertEquals(0.5, volts[0], 1e-9);
        ok(unit.patterns().getPatternInterpolatedForceValue("time", 2e-6, volts));
        assertEquals(1, volts[0], 1e-9);
        ok(unit.patterns().getPatternInterpolatedForceValue("sum", 1e-6, volts));
        assertEquals(2, volts[0], 1e-9);
        ok(unit.patterns().getPatternInterpolatedForceValue("twice", 1e-6, volts));
        assertEquals(1.5, volts[0], 1e-9);
        ok(unit.patterns().getPatternInterpolatedForceValue("later", 2e-6, volts));
        assertEquals(1.5, volts[0], 1e-9);
        assertEquals(-1, unit.patterns().setMeasureEvent("a", "e", 0.5e-6, 100, 10e-9, 0, 12000), "beyond the end");
        assertEquals(-1, unit.patterns().setMeasureEvent("a", "e", 0, 1, 10e-9, 20e-9, 12000), "averages too long");
        ok(unit.patterns().setMeasureEvent("a", "e", 0, 2, 100e-9, 20e-9, 12001));
        ok(unit.patterns().getPatternMeasureTimeSize("a", size));
        assertEquals(2 * 5, size[0], "raw data");
        assertEquals(-10, unit.sequences().addSequence(COLUMN, "nowhere", 1));
        assertEquals(-1, unit.sequences().addSequence(COLUMN, "a", 0));
        ok(unit.sequences().addSequence(COLUMN, "a", 1));
        ok(unit.sequences().addSequence(GATE, "twice", 1));
        assertEquals(-3, unit.runs().execute(), "unequally long");
    }

    @Test
    void forcesAndMeasuresDirectCurrent() {
        ok(unit.settings().dcforceVoltage(GATE, 3));
        ok(unit.settings().dcforceVoltage(COLUMN, 0.5));
        double[] value = new double[1];
        ok(unit.settings().dcmeasureAveragedValue(COLUMN, 1000, 10, value));
        assertEquals(50e-6, value[0], 50e-9);
        assertEquals(-1, unit.settings().dcforceVoltage(COLUMN, 11));
    }
}
