package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Replay;
import org.memloop.instrument.BenchClock;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.UnitWiring;
import org.memloop.instrument.keysight.Agilent81160A;
import org.memloop.instrument.keysight.Agilent81160AOutputs;
import org.memloop.instrument.keysight.KeysightB1530A;
import org.memloop.instrument.keysight.Wgfmu;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.lab.LabFile;
import org.memloop.lab.Laboratory;
import org.memloop.link.ResourceName;
import org.memloop.link.SerialLink;
import org.memloop.link.SocketLink;
import org.memloop.recording.Recording;
import org.memloop.sim.array.Die;
import org.memloop.sim.array.DirectBench;
import org.memloop.sim.array.SimBench;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.array.SimulatedDie;
import org.memloop.sim.instrument.CountingDevice;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.Latency;
import org.memloop.sim.instrument.LineWitness;
import org.memloop.sim.replay.TracesBench;
import org.memloop.sim.server.PseudoTerminal;

/** Try to get pulses past the limits by every way there is to the array; the array has to see none. */
class SafetyTest {
    private static final int ATTEMPTS = 300;
    private static final int WAVEFORMS = 100;
    private static final VirtualLab.Terms TERMS = new VirtualLab.Terms(1, 1, 0, LabNetwork.PRIVATE, Latency.OFF);
    private static final String LAB = LabFile.builtInText().replace("pulses-per-cell: 1000000",
            "pulses-per-cell: 1000\n  current: 3 mA\n  least-path: 1 kohm\n  energy: 200 nJ\n  duty: 0.9");

    @TempDir
    Path folder;

    /** Break exactly one limit, in a program that is otherwise good. */
    private static PulseProgram forbidden(Capabilities bench, Random random) {
        Limits limits = bench.limits();
        int cells = bench.geometry().cells();
        PulseProgram.Builder program = PulseProgram.builder();
        int bad = random.nextInt(5);
        for (int step = 0; step < 5; step++) {
            if (step == bad) {
                breakOne(program, limits, cells, random);
            } else {
                program.add(random.nextInt(cells), random.nextBoolean() ? Pulse.READ : Pulse.WEAK_RESET);
            }
        }
        return program.build();
    }

    private static void breakOne(PulseProgram.Builder program, Limits limits, int cells, Random random) {
        int cell = random.nextInt(cells);
        double more = 1 + Math.pow(10, -6 * random.nextDouble());
        switch (random.nextInt(7)) {
            case 0 -> program.add(cell, pulse(Polarity.SET, limits.bitLineVoltsMax() * more, 2, 1e-6));
            case 1 -> program.add(cell, pulse(Polarity.RESET, limits.sourceLineVoltsMax() * more, 2, 1e-6));
            case 2 -> program.add(cell, pulse(Polarity.SET, 1, limits.wordLineVoltsMax() * more, 1e-6));
            case 3 -> program.add(cell, pulse(Polarity.RESET, 0.9, 4.5, limits.widthSecondsMax() * more));
            case 4 -> program.add(cell, pulse(Polarity.RESET, 0.9, 4.5, limits.widthSecondsMin() / more / more));
            case 5 -> program.add(cells + random.nextInt(1000), Pulse.WEAK_RESET);
            default -> program.add(cell, Pulse.WEAK_RESET, (int) Math.min(Integer.MAX_VALUE,
                    limits.pulsesPerCellMax() + 1 + random.nextInt(1000)));
        }
    }

    private static Pulse pulse(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        // a good name makes no good pulse
        return new Pulse("WEAK_RESET", polarity, columnVolts, gateVolts, widthSeconds, false);
    }

