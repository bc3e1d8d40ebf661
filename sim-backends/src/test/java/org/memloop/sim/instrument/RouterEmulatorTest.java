package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Geometry;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.Load;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterState;
import org.memloop.instrument.router.RouterStatus;

class RouterEmulatorTest {
    private static final Geometry ARRAY = new Geometry(128, 64);

    private final CountingDevice device = new CountingDevice(ARRAY);
    private final Wiring wiring = new Wiring(device);
    private final DirectLink link = new DirectLink(wiring, device);

    RouterEmulatorTest() {
        wiring.connect(() -> new Wiring.Drive(0.9, 4.5, 0.6e-6));
    }

    private NucleoRouter router() {
        return new NucleoRouter(link, StepTiming.USUAL, "router");
    }

    @Test
    void everyCellWithEitherPolarityIsReachedAndNoOther() {
        NucleoRouter router = router();
        for (Pulse pulse : new Pulse[]{Pulse.SET, Pulse.HARD_RESET}) {
            Polarity other = pulse.polarity() == Polarity.SET ? Polarity.RESET : Polarity.SET;
            for (int cell = 0; cell < ARRAY.cells(); cell++) {
                int before = device.pulses(cell, other);
                long total = device.total();
                router.load(PulseProgram.of(pulse, cell), 0, 1);
                assertEquals(1, router.fire());
                assertEquals(1, device.pulses(cell, pulse.polarity()), ARRAY.describe(cell));
                assertEquals(before, device.pulses(cell, other), ARRAY.describe(cell));
                assertEquals(total + 1, device.total(), ARRAY.describe(cell));
                assertTrue(wiring.grounded());
            }
        }
    }

    @Test
    void theRegisterOfACellIsThatOfTheDocument() {
        BitSet register = new BitSet();
        RouterProgram.select(ARRAY, 2, 5, Polarity.SET, register);
        assertEquals("{2, 133}", register.toString());
        RouterProgram.select(ARRAY, 127, 63, Polarity.RESET, register);
        assertEquals("{127, 255}", register.toString());
    }

    @Test
    void aWholeProgramOf8192StepsIsFiredInOrderWithItsCounts() {
        NucleoRouter router = router();
        assertEquals(8192, router.maxSteps());
        int[] counts = new Random(5).ints(8192, 1, 400).toArray();
        PulseProgram.Builder program = PulseProgram.builder();
        IntStream.range(0, 8192).forEach(cell -> program.add(cell, Pulse.WEAK_RESET, counts[cell]));
        double before = wiring.nowSeconds();
        router.load(program.build(), 0, 8192);
        assertEquals(0, device.total());
        assertEquals(IntStream.of(counts).sum(), router.fire());
        for (int cell = 0; cell < 8192; cell++) {
            assertEquals(counts[cell], device.pulses(cell, Polarity.RESET));
        }
        assertEquals(IntStream.of(counts).sum() * 10.6e-6, wiring.nowSeconds() - before, 1e-9);
    }

    @Test
    void aHostThatComesLaterLearnsWhatTheLastOneFired() {
        NucleoRouter first = router();
        assertEquals(new Load(first.status().boot(), 0, 0), first.lastLoad().orElseThrow());
        assertTrue(first.loaded().isEmpty());
        first.load(PulseProgram.of(Pulse.WEAK_RESET, 1, 2, 3), 0, 3);
        Load fired = first.loaded().orElseThrow();
        assertEquals(3, fired.triggers());
        first.fire();
        first.load(PulseProgram.of(Pulse.WEAK_RESET, 4, 5), 0, 2); // loaded and never fired
        NucleoRouter later = router();
        assertEquals(fired, later.lastLoad().orElseThrow());
        later.load(PulseProgram.of(Pulse.WEAK_RESET, 4), 0, 1);
        assertEquals(fired.id() + 2, later.loaded().orElseThrow().id());
        assertEquals(3, device.total());
    }

