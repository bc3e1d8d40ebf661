package org.memloop.sim.device;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.CellSolver.Motion;
import org.memloop.sim.device.CellSolver.OperatingPoint;

/**
 * State the physics of one nominal cell, whose condition is one number: how a state conducts, and what a pulse does to
 * it. A kind of physics is one record of constants that implements this, and a line in {@link TechnologyCard}.
 */
public interface CellPhysics {
    /** {@return the lowest state} */
    double lowestState();

    /** {@return the highest state} */
    double highestState();

    /**
     * Tell the small-signal conductance G of a state.
     *
     * @param state the state
     * @return siemens
     */
    double siemens(double state);

    /**
     * Tell the non-linearity of a state.
     *
     * @param state the state
     * @return a of {@code I = G sinh(a V) / a}, 1/V
     */
    double perVolt(double state);

    /**
     * Tell how fast a state moves.
     *
     * @param state the state
     * @param point volts and current, magnitudes
     * @param polarity which line is driven
     * @return temperature and speed
     */
    Motion motion(double state, OperatingPoint point, Polarity polarity);

    /**
     * Make ready what pulses of one height do.
     *
     * @param solver shares the volts out between cell and transistor
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @param gateVolts volts on the word line
     * @return what such pulses do
     */
    PulseEffect effect(CellSolver solver, Polarity polarity, double columnVolts, double gateVolts);

    /** {@return the same physics without chance of its own} */
    CellPhysics steady();
}
