package org.memloop.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.memloop.bench.Pulse.Polarity;

class PulseProgramTest {
    @Test
    void keepsStepsInOrderAndCountsThem() {
        PulseProgram program = PulseProgram.builder().add(5, Pulse.SET).add(6, Pulse.READ, 3)
                .add(5, Pulse.WEAK_RESET, 1000).add(7, Pulse.READ).build();
        assertEquals(4, program.size());
        assertEquals(1005, program.pulseCount());
        assertEquals(4, program.readingCount());
        assertEquals(List.of(Pulse.SET, Pulse.READ, Pulse.WEAK_RESET), program.pulses());
        assertEquals(6, program.cell(1));
        assertEquals(Pulse.READ, program.pulse(3));
        assertEquals(1, program.kind(3));
        assertEquals(1000, program.count(2));
    }

    @Test
    void growsAndDoesNotChangeOnceBuilt() {
        PulseProgram.Builder builder = PulseProgram.builder();
        for (int cell = 0; cell < 1000; cell++) {
            builder.add(cell, Pulse.READ);
        }
        PulseProgram program = builder.build();
        builder.add(0, Pulse.SET);
        assertEquals(1000, program.size());
        assertEquals(999, program.cell(999));
        assertEquals(1001, builder.size());
    }

    @Test
    void findsTheStretchThatSharesOnePulse() {
        PulseProgram program = PulseProgram.builder().addAll(new int[]{1, 2, 3}, Pulse.SET).add(1, Pulse.READ)
                .add(2, Pulse.SET).build();
        assertEquals(3, program.segmentEnd(0));
        assertEquals(4, program.segmentEnd(3));
        assertEquals(5, program.segmentEnd(4));
    }

    @Test
    void takesEqualPulsesAsOne() {
        Pulse again = new Pulse("SET", Polarity.SET, 2.0, 2.5, 50e-6, false);
        PulseProgram program = PulseProgram.builder().add(0, Pulse.SET).add(0, again).build();
        assertEquals(1, program.pulses().size());
        assertEquals(PulseProgram.of(Pulse.SET, 0, 0), program);
        assertNotEquals(PulseProgram.of(Pulse.SET, 0, 1), program);
    }

    @Test
    void refusesStepsThatCannotBe() {
        PulseProgram.Builder builder = PulseProgram.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.add(-1, Pulse.READ));
        assertThrows(IllegalArgumentException.class, () -> builder.add(0, Pulse.READ, 0));
        for (int i = 1; i <= 127; i++) {
            builder.add(0, new Pulse("P", Polarity.SET, 0.001 * i, 3, 1e-6, false));
        }
        assertThrows(IllegalArgumentException.class, () -> builder.add(0, Pulse.SET));
        assertEquals(127, builder.build().pulses().size());
    }

    @Test
    void refusesPulsesThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new Pulse("P", Polarity.SET, -0.1, 3, 1e-6, false));
        assertThrows(IllegalArgumentException.class, () -> new Pulse("P", Polarity.SET, Double.NaN, 3, 1e-6, false));
        assertThrows(IllegalArgumentException.class,
                () -> new Pulse("P", Polarity.SET, 1, Double.POSITIVE_INFINITY, 1e-6, false));
        assertThrows(IllegalArgumentException.class, () -> new Pulse("P", Polarity.SET, 1, 3, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Pulse(" ", Polarity.SET, 1, 3, 1e-6, false));
    }
}
