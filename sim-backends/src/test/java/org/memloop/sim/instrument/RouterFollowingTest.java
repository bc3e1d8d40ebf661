package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.memloop.instrument.router.RouterState;

/** The router steps by the triggers of a pulse-measure unit: FOLLOW. */
class RouterFollowingTest {
    private static final Geometry ARRAY = new Geometry(128, 64);
    private static final Wiring.Drive DRIVE = new Wiring.Drive(0.9, 4.5, 0.6e-6);
    private static final PulseProgram PROGRAM = PulseProgram.builder().add(7, Pulse.WEAK_RESET, 2)
            .add(300, Pulse.WEAK_RESET, 1).add(8000, Pulse.WEAK_RESET, 3).build();

    private final CountingDevice device = new CountingDevice(ARRAY);
    private final Wiring wiring = new Wiring(device);
    private final NucleoRouter router = new NucleoRouter(new DirectLink(wiring, device), StepTiming.USUAL, "router");
    private final double period = router.followSeconds(Pulse.WEAK_RESET.widthSeconds());

    /** Give a pulse, with or without its trigger, then let the rest of a period pass. */
    private void pulse(boolean triggered, double periodSeconds) {
        if (triggered) {
            wiring.stepTrigger();
        }
        wiring.pulse(DRIVE);
        wiring.advance(periodSeconds - DRIVE.widthSeconds());
    }

    private InstrumentException fails(Runnable triggers) {
        router.load(PROGRAM, 0, 3);
        InstrumentException e = assertThrows(InstrumentException.class, () -> router.follow(period, triggers));
        assertEquals(Firing.POSSIBLE, e.firing());
        assertTrue(wiring.grounded());
        return e;
    }

    @Test
    void everyPulseReachesTheCellWhoseTurnItIs() {
        router.load(PROGRAM, 0, 3);
        Load load = router.loaded().orElseThrow();
        assertEquals(6, router.follow(period, () -> {
            for (int i = 0; i < 6; i++) {
                pulse(true, period);
            }
        }));
        assertEquals(2, device.pulses(7, Polarity.RESET));
        assertEquals(1, device.pulses(300, Polarity.RESET));
        assertEquals(3, device.pulses(8000, Polarity.RESET));
        assertEquals(6, device.total());
        assertTrue(wiring.grounded());
        assertEquals(RouterState.DONE, router.status().state());
        assertEquals(load.id(), router.status().loadId());
        assertThrows(InstrumentException.class, () -> router.follow(period, () -> pulse(true, period)));
        assertEquals(6, device.total());
    }

    @Test
    void aMissedTriggerCostsOnePulseAndNoOtherCellGetsAny() {
        InstrumentException e = fails(() -> {
            pulse(true, period);
            pulse(true, period);
            pulse(false, period); // cell 300 gets this one; its trigger was not seen
            pulse(true, period);
            pulse(true, period);
            pulse(true, period);
        });
        assertTrue(e.getMessage().contains("aborted after 2 of 6 triggers"), e.getMessage());
        assertEquals(2, device.pulses(7, Polarity.RESET));
        assertEquals(1, device.pulses(300, Polarity.RESET));
        assertEquals(3, device.total());
    }

    @Test
    void aTriggerThatComesTooEarlyStopsIt() {
        fails(() -> {
            pulse(true, period);
            wiring.stepTrigger();
            wiring.stepTrigger(); // a bounce, before the cell could have been changed
            for (int i = 0; i < 4; i++) {
                pulse(true, period);
            }
        });
        assertEquals(1, device.total());
    }

    @Test
    void tooFewTriggersAreToldAndTooManyPulsesReachNothing() {
        InstrumentException few = fails(() -> pulse(true, 10 * period));
        assertTrue(few.getMessage().contains("aborted after 1 of 6 triggers"), few.getMessage());
        long before = device.total();
        router.load(PROGRAM, 0, 3);
        router.follow(period, () -> {
            for (int i = 0; i < 9; i++) {
                pulse(true, period);
            }
        });
        assertEquals(before + 6, device.total());
    }

    @Test
    void whoeverGivesTheTriggersMayFailAndTheLinesAreGrounded() {
        router.load(PROGRAM, 0, 3);
        assertThrows(IllegalStateException.class, () -> router.follow(period, () -> {
            throw new IllegalStateException("the unit is gone");
        }));
        assertTrue(wiring.grounded());
        assertEquals(0, device.total());
    }
}