    @Test
    void aRepeatedFireIsAnsweredAgainAndFiresNothing() {
        NucleoRouter router = router();
        router.load(PulseProgram.of(Pulse.WEAK_RESET, 1, 2, 3), 0, 3);
        byte[] fire = fireRequest();
        byte[] first = link.exchange(fire);
        link.tick();
        assertEquals(3, device.total());
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(first, link.exchange(fire));
            link.tick();
        }
        assertEquals(3, device.total());
        assertEquals(new RouterStatus(77, RouterState.DONE, 1, 3, 3, 3, 3), router.status());
    }

    @Test
    void aFiredProgramIsUsedUpEvenForANewFireRequest() {
        NucleoRouter router = router();
        router.load(PulseProgram.of(Pulse.WEAK_RESET, 1), 0, 1);
        router.fire();
        byte[] answer = link.exchange(frame(6, 999, 1, 0, 0, 0));
        link.tick();
        assertEquals(1, device.total());
        assertArrayEquals(frame(0xFF, 999, 6, 13, 0, 0, 0, 0), answer);
    }

    @Test
    void aReusedSequenceNumberIsRefused() {
        router();
        assertArrayEquals(frame(0xFF, 1, 7, 5, 1, 0, 0, 0), link.exchange(frame(7, 1)));
    }

    @Test
    void aRouterThatHeardNoHelloRefuses() {
        assertArrayEquals(frame(0xFF, 4, 2, 4, 0, 0, 0, 0), link.exchange(frame(2, 4, 0, 0)));
    }

    @Test
    void groundingARunningProgramStopsItBetweenPulses() {
        NucleoRouter router = router();
        router.load(PulseProgram.builder().add(9, Pulse.WEAK_RESET, 100_000).build(), 0, 1);
        link.exchange(fireRequest());
        link.tick();
        assertFalse(wiring.grounded());
        long given = device.total();
        router.ground();
        assertTrue(wiring.grounded());
        assertEquals(RouterState.ABORTED, router.status().state());
        assertEquals(given, router.status().triggersSinceLoad());
        link.tick();
        assertEquals(given, device.total());
    }

    @Test
    void theWatchdogGroundsEveryLineAndIsLatched() {
        NucleoRouter router = router();
        router.load(PulseProgram.builder().add(9, Pulse.WEAK_RESET, 100_000).build(), 0, 1);
        link.exchange(fireRequest());
        link.tick();
        assertFalse(wiring.grounded());
        long given = device.total();
        link.nanos.addAndGet(6_000_000_000L);
        link.tick();
        assertTrue(wiring.grounded());
        assertEquals(given, device.total());
        assertEquals(RouterState.GROUNDED_BY_WATCHDOG, router.status().state());

        InstrumentException e = assertThrows(InstrumentException.class,
                () -> router.load(PulseProgram.of(Pulse.WEAK_RESET, 1), 0, 1));
        assertEquals(Firing.NONE, e.firing());
        assertEquals(
                "router refused 'LOAD_BEGIN': 'the host was silent for 6000 ms, so the watchdog grounded every line"
                        + " and dropped the program; acknowledge it' (direct)",
                e.getMessage());
        router.ground();
        assertEquals(RouterState.GROUNDED_BY_WATCHDOG, router.status().state());

        router.acknowledge();
        router.load(PulseProgram.of(Pulse.WEAK_RESET, 1), 0, 1);
        assertEquals(1, router.fire());
    }

    @Test
    void theWatchdogDropsALoadedProgramAndSleepsWithoutOne() {
        NucleoRouter router = router();
        link.nanos.addAndGet(3_600_000_000_000L);
        link.tick();
        assertEquals(RouterState.IDLE, router.status().state());

        router.load(PulseProgram.of(Pulse.WEAK_RESET, 1), 0, 1);
        link.nanos.addAndGet(6_000_000_000L);
        link.tick();
        InstrumentException e = assertThrows(InstrumentException.class, router::fire);
        assertEquals(Firing.POSSIBLE, e.firing());
        assertEquals(0, device.total());
        assertEquals(RouterState.IDLE, router().status().state(), "opening it again acknowledges");
    }

    @Test
    void aGroundedProgramCannotBeBroughtBack() {
        NucleoRouter router = router();
        router.load(PulseProgram.of(Pulse.WEAK_RESET, 1), 0, 1);
        byte[] commit = link.lastRequest();
        router.ground();
        link.exchange(commit);
        link.exchange(frame(6, 999, 1, 0, 0, 0));
        link.tick();
        assertEquals(0, device.total());
        assertEquals(RouterState.IDLE, router.status().state());
    }

    @Test
    void theConsoleAnswersAPersonAndFiresNothing() {
        NucleoRouter router = router();
        router.load(PulseProgram.of(Pulse.WEAK_RESET, 1), 0, 1);
        assertTrue(type("help\r\n").contains("This console looks, it cannot fire"));
        assertTrue(type("status\r").contains("state      loaded\r\n"));
        assertTrue(type("version\n").contains("firmware 1.0.0, protocol 1"));
        assertTrue(type("map\r\n").contains("bit 192..255  source lines"));
        assertEquals("bits {2, 133} of 256\r\n", type("map 2 5 set\r\n"));
        assertTrue(type("map 128 5 set\r\n").contains("rows 0..127"));
        assertEquals("unknown command 'fire'; type help\r\n", type("fire\r\n"));
        assertEquals("", type("\r\n\r\n"));
        assertEquals("", type("\u0001help\r\n"));
        link.tick();
        assertEquals(0, device.total());
        assertEquals(1, router.fire());
    }

    @Test
    void aFrameLeftUnfinishedDoesNotLockAPersonOut() {
        link.exchange(new byte[]{0, 5, 6});
        assertEquals("", type("version\n"));
        link.nanos.addAndGet(300_000_000);
        link.tick();
        assertTrue(type("version\n").contains("memloop router"));
    }

    private String type(String text) {
        return new String(link.exchange(text.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
    }

    private static byte[] fireRequest() {
        return frame(6, 500, 1, 0, 0, 0);
    }

    private static byte[] frame(int code, int sequence, int... body) {
        byte[] bytes = new byte[body.length];
        for (int i = 0; i < body.length; i++) {
            bytes[i] = (byte) body[i];
        }
        return RouterFrames.frame(new RouterFrames.Message(code, sequence, bytes));
    }
}
