package org.memloop.campaign;

import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Readings.Quality;
import org.memloop.bench.Replay;

/**
 * Look at every program of a campaign before it leaves and at what comes back: this is where a campaign is paused, ended
 * by a person, or stopped by a rule, always between two programs, with every line on ground.
 */
final class WatchedBench implements Bench {
    /** Long rests are cut up, so that a person need not wait for their end. */
    private static final double REST_SECONDS = 10;

    private final Bench inner;
    private final Runnable control;
    private final StopRules rules;
    private final long[] pulses;
    private StopRules stageRules = StopRules.NONE;
    private int complianceHits;
    private int stageComplianceHits;
    private int errors;
    private double beganSeconds = Double.NEGATIVE_INFINITY;
    private double stageBeganSeconds = Double.NEGATIVE_INFINITY;
    private double nowSeconds;

    WatchedBench(Bench inner, StopRules rules, Runnable control) {
        this.inner = inner;
        this.rules = rules;
        this.control = control;
        pulses = new long[inner.capabilities().geometry().cells()];
    }

    /** Rules of a stage count from its beginning. */
    void begin(StopRules ofStage) {
        stageRules = ofStage;
        stageComplianceHits = 0;
        stageBeganSeconds = nowSeconds;
        errors = 0;
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public Readings run(PulseProgram program) {
        if (program.size() == 0) {
            return inner.run(program);
        }
        control.run();
        watchTime();
        watchWear(program);
        Readings readings = attempt(program);
        for (int i = 0; i < readings.size(); i++) {
            if (readings.quality(i) == Quality.IN_COMPLIANCE || readings.quality(i) == Quality.SATURATED) {
                complianceHits++;
                stageComplianceHits++;
            }
        }
        // an answer that was lost in a crash has no time
        if (readings.size() > 0 && readings.quality(readings.size() - 1) != Quality.LOST) {
            nowSeconds = readings.seconds(readings.size() - 1);
            beganSeconds = beganSeconds < 0 ? nowSeconds : beganSeconds;
        }
        return readings;
    }

    private void watchTime() {
        watchTime(rules, nowSeconds - beganSeconds, "campaign");
        watchTime(stageRules, nowSeconds - stageBeganSeconds, "stage");
        watchCompliance(rules, complianceHits, "campaign");
        watchCompliance(stageRules, stageComplianceHits, "stage");
    }

    private static void watchTime(StopRules rules, double seconds, String what) {
        if (rules.seconds().isPresent() && Double.isFinite(seconds) && seconds > rules.seconds().getAsDouble()) {
            throw new StopException("stop rule time: the " + what + " has taken " + Math.round(seconds) + " s of the "
                    + rules.seconds().getAsDouble() + " s it may");
        }
    }

    private static void watchCompliance(StopRules rules, int hits, String what) {
        if (rules.complianceHits().isPresent() && hits > rules.complianceHits().getAsInt()) {
            throw new StopException("stop rule compliance-hits: " + hits + " readings of the " + what
                    + " were in compliance or out of range, " + rules.complianceHits().getAsInt() + " may be");
        }
    }

    private void watchWear(PulseProgram program) {
        if (rules.pulsesPerCell().isEmpty() && stageRules.pulsesPerCell().isEmpty()) {
            return;
        }
        long most = Math.min(rules.pulsesPerCell().orElse(Long.MAX_VALUE),
                stageRules.pulsesPerCell().orElse(Long.MAX_VALUE));
        for (int step = 0; step < program.size(); step++) {
            Pulse pulse = program.pulse(step);
            if (pulse.wears()) {
                int cell = program.cell(step);
                pulses[cell] += program.count(step);
                if (pulses[cell] > most) {
                    throw new StopException("stop rule pulses-per-cell: "
                            + capabilities().geometry().describe(cell) + " would have had " + pulses[cell]
                            + " pulses, " + most + " are allowed; nothing more was fired");
                }
            }
        }
    }

    /** A program that certainly fired nothing may be tried again; one that perhaps did never is. */
    private Readings attempt(PulseProgram program) {
        int allowed = Math.max(rules.instrumentErrors(), stageRules.instrumentErrors());
        while (true) {
            try {
                return inner.run(program);
            } catch (InstrumentException | LinkException e) {
                if (e.firing() != Firing.NONE || ++errors > allowed) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        double left = seconds;
        while (left > 0) {
            control.run();
            double part = Math.min(left, REST_SECONDS);
            inner.rest(part);
            nowSeconds += part;
            left -= part;
        }
    }

    @Override
    public int exhaustedCells() {
        return inner.exhaustedCells();
    }

    @Override
    public Optional<Replay> replay() {
        return inner.replay();
    }

    @Override
    public void close() {
        inner.close();
    }
}
