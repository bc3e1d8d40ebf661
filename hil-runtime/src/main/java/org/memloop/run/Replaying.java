package org.memloop.run;

import java.util.List;
import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.LinkException;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.ReplayException;
import org.memloop.run.JournalReader.Entry;

/**
 * Answer a program from a recorded session, strictly: the same requests in the same order, and nothing else. There is no
 * array behind it.
 */
final class Replaying implements Bench {
    private final Capabilities capabilities;
    private final Recorded recorded;
    private Optional<List<Entry.Raw>> rest;
    private boolean closed;

    Replaying(Capabilities capabilities, Recorded recorded) {
        this.capabilities = capabilities;
        this.recorded = recorded;
        rest = Optional.of(recorded.beginning());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
    }

    @Override
    public Readings run(PulseProgram program) {
        requireOpen();
        Recorded.Request request = recorded.expectProgram(program);
        long id = request.head().id();
        rest = Optional.of(request.rest());
        Optional<Readings> done = request.done(id);
        if (done.isPresent()) {
            return done.get();
        }
        Optional<Entry.Failed> failed = request.failed(id);
        if (failed.isEmpty()) {
            throw new ReplayException(request.where(), "no outcome, since the session broke off here", "its readings");
        }
        if (failed.get().firing() == BenchException.Firing.NONE) {
            throw failed.get().again();
        }
        throw new LinkException("replay", request.where(), "failed when it was recorded: " + failed.get().reason(),
                null).withFiring(BenchException.Firing.POSSIBLE);
    }

    @Override
    public void rest(double seconds) {
        requireOpen();
        Bench.requireDuration(seconds);
        rest = Optional.of(recorded.expectRest(seconds).rest());
    }

    void mark(String stage, long done, long of) {
        rest = Optional.of(recorded.expectMark(stage, done, of).rest());
    }

    /** {@return what followed from the last request when it was recorded; empty when nothing was asked since} */
    Optional<List<Entry.Raw>> takeRest() {
        Optional<List<Entry.Raw>> taken = rest;
        rest = Optional.empty();
        return taken;
    }

    @Override
    public void close() {
        closed = true;
    }
}
