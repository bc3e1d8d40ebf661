package org.memloop.sim.device;

import java.util.ArrayList;
import java.util.List;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.check.Check;

/**
 * Tell what the neighbours of a pulsed cell feel. Word lines run along rows, bit and source lines along columns, and lines
 * that are not driven are grounded (thesis, figures 4.5b and 4.8):
 *
 * <pre>
 *                          gate     column line
 *   the pulsed cell        Vg       Vcol
 *   its row                Vg       0             the transistor is open, but there is nothing to drive a current
 *   its column             0        Vcol          the volts are there, but the transistor is shut
 *   all others             0        0
 * </pre>
 *
 * With the transistor shut the drift differs from that of a cell left alone by so little that a die need not follow it:
 * {@link #checks} shows by how little.
 */
public final class HalfSelected {
    /** How many pulses of a column a cell sees in its life: ten million on each of 127 neighbours. */
    private static final double PULSES = 127e7;

    private final Technology technology;
    private final CellSolver solver;

    /**
     * Look at one technology.
     *
     * @param technology its constants
     */
    public HalfSelected(Technology technology) {
        this.technology = technology;
        solver = new CellSolver(technology);
    }

    /**
     * Tell how much faster than a cell left alone a cell moves whose column is driven while its gate is shut.
     *
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @return the largest difference of speeds over all states, 1/s
     */
    public double inColumnPerSecond(Polarity polarity, double columnVolts) {
        return fastest(polarity, columnVolts, 0);
    }

    /**
     * Tell the same of a cell whose gate is open while its column is grounded.
     *
     * @param gateVolts volts on the word line
     * @return the largest difference of speeds over all states, 1/s
     */
    public double inRowPerSecond(double gateVolts) {
        return fastest(Polarity.SET, 0, gateVolts);
    }

    private double fastest(Polarity polarity, double columnVolts, double gateVolts) {
        CellPhysics cell = technology.cell();
        double fastest = 0;
        for (double state = cell.lowestState(); state <= cell.highestState(); state += 0.05) {
            double alone = solver.motion(state, Polarity.SET, 0, 0).perSecond();
            double driven = solver.motion(state, polarity, columnVolts, gateVolts).perSecond();
            fastest = Math.max(fastest, Math.abs(driven - alone));
        }
        return fastest;
    }

    /** {@return for each pulse of table 4.1, how far a lifetime of a column's pulses moves its other cells at most} */
    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        for (Pulse pulse : Pulse.TABLE_4_1) {
            double seconds = PULSES * pulse.widthSeconds();
            checks.add(Check.atMost("disturb", pulse.name() + " of a column's other cells, 1.27e9 pulses", "channels",
                    1e-3, seconds * inColumnPerSecond(pulse.polarity(), pulse.columnVolts())));
            checks.add(Check.atMost("disturb", pulse.name() + " of a row's other cells, 1.27e9 pulses", "channels",
                    1e-3, seconds * inRowPerSecond(pulse.gateVolts())));
        }
        return checks;
    }
}
