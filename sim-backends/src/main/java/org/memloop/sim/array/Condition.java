package org.memloop.sim.array;

import java.util.Optional;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.instrument.StepTiming;
import org.memloop.sim.device.PulseEffect;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TriodeSolver;

/**
 * Hold one pulse condition made ready for many cells.
 *
 * @param effect what it does to a state
 * @param polarity which line is driven
 * @param columnVolts volts on the driven line
 * @param gateVolts volts on the word line
 * @param widthSeconds length
 * @param reading whether it is low enough for readings to be solved without iterating
 * @param speedSpread standard deviation of the logarithm of a cell's speed from one turn of direction to the next
 * @param redraws in how many of 2048 pulses a thin contact finds another arrangement
 * @param beside what the other cells of the column feel, empty when it is too little for a lifetime of such pulses
 */
record Condition(PulseEffect effect, Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
        boolean reading, float speedSpread, int redraws, Optional<Shut> beside) {

    static Condition of(Technology technology, PulseEffect effect, Polarity polarity, double columnVolts,
            double gateVolts, double widthSeconds, Optional<Shut> beside) {
        Technology.Cycling cycling = technology.cycling();
        boolean set = polarity == Polarity.SET;
        // between the weak and the hard RESET of table 4.1 nothing is known: go linearly in the column volts
        double hardness = Math.clamp(
                (columnVolts - cycling.weakVolts()) / (cycling.hardVolts() - cycling.weakVolts()), 0, 1);
        double spread = set ? cycling.setLog() : cycling.weakLog() + hardness * (cycling.hardLog() - cycling.weakLog());
        double redraw = set ? 1 : cycling.weakRedraw() + hardness * (1 - cycling.weakRedraw());
        return new Condition(effect, polarity, columnVolts, gateVolts, widthSeconds,
                new TriodeSolver(technology).fits(polarity, columnVolts), (float) spread,
                (int) Math.round(2048 * redraw), beside);
    }

    /** {@return whether the pulse changes cells; weaker ones move a state by far less than one quantum} */
    boolean wears() {
        return columnVolts > Pulse.NON_DISTURBING_VOLTS;
    }

    /** {@return in which direction it switches, 1 or 2} */
    int direction() {
        return 1 + polarity.ordinal();
    }

    /** {@return when the pulse after one that started at a time starts, seconds} */
    double next(double startSeconds, StepTiming timing) {
        return startSeconds + (widthSeconds + timing.recoverySeconds()) + timing.settleSeconds();
    }

    boolean is(Polarity otherPolarity, double otherColumnVolts, double otherGateVolts, double otherWidthSeconds) {
        return polarity == otherPolarity && columnVolts == otherColumnVolts && gateVolts == otherGateVolts
                && widthSeconds == otherWidthSeconds;
    }
}
