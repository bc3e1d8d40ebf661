package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.run.JournalReader.Content;
import org.memloop.run.JournalReader.Entry;

/**
 * Keep a run on a bench: its folder, its journal, its guarded bench. A run that broke off goes on in the same way as it
 * began: the program starts again from its settings, and the bench answers what was done before from the journal.
 *
 * <p>Whoever works on such a bench must decide everything from settings, seeds and readings alone.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** Say in which folder a run is kept. */
    public sealed interface Place {
        /**
         * Give it a folder of its own.
         *
         * @param runs folder that holds the runs
         */
        record New(Path runs) implements Place {}

        /**
         * Go on with a run.
         *
         * @param folder its folder
         */
        record Again(Path folder) implements Place {}
    }

    /**
     * Say what a session is to be.
     *
     * @param uri address of the bench
     * @param place where the run is kept
     * @param header describes the run, once the bench is open and can say what it is; may refuse
     * @param past how many wearing pulses each cell has had before; an empty array for none
     * @param journaled whether what is done is written down
     * @param environment which software does it, and where
     * @param clock tells the time, with its zone
     */
    public record Request(BenchUri uri, Place place, Function<Capabilities, RunHeader> header,
            Function<Capabilities, long[]> past, boolean journaled, Environment environment, Clock clock) {
        /**
         * Ask for a session that is written down, on cells without a past.
         *
         * @param uri address of the bench
         * @param place where the run is kept
         * @param header describes the run, once the bench is open
         */
        public Request(BenchUri uri, Place place, Function<Capabilities, RunHeader> header) {
            this(uri, place, header, _ -> new long[0], true, Environment.detect(), Clock.systemDefaultZone());
        }
    }

    private final Run run;
    private final Environment environment;
    private final Optional<Journal> journal;
    private final Guarded bench;
    private final Consumer<MarkedAt> marks;
    private final FileChannel lock;
    private final boolean onMatter;

    private record MarkedAt(String stage, long done, long of) {}

    private Session(Run run, Environment environment, Optional<Journal> journal, Guarded bench,
            Consumer<MarkedAt> marks, FileChannel lock, boolean onMatter) {
        this.run = run;
        this.environment = environment;
        this.journal = journal;
        this.bench = bench;
        this.marks = marks;
        this.lock = lock;
        this.onMatter = onMatter;
    }

    /**
     * Open a bench and begin a run on it, or go on with one.
     *
     * @param request what is wanted
     * @return the session
     * @throws org.memloop.bench.BenchException when the bench is latched or cannot be opened, or the run cannot go on
     * @throws UncheckedIOException when the folder cannot be written
     */
    public static Session open(Request request) {
        BenchProvider provider = Benches.provider(request.uri());
        Optional<Path> matter = provider.matter(request.uri());
        matter.ifPresent(file -> Latch.ofLaboratory(file).requireClear(file));
        return switch (request.place()) {
            case Place.New(Path runs) -> new Opening(request, provider, matter).begin(runs);
            case Place.Again(Path folder) -> new Opening(request, provider, matter).resume(folder);
        };
    }

    private record Opening(Request request, BenchProvider provider, Optional<Path> matter) {
        Session begin(Path runs) {
            Bench inner = provider.open(request.uri());
            try {
                RunHeader header = request.header().apply(inner.capabilities());
                long[] past = request.past().apply(inner.capabilities());
                if (!request.journaled() && !inner.capabilities().instruments().isEmpty()) {
                    throw new ConfigurationException(
                            "bench '" + request.uri() + "' has instruments: what its array goes "
                                    + "through has to be in the journal; leave out --journal off");
                }
                Run run = Run.create(runs, header, request.environment(), UUID.randomUUID(), request.clock());
                try {
                    return begin(inner, header, run, past);
                } catch (RuntimeException e) {
                    run.fail(String.valueOf(e.getMessage()));
                    throw e;
                }
            } catch (RuntimeException e) {
                inner.close();
                throw e;
            }
        }

        private void sayRouter(Run run, Bench inner) {
            if (matter.isPresent()) {
                inner.lastLoad().ifPresent(run::routerHad);
            }
        }

        private Session begin(Bench inner, RunHeader header, Run run, long... past) {
            FileChannel lock = lock(run.folder());
            if (!request.journaled()) {
                return new Session(run, request.environment(), Optional.empty(),
                        new Guarded(inner, trip(run, Optional.empty()), past), _ -> {}, lock, false);
            }
            try {
                sayRouter(run, inner);
                Journal journal = Journal.create(run.folder().resolve(RunRecord.JOURNAL), sync(inner.capabilities()),
                        described(header, run, inner));
                if (past.length > 0) {
                    journal.past(past);
                }
                return session(run, journal, new Journaled(inner, journal), past, lock);
            } catch (RuntimeException e) {
                release(lock, e);
                throw e;
            }
        }

        private Session session(Run run, Journal journal, Marked marked, long[] past, FileChannel lock) {
            return new Session(run, request.environment(), Optional.of(journal),
                    new Guarded(marked, trip(run, Optional.of(journal)), past),
                    at -> marked.mark(at.stage(), at.done(), at.of()), lock, matter.isPresent());
        }

        private JournalHeader described(RunHeader header, Run run, Bench inner) {
            return new JournalHeader(run.id().toString(), header.kind(),
                    ZonedDateTime.now(request.clock()).toOffsetDateTime().toString(), header.seed(),
                    request.uri().toString(), header.configuration(), inner.lastLoad().isPresent(),
                    inner.capabilities());
        }

        /** What was done to matter must outlive a power cut; an array made anew from its seed can be made anew. */
        private Journal.Sync sync(Capabilities capabilities) {
            boolean lasts = matter.isPresent()
                    || !capabilities.instruments().isEmpty() && !request.uri().scheme().equals("replay");
            return lasts ? Journal.Sync.EVERY_RECORD : Journal.Sync.NEVER;
        }

        private Consumer<String> trip(Run run, Optional<Journal> journal) {
            return reason -> {
                matter.ifPresent(file -> Latch.ofLaboratory(file).trip(reason, run.folder(), request.clock()));
                Latch.ofRun(run.folder()).trip(reason, run.folder(), request.clock());
                journal.ifPresent(open -> open.tripped(reason));
            };
        }

        Session resume(Path folder) {
            Latch.ofRun(folder).requireClear(folder);
            RunRecord.read(folder).requireResumable();
            if (request.uri().scheme().equals("replay")) {
                throw new ConfigurationException("run " + folder
                        + " is on a recorded session; start it again, it takes no time and wears nothing");
            }
            FileChannel lock = lock(folder);
            try {
                return resume(folder, lock);
            } catch (RuntimeException e) {
                release(lock, e);
                throw e;
            }
        }

        private static void release(FileChannel lock, RuntimeException because) {
            try {
                lock.close();
            } catch (IOException e) {
                because.addSuppressed(e);
            }
        }

        private Session resume(Path folder, FileChannel lock) {
            Path file = folder.resolve(RunRecord.JOURNAL);
            if (!Files.exists(file)) {
                throw new ConfigurationException("run " + folder + " has no journal, so nobody knows how far it came; "
                        + "start it again");
            }
            Content content = JournalReader.read(file);
            JournalHeader header = content.header().orElseThrow(() -> new ConfigurationException(
                    file + " is of version 1, which says too little to go on; start the run again"));
            requireWhole(file, content);
            Bench inner = provider.open(request.uri());
            try {
                requireSame(folder, header.capabilities(), inner.capabilities());
                if (matter.isPresent()) {
                    JournalEnd.requireThere(RunRecord.read(folder), content, inner.lastLoad());
                }
                Run run = Run.resume(folder, request.header().apply(inner.capabilities()), request.environment(),
                        request.clock());
                sayRouter(run, inner);
                Journal journal = Journal.resume(file, sync(inner.capabilities()), content);
                journal.resumed(ZonedDateTime.now(request.clock()).toOffsetDateTime() + ": " + content.damage()
                        .map(said -> said + "; what follows byte " + content.bytes() + " is kept aside")
                        .orElse("the journal is whole"));
                return session(run, journal,
                        new Resumed(new Recorded(content), inner, matter.isEmpty(),
                                header.loads(), journal),
                        past(content), lock);
            } catch (RuntimeException e) {
                inner.close();
                throw e;
            }
        }

        /** What is torn off at the end was the last word; what is harmed in the middle hides pulses that were fired. */
        private void requireWhole(Path file, Content content) {
            if (content.beyond() > 0 && matter.isPresent()) {
                throw new ConfigurationException(file + ": " + content.damage().orElse("")
                        + ". They tell of pulses that "
                        + "were fired: the run cannot go on without firing some twice. See 'memloop runs show'");
            }
        }

        private static long[] past(Content content) {
            for (Entry entry : content.entries().subList(0, Math.min(2, content.entries().size()))) {
                if (entry instanceof Entry.Past(List<Long> pulses)) {
                    return pulses.stream().mapToLong(Long::longValue).toArray();
                }
            }
            return new long[0];
        }

        private static void requireSame(Path folder, Capabilities was, Capabilities is) {
            if (!who(was).equals(who(is))) {
                throw new ConfigurationException("run " + folder + " was on the instruments " + who(was)
                        + ", now they are " + who(is));
            }
            if (!plain(was).equals(plain(is))) {
                String what = !was.limits().equals(is.limits())
                        ? "limits " + was.limits() + ", now they are " + is.limits()
                        : was + ", now it is " + is;
                throw new ConfigurationException("run " + folder + " was on a bench with " + what);
            }
        }

        /** Addresses may change, instruments may not. */
        private static List<String> who(Capabilities capabilities) {
            return capabilities.instruments().stream().map(one -> one.role() + ": " + one.idn()).toList();
        }

        private static Capabilities plain(Capabilities of) {
            return new Capabilities(of.description(), of.geometry(), of.limits(), of.readAccuracy(), List.of(),
                    of.operations(), of.pauseSeconds());
        }

        private static FileChannel lock(Path folder) {
            try {
                FileChannel channel = FileChannel.open(folder.resolve("run.lock"), StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = tryLock(channel);
                if (held == null) {
                    channel.close();
                    throw new ConfigurationException("run " + folder + " is still going on in another program");
                }
                return channel;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot lock the run " + folder + ": " + e.getMessage(), e);
            }
        }

        private static FileLock tryLock(FileChannel channel) throws IOException {
            try {
                return channel.tryLock();
            } catch (OverlappingFileLockException _) {
                return null;
            }
        }
    }

    /** {@return the guarded bench, whose every program is written down} */
    public Bench bench() {
        return bench;
    }

    /** {@return the run} */
    public Run run() {
        return run;
    }

    /** {@return which software does it, and where} */
    public Environment environment() {
        return environment;
    }

    /**
     * Write into the journal how far the work is. Stages and their order have to follow from settings, seeds and readings,
     * as programs do.
     *
     * @param stage what it is at
     * @param done how many of its parts are done
     * @param of how many there are
     */
    public void mark(String stage, long done, long of) {
        marks.accept(new MarkedAt(stage, done, of));
    }

    /**
     * Ground the array though a program is under way that an instrument keeps from ending, for whoever ends the process
     * next: nothing else is safe to do with the session afterwards. May be called from any thread.
     */
    public void groundAtOnce() {
        bench.groundAtOnce();
    }

    /** Ground the array, let go of the bench, and close the journal; how the run ended is for its owner to say. */
    @Override
    public void close() {
        try (lock) {
            try {
                bench.close();
            } finally {
                journal.ifPresent(this::close);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the word on its length the next resumption trusts the journal less, and the router more. */
    private void close(Journal of) {
        OptionalLong bytes = onMatter ? of.bytes() : OptionalLong.empty();
        of.close();
        try {
            bytes.ifPresent(run::journalHas);
        } catch (UncheckedIOException e) {
            LOG.warn("{}: cannot write how long the journal is: {}", run.folder(), e.getMessage());
        }
    }
}
