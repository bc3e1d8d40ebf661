package org.memloop.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.memloop.bench.Bench;
import org.memloop.bench.Blueprint;
import org.memloop.bench.Capabilities;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Readings.Quality;
import org.memloop.bench.Safeguard;

/**
 * Be a bench on paper: count what programs would do, how long they would take and which limits they would break, and answer
 * as a cell of the thesis would on average. Nothing is connected and nothing is fired.
 *
 * <pre>
 *   virgin            0.2 uS      formed by a bit-line pulse of 2 V or more, to 30 uS
 *   SET, 1 V or more  55 uS/V * (gate - 0.85 V), at most 120 uS; weaker ones add 1 %
 *   RESET             1.5 V or more: 3.3 uS; up to 0.95 V: 6.4 nS less with each pulse; in between, up to 60 uS less
 * </pre>
 */
public final class Rehearsal implements Bench {
    private static final int MOST_VIOLATIONS = 20;
    private static final double VIRGIN = 0.2e-6;
    private static final double FORMED = 30e-6;
    private static final double HRS = 3.3e-6;

    private final Blueprint blueprint;
    private final Safeguard safeguard;
    private final double[] siemens;
    private final long[] wear;
    private final Map<String, Long> pulses = new LinkedHashMap<>();
    private final Set<String> violations = new LinkedHashSet<>();
    private double clockSeconds;
    private double restSeconds;
    private double overheadSeconds;
    private long readings;

    /**
     * Put a bench on paper.
     *
     * @param blueprint what it will be
     * @param formed whether its cells are taken to be formed and set already, as those of a recording are
     */
    public Rehearsal(Blueprint blueprint, boolean formed) {
        this.blueprint = blueprint;
        safeguard = new Safeguard(blueprint.capabilities());
        siemens = new double[blueprint.capabilities().geometry().cells()];
        java.util.Arrays.fill(siemens, formed ? set(Pulse.SET.gateVolts()) : VIRGIN);
        wear = new long[siemens.length];
    }

    /**
     * Take cells to be formed and set already, as they are known to be.
     *
     * @param cells their numbers
     */
    public void takeFormed(int... cells) {
        for (int cell : cells) {
            siemens[cell] = set(Pulse.SET.gateVolts());
        }
    }

    @Override
    public Capabilities capabilities() {
        return blueprint.capabilities();
    }

    @Override
    public Readings run(PulseProgram program) {
        try {
            safeguard.admit(program);
        } catch (LimitException e) {
            if (violations.size() < MOST_VIOLATIONS) {
                violations.add(e.getMessage().replace("; nothing was fired", "").replace(". Nothing was fired", ""));
            }
        }
        Readings.Builder answers = Readings.builder(program.readingCount());
        int last = -1;
        for (int step = 0; step < program.size(); step++) {
            overheadSeconds += blueprint.stepSeconds()
                    + (program.kind(step) == last ? 0 : blueprint.segmentSeconds());
            last = program.kind(step);
            if (capabilities().geometry().contains(program.cell(step))) {
                step(program, step, answers);
            }
        }
        return answers.build();
    }

    private void step(PulseProgram program, int step, Readings.Builder answers) {
        Pulse pulse = program.pulse(step);
        int cell = program.cell(step);
        int count = program.count(step);
        double period = blueprint.settleSeconds() + pulse.widthSeconds() + blueprint.recoverySeconds();
        if (pulse.wears()) {
            wear[cell] += count;
            pulses.merge(pulse.name(), (long) count, Long::sum);
            siemens[cell] = after(siemens[cell], pulse, count);
        }
        for (int k = 0; pulse.measured() && k < count; k++) {
            answers.add(step, pulse.columnVolts(), siemens[cell] * pulse.columnVolts(),
                    clockSeconds + k * period + blueprint.settleSeconds(), Quality.GOOD);
        }
        readings += pulse.measured() ? count : 0;
        clockSeconds += count * period;
    }

    private static double set(double gateVolts) {
        return Math.clamp(55e-6 * (gateVolts - 0.85), HRS, 120e-6);
    }

    private static double after(double before, Pulse pulse, int count) {
        double volts = pulse.columnVolts();
        if (before < 2 * VIRGIN) {
            return pulse.polarity() == Polarity.SET && volts >= 2 ? FORMED : before;
        }
        if (pulse.polarity() == Polarity.SET) {
            return volts >= 1
                    ? Math.max(before, set(pulse.gateVolts()))
                    : Math.min(before * Math.pow(1.01, count), 1e-3);
        }
        double step = volts <= 0.95 ? 6.4e-9 : volts >= 1.5 ? before : 60e-6 * (volts - 0.95) / 0.55;
        return Math.max(HRS, before - count * step);
    }

    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        clockSeconds += seconds;
        restSeconds += seconds;
    }

    @Override
    public void close() {
        // there is nothing to ground
    }

    /** {@return how many wearing pulses there would be, by the pulse's name} */
    public Map<String, Long> pulses() {
        return Map.copyOf(pulses);
    }

    /** {@return how many readings there would be} */
    public long readings() {
        return readings;
    }

    /** {@return how many wearing pulses each cell would get, by cell number} */
    public long[] wear() {
        return wear.clone();
    }

    /** {@return limits that would be broken, a line each; the first twenty} */
    public Set<String> violations() {
        return Set.copyOf(violations);
    }

    /** {@return time that pulses, their pauses and rests would take, seconds} */
    public double clockSeconds() {
        return clockSeconds;
    }

    /** {@return the part of that time that is rest, seconds} */
    public double restSeconds() {
        return restSeconds;
    }

    /** {@return time that telling and setting up the instruments would take, seconds} */
    public double overheadSeconds() {
        return overheadSeconds;
    }
}
