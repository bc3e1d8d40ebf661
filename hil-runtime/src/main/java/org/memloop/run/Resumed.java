package org.memloop.run;

import java.util.Optional;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Load;
import org.memloop.bench.Notice;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Replay;
import org.memloop.run.JournalReader.Entry;

/**
 * Go on where a session broke off. The program above starts again from its settings; what it did before is answered from
 * the journal, each request compared with the recorded one, until the journal ends. The one program that may have been
 * under way is settled, and from then on the bench is live.
 *
 * <p>An array that was made anew is brought to where it was by doing everything again; that its answers are those of the
 * journal, bit for bit, is checked. On matter nothing is done again.
 */
final class Resumed implements Marked {
    private final Recorded recorded;
    private final Bench live;
    private final boolean anew;
    private final boolean loadsAreTold;
    private final Journal journal;
    private final Journaled after;
    private boolean within;

    Resumed(Recorded recorded, Bench live, boolean anew, boolean loadsAreTold, Journal journal) {
        this.recorded = recorded;
        this.live = live;
        this.anew = anew;
        this.loadsAreTold = loadsAreTold;
        this.journal = journal;
        this.after = new Journaled(live, journal);
    }

    @Override
    public Capabilities capabilities() {
        return live.capabilities();
    }

    @Override
    public Readings run(PulseProgram program) {
        if (recorded.ended()) {
            return after.run(program);
        }
        Recorded.Request request = recorded.expectProgram(program);
        long id = request.head().id();
        Optional<Readings> done = request.done(id);
        if (done.isPresent()) {
            repeat(request, program, done.get());
            return done.get();
        }
        if (!recorded.ended()) {
            Entry.Failed failed = request.failed(id).orElseThrow(() -> new ConfigurationException(
                    "the journal has no outcome of " + request.where() + " and goes on behind it; it was harmed"));
            repeatFailure(program);
            throw failed.again();
        }
        return anew ? after.outcome(id, program) : complete(request, id, program);
    }

    private void repeat(Recorded.Request request, PulseProgram program, Readings done) {
        if (anew && !after.again(program).equals(done)) {
            throw new ConfigurationException(request.where() + ": the array made anew answers otherwise than the"
                    + " journal says; is it the same version of the program, on the same files?");
        }
    }

    private void repeatFailure(PulseProgram program) {
        if (anew) {
            try {
                after.again(program);
            } catch (BenchException _) {
                // as it did before
            }
        }
    }

    /** Find out what was fired, write it down, and do the rest. */
    private Readings complete(Recorded.Request request, long id, PulseProgram program) {
        Entry.Settled settled = request.settled(id).orElseGet(() -> settle(request, id, program));
        Completion completion = new Completion(program, settled,
                capabilities().operations().supports(Pulse.READ));
        Readings brought = rest(request, id, completion.rest());
        Readings whole = completion.whole(brought);
        journal.done(id, whole);
        return whole;
    }

    private Readings rest(Recorded.Request request, long id, PulseProgram rest) {
        Optional<Entry.Intent> before = request.completing(id);
        if (before.isEmpty()) {
            return rest.size() == 0 ? Readings.builder(0).build() : after.run(rest, id);
        }
        Recorded.requireSame(request.where() + ", which was taken up before", before.get().program(), rest);
        Optional<Readings> done = request.done(before.get().id());
        return done.isPresent() ? done.get() : complete(request, before.get().id(), rest);
    }

    private Entry.Settled settle(Recorded.Request request, long id, PulseProgram program) {
        Entry.Settled settled = verdict(request, id, program);
        journal.settled(settled);
        return settled;
    }

    private Entry.Settled verdict(Recorded.Request request, long id, PulseProgram program) {
        boolean nothing = request.failed(id).filter(failed -> failed.firing() == BenchException.Firing.NONE)
                .isPresent();
        if (nothing) {
            return new Entry.Settled(id, 0, 0, 0, "it failed before anything was fired");
        }
        if (!loadsAreTold) {
            return new Entry.Settled(id, 0, 0, program.size(),
                    "the bench does not remember what it fired: every step is in doubt");
        }
        Optional<Notice.Loaded> last = request.lastLoad(id);
        if (last.isEmpty()) {
            return new Entry.Settled(id, 0, 0, 0, "nothing of it was loaded");
        }
        Notice.Loaded stretch = last.get();
        Load wanted = stretch.load();
        Optional<Load> router = live.lastLoad().filter(load -> load.boot() == wanted.boot());
        if (router.isEmpty()) {
            return doubt(id, stretch, "the router has started anew since");
        }
        Load fired = router.get();
        if (Integer.compareUnsigned(fired.id(), wanted.id()) > 0) {
            return doubt(id, stretch, "another program has used the router since (load " + fired.id() + ")");
        }
        if (fired.id() != wanted.id()) {
            return new Entry.Settled(id, stretch.from(), 0, 0, "load " + wanted.id() + " was never fired");
        }
        return upTo(id, program, stretch, fired.triggers());
    }

    private static Entry.Settled doubt(long id, Notice.Loaded stretch, String why) {
        return new Entry.Settled(id, stretch.from(), 0, stretch.to() - stretch.from(),
                why + ": steps " + stretch.from() + " to " + (stretch.to() - 1) + " are in doubt");
    }

    private static Entry.Settled upTo(long id, PulseProgram program, Notice.Loaded stretch, long triggers) {
        long left = triggers;
        int step = stretch.from();
        while (step < stretch.to() && left >= program.count(step)) {
            left -= program.count(step++);
        }
        return new Entry.Settled(id, step, step < stretch.to() ? (int) left : 0, 0, "the router gave " + triggers
                + " of the " + stretch.load().triggers() + " triggers of load " + stretch.load().id());
    }

    @Override
    public void mark(String stage, long done, long of) {
        if (recorded.ended()) {
            after.mark(stage, done, of);
        } else {
            recorded.expectMark(stage, done, of);
        }
    }

    @Override
    public Optional<Replay> replay() {
        if (!recorded.ended() && !within && live.replay().isPresent()) {
            within = true;
            recorded.expectUnrecorded();
            after.saidUnrecorded();
        }
        return after.replay();
    }

    /** A rest that was begun may have been cut short: it is not made up for, the journal tells when the run went on. */
    @Override
    public void rest(double seconds) {
        if (recorded.ended()) {
            after.rest(seconds);
            return;
        }
        recorded.expectRest(seconds);
        if (anew) {
            live.rest(seconds);
        }
    }

    @Override
    public int exhaustedCells() {
        return live.exhaustedCells();
    }

    @Override
    public void close() {
        live.close();
    }
}
