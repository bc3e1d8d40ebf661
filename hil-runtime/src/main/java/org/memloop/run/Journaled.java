package org.memloop.run;

import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Replay;

/**
 * Write every program into the journal before it leaves for the array, its loads before they are fired, and its outcome
 * after. Of a recorded session, what followed from each request is written down as it was.
 */
final class Journaled implements Marked {
    private final Bench inner;
    private final Journal journal;
    private long current;
    private boolean unrecorded;
    private boolean repeating;

    Journaled(Bench inner, Journal journal) {
        this.inner = inner;
        this.journal = journal;
        inner.tell(notice -> {
            if (!repeating) {
                journal.notice(current, notice);
            }
        });
        copyRecorded();
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public Readings run(PulseProgram program) {
        return run(program, 0);
    }

    /** Run a program that completes an unfinished one, 0 for none. */
    Readings run(PulseProgram program, long completes) {
        return outcome(journal.intend(program, completes), program);
    }

    /** Run a program whose intent is in the journal. */
    Readings outcome(long intent, PulseProgram program) {
        current = intent;
        Readings readings;
        try {
            readings = inner.run(program);
        } catch (RuntimeException e) {
            if (!copyRecorded()) {
                failed(intent, e);
            }
            throw e;
        }
        if (!copyRecorded()) {
            journal.done(intent, readings);
        }
        return readings;
    }

    /** Do once more, on an array made anew, what is in the journal already. */
    Readings again(PulseProgram program) {
        repeating = true;
        try {
            return inner.run(program);
        } finally {
            repeating = false;
        }
    }

    private void failed(long intent, RuntimeException failure) {
        try {
            journal.failed(intent, failure);
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // without an outcome the intent is unfinished, which says as much
        }
    }

    /** {@return whether what followed is recorded already} */
    private boolean copyRecorded() {
        if (!(inner instanceof Replaying replaying)) {
            return false;
        }
        return replaying.takeRest().map(rest -> {
            rest.forEach(journal::copy);
            return true;
        }).orElse(false);
    }

    @Override
    public void mark(String stage, long done, long of) {
        if (inner instanceof Replaying replaying) {
            replaying.mark(stage, done, of);
        }
        journal.mark(stage, done, of);
        copyRecorded();
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

    /** The word that is in the journal already is not said again. */
    void saidUnrecorded() {
        unrecorded = true;
    }

    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        journal.rest(seconds);
        inner.rest(seconds);
        copyRecorded();
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
