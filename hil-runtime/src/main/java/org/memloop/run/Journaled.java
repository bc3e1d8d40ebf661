package org.memloop.run;

import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Replay;

/** Write every program into the journal before it leaves for the array, and its outcome after. */
final class Journaled implements Bench {
    private final Bench inner;
    private final Journal journal;
    private boolean unrecorded;

    Journaled(Bench inner, Journal journal) {
        this.inner = inner;
        this.journal = journal;
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public Readings run(PulseProgram program) {
        long intent = journal.intend(program);
        Readings readings;
        try {
            readings = inner.run(program);
        } catch (BenchException e) {
            journal.failed(intent, e.firing(), e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            journal.failed(intent, BenchException.Firing.POSSIBLE, String.valueOf(e));
            throw e;
        }
        journal.done(intent, readings);
        return readings;
    }

    @Override
    public void rest(double seconds) {
        inner.rest(seconds);
    }

    /** What a recording does follows from its file and seed: the journal says once that it says no more. */
    @Override
    public Optional<Replay> replay() {
        Optional<Replay> replay = inner.replay();
        if (replay.isPresent() && !unrecorded) {
            journal.unrecorded(
                    "pulses on a recording, which file and seed tell again: " + capabilities().description());
            unrecorded = true;
        }
        return replay;
    }

    @Override
    public int exhaustedCells() {
        return inner.exhaustedCells();
    }

    @Override
    public void close() {
        inner.close();
    }
}
