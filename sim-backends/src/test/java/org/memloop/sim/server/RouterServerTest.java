package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Geometry;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterState;
import org.memloop.link.SerialLink;
import org.memloop.sim.instrument.CountingDevice;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.FaultRule;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.RouterEmulator;
import org.memloop.sim.instrument.Wiring;

/** Drive the emulated router through a real pseudo-terminal and the real serial port library. */
class RouterServerTest {
    private static final PulseProgram EVERY_CELL = PulseProgram.of(Pulse.WEAK_RESET,
            IntStream.range(0, 8192).toArray());

    private final CountingDevice device = new CountingDevice(new Geometry(128, 64));
    private final Faults faults = new Faults(1);
    private final Wiring wiring = new Wiring(device);

    @BeforeEach
    void requirePseudoTerminals() {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        wiring.connect(() -> new Wiring.Drive(0.9, 4.5, 0.6e-6));
    }

    private RouterServer serve(FaultRule... rules) {
        for (FaultRule rule : rules) {
            faults.set("router", rule);
        }
        return new RouterServer(new RouterEmulator(wiring, device.geometry(), System::nanoTime, 4), faults,
                wiring::nowSeconds, 3, 0);
    }

    private static SerialLink link(RouterServer server) {
        return SerialLink.open(server.devicePath(), RouterFrames.BAUD, SerialLink.WRITE_TIMEOUT);
    }

    private static NucleoRouter router(RouterServer server) {
        return new NucleoRouter(link(server), StepTiming.USUAL, "router");
    }

    @Test
    void everyCellIsFiredOverTheSerialPort() {
        try (RouterServer server = serve(); NucleoRouter router = router(server)) {
            assertEquals("ASRL" + server.devicePath() + "::INSTR", router.identity().resource());
            assertEquals(new Geometry(128, 64), router.geometry());
            for (int round = 1; round <= 3; round++) {
                router.load(EVERY_CELL, 0, 8192);
                assertEquals(8192, router.fire());
                assertEquals(8192 * round, device.total());
            }
            assertTrue(wiring.grounded());
        }
    }

    @Test
    void aLostReplyToFireFiresOnceAndSucceeds() {
        try (RouterServer server = serve(FaultRule.once(Fault.DROP_REPLY, 1)); NucleoRouter router = router(server)) {
            router.load(EVERY_CELL, 0, 100);
            assertEquals(100, router.fire());
            assertEquals(100, device.total());
        }
    }

    @Test
    void noiseIsToldInOneLine() {
        try (RouterServer server = serve(FaultRule.always(Fault.GARBAGE)); SerialLink link = link(server)) {
            LinkException e = assertThrows(LinkException.class,
                    () -> new NucleoRouter(link, StepTiming.USUAL, "router"));
            assertTrue(e.getMessage().matches("router, asked 'HELLO': no sense in the \\d+ bytes that came on ASRL"
                    + server.devicePath()
                    + "::INSTR, they begin( [0-9a-f]{2})+; check that this port is the router's and"
                    + " that its baud rate is 921600"), e.getMessage());
        }
    }

    @Test
    void silenceIsToldInOneLine() {
        try (RouterServer server = serve(FaultRule.always(Fault.SILENT)); SerialLink link = link(server)) {
            LinkException e = assertThrows(LinkException.class,
                    () -> new NucleoRouter(link, StepTiming.USUAL, "router"));
            assertEquals(Firing.NONE, e.firing());
            assertEquals("router, asked 'HELLO': no answer on ASRL" + server.devicePath()
                    + "::INSTR within 500 ms, asked 3 times; check that the board has power and that this is its port",
                    e.getMessage());
        }
    }

    @Test
    void aLinkThatFallsSilentMidwayLeavesPulsesPossibleAndTheWatchdogGrounds() {
        try (RouterServer server = serve();
                NucleoRouter router = new NucleoRouter(link(server), StepTiming.USUAL, "router",
                        Duration.ofMillis(500))) {
            router.load(PulseProgram.builder().add(3, Pulse.WEAK_RESET, Integer.MAX_VALUE).build(), 0, 1);
            Thread.ofPlatform().start(() -> {
                while (wiring.pulses() == 0) {
                    Thread.onSpinWait();
                }
                faults.set("router", FaultRule.always(Fault.SILENT));
            });
            LinkException e = assertThrows(LinkException.class, router::fire);
            assertEquals(Firing.POSSIBLE, e.firing());
            assertEquals(1, e.getSuppressed().length, "grounding failed too");
            assertTrue(wiring.grounded());
            faults.clear();
            assertEquals(RouterState.GROUNDED_BY_WATCHDOG, router.status().state());
        }
    }

    @Test
    void anotherThreadGroundsWhileAProgramRuns() throws InterruptedException {
        try (RouterServer server = serve(); NucleoRouter router = router(server)) {
            router.load(PulseProgram.builder().add(3, Pulse.WEAK_RESET, Integer.MAX_VALUE).build(), 0, 1);
            Thread stopper = Thread.ofPlatform().start(() -> {
                while (wiring.pulses() == 0) {
                    Thread.onSpinWait();
                }
                router.ground();
            });
            RuntimeException e = assertThrows(InstrumentException.class, router::fire);
            stopper.join();
            assertTrue(e.getMessage().contains("aborted after "), e.getMessage());
            assertTrue(wiring.grounded());
        }
    }

    @Test
    void theLineSurvivesDriversComingAndGoing() {
        try (RouterServer server = serve()) {
            for (int i = 1; i <= 3; i++) {
                try (NucleoRouter router = router(server)) {
                    router.load(EVERY_CELL, 0, 1);
                    router.fire();
                }
                assertEquals(i, device.total());
            }
        }
    }

    @Test
    void aPersonMayTypeAtThePort() {
        try (RouterServer server = serve(); SerialLink link = link(server)) {
            link.write("status\r\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder text = new StringBuilder();
            byte[] some = new byte[256];
            while (!text.toString().contains("damaged")) {
                int count = link.read(some, 0, some.length, 2_000_000_000L);
                text.append(new String(some, 0, count, StandardCharsets.US_ASCII));
            }
            assertTrue(text.toString().startsWith("state      idle\r\n"), text.toString());
        }
    }
}
