package org.memloop.sim.array;

import java.util.LinkedHashMap;
import java.util.Map;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.CellSolver;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.PulseEffect;

/** Keep the conditions used lately; a table of one takes a few milliseconds to compute. */
final class ConditionCache {
    private static final int MOST = 64;

    private final Technology technology;
    private final CellSolver solver;
    private final Map<Drive, PulseEffect> effects = new Recent<>();
    private final Map<Timed, Condition> conditions = new Recent<>();
    private Condition last;

    ConditionCache(Technology technology, CellSolver solver) {
        this.technology = technology;
        this.solver = solver;
    }

    private record Drive(Polarity polarity, double columnVolts, double gateVolts) {}

    private record Timed(Drive drive, double widthSeconds) {}

    Condition get(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds) {
        if (last == null || !last.is(polarity, columnVolts, gateVolts, widthSeconds)) {
            Drive drive = new Drive(polarity, columnVolts, gateVolts);
            last = conditions.computeIfAbsent(new Timed(drive, widthSeconds), timed -> Condition.of(
                    technology, effect(drive), polarity, columnVolts, gateVolts, widthSeconds));
        }
        return last;
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
