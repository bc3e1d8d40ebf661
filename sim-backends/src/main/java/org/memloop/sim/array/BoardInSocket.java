package org.memloop.sim.array;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.lab.ResistorBoard;

/**
 * Be a board of known resistors in the place of a die: each behind a switch that its word line closes, and behind the
 * multiplexers and the 50 ohm input that the current returns through.
 *
 * @param board the resistors
 */
public record BoardInSocket(ResistorBoard board) implements DeviceUnderTest {
    /** Gate volts above which a switch is closed. */
    static final double GATE_VOLTS = 1;
    /** Two multiplexers and the input. */
    static final double PATH_OHMS = 60 + 60 + 50;

    @Override
    public Geometry geometry() {
        return board.geometry();
    }

    @Override
    public double pulse(int cell, Pulse.Polarity polarity, double columnVolts, double gateVolts, double widthSeconds,
            double startSeconds) {
        return gateVolts > GATE_VOLTS ? columnVolts / (board.ohms(cell, polarity) + PATH_OHMS) : 0;
    }

    /** A cell that conducts in SET polarity alone has its resistor on the return, and needs no source line. */
    @Override
    public double pulseWithoutReturn(int cell, Pulse.Polarity polarity, double columnVolts, double gateVolts,
            double widthSeconds, double startSeconds) {
        boolean toReturn = polarity == Pulse.Polarity.SET && Double.isInfinite(board.ohms(cell, Pulse.Polarity.RESET));
        return toReturn ? pulse(cell, polarity, columnVolts, gateVolts, widthSeconds, startSeconds) : 0;
    }
}
