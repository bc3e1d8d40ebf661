package org.memloop.sim.array;

import java.util.Optional;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.PulseEffect;

/**
 * Hold what a driven column does to those of its cells whose gates are shut.
 *
 * @param effect what it does to a state
 * @param polarity which line is driven
 * @param columnVolts volts on it
 */
record Shut(PulseEffect effect, Polarity polarity, double columnVolts) {
    /** {@return what a pulse is to the others of its column: so many seconds of this} */
    static Optional<Beside.Dose<Shut>> dose(Condition condition) {
        return condition.beside().map(drive -> new Beside.Dose<>(drive, condition.widthSeconds()));
    }
}
