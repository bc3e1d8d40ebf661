package org.memloop.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.BenchClock;
import org.memloop.instrument.keysight.Agilent81160A;
import org.memloop.lab.LabFile;
import org.memloop.lab.Laboratory;
import org.memloop.link.ResourceName;
import org.memloop.link.SocketLink;
import org.memloop.sim.array.Die;
import org.memloop.sim.array.DirectBench;
import org.memloop.sim.array.SimBench;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.array.SimulatedDie;
import org.memloop.sim.instrument.CountingDevice;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.server.PseudoTerminal;

/** Try to get pulses past the limits by every way there is to the array; the array has to see none. */
class SafetyTest {
    private static final int ATTEMPTS = 300;
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
    void aDieBehindInstrumentsSeesNoneWhicheverWayIsTaken() throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        LabFile lab = LabFile.read(Files.writeString(folder.resolve("lab.yaml"), LAB));
        CountingDevice device = new CountingDevice(lab.geometry());
        try (VirtualLab virtual = new VirtualLab(lab, device, new Faults(1),
                new VirtualLab.Terms(1, 1, 0, LabNetwork.PRIVATE, EmulatedLab.latency("off")))) {
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

    /** Without any rack, a driver still knows the laboratory's limits, and so does the instrument behind it. */
    private static void drivers(LabFile lab, Limits limits) {
        ResourceName.Socket where = (ResourceName.Socket) ResourceName
                .parse(lab.stations().get(LabFile.GENERATOR).resource());
        try (Agilent81160A generator = new Agilent81160A(new SocketLink(where), "generator", limits)) {
            Random random = new Random(4);
            for (int i = 0; i < ATTEMPTS; i++) {
                double more = 1.001 + random.nextDouble();
                Pulse over = random.nextBoolean()
                        ? pulse(Polarity.SET, limits.bitLineVoltsMax() * more, 2, 1e-6)
                        : pulse(Polarity.RESET, 1, limits.wordLineVoltsMax() * more, 1e-6);
                assertThrows(LimitException.class, () -> generator.shape(over));
            }
        }
    }
}
