package org.memloop.sim.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.array.AbruptDie;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.fit.Measured.Cycle;
import org.memloop.sim.fit.Measured.Response;
import org.memloop.sim.fit.Measured.Settling;
import org.memloop.sim.fit.Measured.Trace;
import org.memloop.sim.random.CellRandom;

/**
 * Do on simulated cells what was done on measured ones: each begins at the conductance that was read, gets the same
 * pulses, and is read as often and as late.
 */
final class Simulation {
    /** Reading of the tester: 0.2 V, the gate at 2.5 V, 1000 samples at 1 MHz. */
    private static final double READ_VOLTS = 0.2;
    private static final double READ_GATE_VOLTS = 2.5;
    private static final double READ_SECONDS = 1e-3;
    private static final double PAUSE_SECONDS = 50e-3;
    /**
     * White noise of the instrument of the relaxation studies, a better one: what contacts of 100 uS and more, which do not
     * settle, change by within 10 ms is that of two readings.
     */
    private static final double QUIET_AMPS = 52e-9;
    private static final long QUIET_TAG = 42;
    /** Cycles of the tester's settings, when a file does not say. */
    private static final double CYCLE_SECONDS = 1e-6;
    private static final double LEAST_SIEMENS = 1e-9;
    /** Cells in place of a traced one, for each copy of the others. */
    private static final int TRACED_CELLS = 8;
    /** Long after programming. */
    private static final double TRACE_SECONDS = 1e6;
    private static final double FORM_VOLTS = 3.3;
    private static final double FORM_GATE_VOLTS = 1.3;
    private static final double FORM_SECONDS = 1e-3;

    private final AbruptFilament technology;
    private final long seed;
    private final int copies;

    /**
     * Simulate cells of a technology.
     *
     * @param copies how many cells stand for each measured one, so that their chances average out
     */
    Simulation(AbruptFilament technology, long seed, int copies) {
        AbruptFilament.Defects d = technology.defects();
        // cells that were measured switch
        this.technology = technology.with(new AbruptFilament.Defects(0, 0, d.stuckSiemens(), 0,
                Double.POSITIVE_INFINITY, d.enduranceShape(), 0));
        this.seed = seed;
        this.copies = copies;
    }

    /** {@return what simulated cells do in place of the measured ones, copy after copy in the order of those} */
    Measured of(Measured cells) {
        Measured measured = cells.times(copies);
        return new Measured(responses(measured.responses()), cycles(measured.cycles()),
                measured.traces().stream().flatMap(this::traces).toList(), settlings(measured.settlings()));
    }

    List<Response> responses(List<Response> responses) {
        List<Response> simulated = new ArrayList<>(responses.size());
        if (responses.isEmpty()) {
            return simulated;
        }
        AbruptDie die = die(responses.size());
        for (int cell = 0; cell < responses.size(); cell++) {
            Response r = responses.get(cell);
            die.prepare(cell, r.beforeSiemens(), 0, r.polarity() == Polarity.SET);
            double before = read(die, cell, PAUSE_SECONDS);
            for (int pulse = 0; pulse < r.pulses(); pulse++) {
                die.pulse(cell, r.polarity(), r.columnVolts(), r.gateVolts(), r.widthSeconds(), 2 * PAUSE_SECONDS);
            }
            simulated.add(r.read(before, read(die, cell, 3 * PAUSE_SECONDS)));
        }
        return simulated;
    }

    private List<Cycle> cycles(List<Cycle> cycles) {
        Map<Long, List<Cycle>> cells = cycles.stream()
                .collect(Collectors.groupingBy(Cycle::address, TreeMap::new, Collectors.toList()));
        List<Cycle> simulated = new ArrayList<>();
        if (cells.isEmpty()) {
            return simulated;
        }
        AbruptDie die = die(cells.size());
        int cell = 0;
        for (Map.Entry<Long, List<Cycle>> entry : cells.entrySet()) {
            cycle(die, cell++, entry.getKey(), entry.getValue(), simulated);
        }
        return simulated;
    }

