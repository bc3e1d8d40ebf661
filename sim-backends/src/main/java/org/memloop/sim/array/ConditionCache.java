package org.memloop.sim.array;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.HalfSelected;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.PulseEffect;

/** Keep the conditions used lately; a table of one takes a few milliseconds to compute. */
final class ConditionCache {
    private static final int MOST = 64;

    private final Technology technology;
    private final CellSolver solver;
    private final Map<Drive, PulseEffect> effects = new Recent<>();
    private final Map<Timed, Condition> conditions = new Recent<>();
    private final Map<Drive, Shut> shut = new Recent<>();
    private final Optional<HalfSelected> neighbours;
    private final double pulsesBeside;
    private Condition last;

    /** Keep conditions; of pulses on so many other cells of a column a cell feels what matters, if it feels anything. */
    ConditionCache(Technology technology, CellSolver solver, Optional<HalfSelected> neighbours, int cellsBeside) {
        this.technology = technology;
        this.solver = solver;
        this.neighbours = neighbours;
        pulsesBeside = cellsBeside * HalfSelected.PULSES_OF_A_CELL;
    }

    private record Drive(Polarity polarity, double columnVolts, double gateVolts) {}

    private record Timed(Drive drive, double widthSeconds) {}

    Condition get(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        if (last == null || !last.is(polarity, columnVolts, gateVolts, widthSeconds)) {
            Drive drive = new Drive(polarity, columnVolts, gateVolts);
            last = conditions.computeIfAbsent(new Timed(drive, widthSeconds), timed -> Condition.of(
                    technology, effect(drive), polarity, columnVolts, gateVolts, widthSeconds, beside(timed)));
        }
        return last;
    }

    private Optional<Shut> beside(Timed timed) {
        Drive open = timed.drive;
        return neighbours.filter(
                n -> n.matters(open.polarity, open.columnVolts, pulsesBeside * timed.widthSeconds))
                .map(_ -> shut.computeIfAbsent(new Drive(open.polarity, open.columnVolts, 0),
                        drive -> new Shut(effect(drive), drive.polarity, drive.columnVolts)));
    }

    private PulseEffect effect(Drive drive) {
        return effects.computeIfAbsent(drive,
                d -> technology.cell().effect(solver, d.polarity, d.columnVolts, d.gateVolts));
    }

    /** Forget the entry used longest ago. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }
}
