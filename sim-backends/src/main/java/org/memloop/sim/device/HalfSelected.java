package org.memloop.sim.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
 * Behind a transistor that shuts well the drift differs from that of a cell left alone by so little that a die need not
 * follow it: {@link #checks} shows by how little, {@link #matters} tells where a die has to.
 */
public final class HalfSelected {
    /** How many pulses each neighbour gets in its life. */
    public static final double PULSES_OF_A_CELL = 1e7;
    /** How many pulses of a column a cell sees in its life: those of 127 neighbours. */
    private static final double PULSES = 127 * PULSES_OF_A_CELL;
    /** A lifetime that moves a state by less, or uses up less of a virgin oxide's time to breakdown, is not followed. */
    private static final double LEAST = 1e-3;
    /** Of virgin cells that one counts which is weaker than others by so many standard deviations. */
    private static final double WEAK = 4;

    private final Technology technology;
    private final CellSolver solver;
    private final Map<Line, Double> speeds = new HashMap<>();

    private record Line(Polarity polarity, double columnVolts) {}

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

    /**
     * Tell whether cells whose column is driven while their gate is shut move by 1e-3 channels or more, or use up so much of
     * their time to breakdown while they are virgin.
     *
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @param seconds for how long in a lifetime
     * @return whether they have to be followed
     */
    public boolean matters(Polarity polarity, double columnVolts, double seconds) {
        return seconds * speeds.computeIfAbsent(new Line(polarity, columnVolts), this::perSecond) >= LEAST;
    }

    private double perSecond(Line line) {
        return Math.max(inColumnPerSecond(line.polarity, line.columnVolts),
                breakdownsPerSecond(line.polarity, line.columnVolts));
    }

    /**
     * Tell how fast a weak virgin cell uses up its time to breakdown behind a shut gate.
     *
     * @param polarity which line is driven
     * @param columnVolts volts on the driven line
     * @return shares of the mean time to breakdown, beyond those of a cell left alone, 1/s
     */
    public double breakdownsPerSecond(Polarity polarity, double columnVolts) {
        Technology.Forming forming = technology.forming();
        double volts = solver.solve(forming.virginSiemens(), forming.virginFieldPerVolt(), technology.transistor(),
                polarity, columnVolts, 0).cellVolts();
        double weakVolts = forming.breakdownVolts() - WEAK * forming.breakdownSpreadVolts();
        double alone = Math.exp(-forming.breakdownSteepnessPerVolt() * weakVolts) / forming.breakdownTimeSeconds();
        return alone * Math.expm1(forming.breakdownSteepnessPerVolt() * volts);
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
