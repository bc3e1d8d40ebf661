package org.memloop.sim.array;

import java.util.List;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;

/**
 * Pulse a die fast: conditions are made ready once, and cells are touched before they are needed. Different threads may
 * pulse different cells at the same time, once the conditions are compiled.
 *
 * @param <C> a condition made ready
 */
interface PulsedDie<C> {
    /** {@return the shape of the array} */
    Geometry geometry();

    /** Make a condition ready; not to be called from two threads at once. */
    C compile(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds);

    /** Let the cells of a program feel what they have still to feel of pulses before it, on one thread. */
    void begin(PulseProgram program, double nowSeconds);

    /** Let other cells feel a program that has ended, sooner or later, on one thread. */
    void end(PulseProgram program, List<C> conditions, double nowSeconds);

    /** Apply one pulse and measure it. {@return mean current, amperes} */
    double pulse(int cell, C condition, double startSeconds);

    /** {@return an empty batch with room for so many pulses} */
    default Batch batch(int room) {
        return new Batch(room, 0);
    }

    /** Apply pulses one after another and measure them: their currents go into the batch. */
    default void pulse(Batch batch, C condition) {
        for (int i = 0; i < batch.count; i++) {
            batch.amps[i] = pulse(batch.cells[i], condition, batch.startSeconds[i]);
        }
    }

    /** Apply a train of equal pulses without measuring. {@return when the last of them started, seconds} */
    double train(int cell, C condition, int count, double firstSeconds, StepTiming timing);

    /**
     * Load what pulses of a cell will need. Many cells touched in a row come out of main memory at the same time; pulsed
     * in a row, each would wait for its own.
     *
     * @return nothing of meaning, so that the loads count as used
     */
    default int touch(int cell, C condition) {
        return 0;
    }
}