    private static void attempt(Bench bench, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ATTEMPTS; i++) {
            PulseProgram program = forbidden(bench.capabilities(), random);
            assertEquals(Firing.NONE, assertThrows(LimitException.class, () -> bench.run(program)).firing());
        }
    }

    @Test
    void aSimulatedDieSeesNone() {
        SimulatedDie die = SimBenchProvider.die(new BenchUri("sim", "hfox-16x16", Map.of("seed", "3")));
        try (Bench bench = new SimBench("die", (Die) die, 1)) {
            attempt(bench, 1);
        }
        CountingDevice counting = new CountingDevice(die.geometry());
        try (Bench bench = new DirectBench("counting", counting)) {
            attempt(bench, 2);
        }
        for (int cell = 0; cell < die.geometry().cells(); cell++) {
            assertEquals(0, die.pulsesReceived(cell));
        }
        assertEquals(0, counting.total());
    }

    @Test
    void aRecordingIsNotMovedOn() {
        float[] siemens = new float[10 * 100];
        Arrays.fill(siemens, 5e-5f);
        try (Bench bench = new TracesBench(Recording.of("r", 10, 100, siemens), new Geometry(8, 8), 1)) {
            Replay replay = bench.replay().orElseThrow();
            int[] before = IntStream.range(0, 64).map(cell -> replay.position(replay.slot(cell))).toArray();
            attempt(bench, 5);
            assertArrayEquals(before, IntStream.range(0, 64).map(cell -> replay.position(replay.slot(cell))).toArray());
        }
    }

    @Test
    void aDieBehindInstrumentsSeesNoneWhicheverWayIsTaken() throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        LabFile lab = LabFile.read(Files.writeString(folder.resolve("lab.yaml"), LAB));
        CountingDevice device = new CountingDevice(lab.geometry());
        try (VirtualLab virtual = new VirtualLab(lab, device, new Faults(1), TERMS)) {
            try (Bench rack = Laboratory.open(virtual.own(), BenchClock.real(), virtual.outside())) {
                attempt(rack, 3);
                refuse(rack, pulse(Polarity.SET, 2.4, 2, 100e-6), "energy");
                refuse(rack, pulse(Polarity.SET, 1, 2, 99e-6), "duty");
            }
            drivers(virtual.own(), lab.limits());
            assertEquals(0, device.total());
            assertEquals(0, virtual.wiring().pulses());
        }
    }

    private static void refuse(Bench bench, Pulse pulse, String what) {
        String said = assertThrows(LimitException.class, () -> bench.run(PulseProgram.of(pulse, 1))).getMessage();
        assertTrue(said.contains(what), said);
    }

    @Test
    void aDieBehindAPulseMeasureUnitSeesNone() throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        LabFile lab = LabFile.read(Files.writeString(folder.resolve("lab.yaml"), LAB.replaceFirst(
                "(?s)  generator: .*?\nwiring:.*?\ntiming:",
                "  pulse-measure-unit: { driver: keysight-b1530a, resource: 'GPIB0::17::INSTR' }\ntiming:")));
        CountingDevice device = new CountingDevice(lab.geometry());
        try (VirtualLab virtual = new VirtualLab(lab, device, new Faults(1), TERMS)) {
            try (Bench rack = Laboratory.open(virtual.own(), BenchClock.real(), virtual.outside())) {
                attempt(rack, 6);
            }
            Wgfmu library = new Wgfmu(virtual.pulseMeasureLibrary().orElseThrow(), "unit");
            try (KeysightB1530A unit = new KeysightB1530A(library, "GPIB0::17::INSTR", "unit", UnitWiring.PULSE_MEASURE,
                    lab.limits())) {
                Random random = new Random(7);
                for (int i = 0; i < ATTEMPTS; i++) {
                    Pulse over = over(lab.limits(), random);
                    assertThrows(LimitException.class, () -> unit.prepare(over, 1, 5e-6, 2e-3));
                    assertThrows(IllegalStateException.class, unit::play);
                }
            }
            assertEquals(0, device.total());
            assertEquals(0, virtual.wiring().pulses());
        }
    }

    private static Pulse over(Limits limits, Random random) {
        double more = 1.001 + random.nextDouble();
        return random.nextBoolean()
                ? pulse(Polarity.SET, limits.bitLineVoltsMax() * more, 2, 1e-6)
                : pulse(Polarity.RESET, 1, limits.wordLineVoltsMax() * more, 1e-6);
    }

    /** Whatever an output of the generator can be made to give, a selected cell sees nothing above a limit. */
    @Test
    void noWaveformOfAnOutputPassesTheLimits() throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        LabFile lab = LabFile.read(Files.writeString(folder.resolve("lab.yaml"), LAB.replace("source-line: 2.5 V",
                "source-line: 1.5 V")));
        CountingDevice device = new CountingDevice(lab.geometry());
        try (VirtualLab virtual = new VirtualLab(lab, device, new Faults(1), TERMS);
                Agilent81160A generator = new Agilent81160A(new SocketLink((ResourceName.Socket) ResourceName
                        .parse(virtual.own().stations().get(LabFile.GENERATOR).resource())), "generator", lab.limits());
                NucleoRouter router = new NucleoRouter(
                        SerialLink.open(serial(virtual), RouterFrames.BAUD, SerialLink.WRITE_TIMEOUT), StepTiming.USUAL,
                        "router")) {
            Random random = new Random(8);
            Agilent81160AOutputs outputs = generator.outputs();
            int accepted = 0;
            for (int i = 0; i < WAVEFORMS; i++) {
                int output = 1 + random.nextInt(2);
                try {
                    outputs.load(output, random.nextBoolean() ? 1e6 : 50);
                    wave(outputs, output, random);
                } catch (LimitException _) {
                    continue;
                }
                accepted++;
                outputs.on(output);
                router.load(PulseProgram.of(random.nextBoolean() ? Pulse.READ : Pulse.WEAK_RESET, 3), 0, 1);
                router.fire();
            }
            LineWitness.Seen seen = virtual.wiring().witness().seen();
            assertTrue(accepted > 10 && accepted < WAVEFORMS - 10, accepted + " accepted");
            assertTrue(seen.pulses() > 10 && device.total() > 0, "what is allowed arrives: " + seen);
            assertEquals(0, seen.overLimit(), seen.firstOverLimit());
        }
    }

    private static String serial(VirtualLab virtual) {
        return ((ResourceName.Serial) ResourceName.parse(virtual.own().router().resource())).port();
    }

    private static void wave(Agilent81160AOutputs outputs, int output, Random random) {
        double high = 6 * random.nextDouble();
        double low = random.nextInt(4) == 0 ? -high * random.nextDouble() : 0;
        double width = Math.pow(10, -7 + 5 * random.nextDouble());
        if (random.nextInt(4) == 0) {
            outputs.arbitrary(output, "WAVE", new double[]{-1, 1, 1, -1}, width, low, high,
                    Agilent81160AOutputs.Start.EXTERNAL);
        } else {
            outputs.pulses(output, new Agilent81160AOutputs.Shape(low, high, width, 5e-9, 0), 1, 2 * width,
                    Agilent81160AOutputs.Start.EXTERNAL);
        }
    }

    /** Without any rack, a driver still knows the laboratory's limits, and so does the instrument behind it. */
    private static void drivers(LabFile lab, Limits limits) {
        ResourceName.Socket where = (ResourceName.Socket) ResourceName
                .parse(lab.stations().get(LabFile.GENERATOR).resource());
        try (Agilent81160A generator = new Agilent81160A(new SocketLink(where), "generator", limits)) {
            Random random = new Random(4);
            for (int i = 0; i < ATTEMPTS; i++) {
                Pulse over = over(limits, random);
                assertThrows(LimitException.class, () -> generator.shape(over));
            }
        }
    }
}