    private void cycle(AbruptDie die, int cell, long address, List<Cycle> wanted, List<Cycle> simulated) {
        Tester tester = Tester.USUAL;
        double now = PAUSE_SECONDS;
        die.pulse(cell, Polarity.SET, FORM_VOLTS, FORM_GATE_VOLTS, FORM_SECONDS, now);
        int most = wanted.stream().mapToInt(Cycle::number).max().orElse(0);
        for (int number = 1; number <= most; number++) {
            int n = number;
            now += PAUSE_SECONDS;
            die.pulse(cell, Polarity.SET, tester.setVolts(), tester.setGateVolts(), CYCLE_SECONDS, now);
            boolean read = wanted.stream().anyMatch(c -> c.number() == n);
            double low = read ? read(die, cell, now + PAUSE_SECONDS / 4) : 1;
            die.pulse(cell, Polarity.RESET, tester.resetVolts(), tester.resetGateVolts(), CYCLE_SECONDS,
                    now + PAUSE_SECONDS / 2);
            if (read) {
                double high = read(die, cell, now + 3 * PAUSE_SECONDS / 4);
                simulated.add(new Cycle(address, number, 1 / low, 1 / high));
            }
        }
    }

    /** Simulate some cells in place of one: each has noise of its own, and statistics are those of the median cell. */
    private Stream<Trace> traces(Trace trace) {
        int traced = TRACED_CELLS * copies;
        AbruptDie die = die(traced);
        double mean = Arrays.stream(trace.siemens()).average().orElseThrow();
        return IntStream.range(0, traced).mapToObj(cell -> {
            die.prepare(cell, mean, 0, false);
            double[] siemens = new double[trace.seconds().length];
            for (int i = 0; i < siemens.length; i++) {
                siemens[i] = read(die, cell, TRACE_SECONDS + trace.seconds()[i]);
            }
            return new Trace(trace.address(), trace.seconds(), siemens);
        });
    }

    private List<Settling> settlings(List<Settling> settlings) {
        List<Settling> simulated = new ArrayList<>();
        if (settlings.isEmpty()) {
            return simulated;
        }
        Map<Long, List<Settling>> cells = settlings.stream()
                .collect(Collectors.groupingBy(Settling::address, TreeMap::new, Collectors.toList()));
        AbruptDie die = die(cells.size());
        CellRandom random = new CellRandom(seed, QUIET_TAG);
        int cell = 0;
        for (List<Settling> readings : cells.values()) {
            die.prepare(cell, readings.getFirst().initialSiemens(), 0, false);
            die.programmed(cell, PAUSE_SECONDS);
            double first = quiet(die, cell, PAUSE_SECONDS, random);
            List<Settling> ordered = readings.stream().sorted(Comparator.comparing(Settling::seconds))
                    .toList();
            for (Settling r : ordered) {
                simulated.add(new Settling(r.address(), r.seconds(), first,
                        quiet(die, cell, PAUSE_SECONDS + r.seconds(), random)));
            }
            cell++;
        }
        return simulated;
    }

    private AbruptDie die(int cells) {
        return new AbruptDie(new Geometry(1, cells), technology, seed);
    }

    /** Read as the tester does, which records resistances without their sign. */
    private static double read(AbruptDie die, int cell, double now) {
        double amps = die.pulse(cell, Polarity.SET, READ_VOLTS, READ_GATE_VOLTS, READ_SECONDS, now);
        return Math.max(LEAST_SIEMENS, Math.abs(amps) / READ_VOLTS);
    }

    /** Read with the instrument of the relaxation studies. */
    private static double quiet(AbruptDie die, int cell, double now, CellRandom random) {
        double amps = die.quietAmps(cell, READ_VOLTS, READ_GATE_VOLTS, now) + QUIET_AMPS * random.nextGaussian();
        return Math.max(LEAST_SIEMENS, amps / READ_VOLTS);
    }

    /**
     * State how a tester cycles cells.
     *
     * @param setVolts bit line
     * @param setGateVolts gate of SET
     * @param resetVolts source line
     * @param resetGateVolts gate of RESET
     */
    record Tester(double setVolts, double setGateVolts, double resetVolts, double resetGateVolts) {
        /** Its default settings. */
        static final Tester USUAL = new Tester(3.0, 1.3, 3.5, 3.0);
    }
}
