package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Load;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keep everything about one run in a folder of its own. {@code run.json} says from the first moment on what was started
 * and at the end how it ended; a run that never says how it ended reads {@code running} and names its process. Nothing
 * of an earlier run is ever written over.
 *
 * <p>Closing a run that has not ended marks it failed, so that try-with-resources needs no second thought.
 */
public final class Run implements AutoCloseable {
    /** Version of the layout of {@code run.json}; grows when a reader has to be told of a difference. */
    public static final int FORMAT = 1;

    /** Say how far a run has come. */
    public enum Status {
        /** Started and, as far as the file knows, not ended. */
        RUNNING,
        /** Did all it was started for. */
        FINISHED,
        /** Stopped on purpose before its end. */
        ABORTED,
        /** Stopped by an error. */
        FAILED
    }

    private final UUID id;
    private final RunFolder folder;
    private final Clock clock;
    private final Map<String, Object> content = new LinkedHashMap<>();
    /** The part of the content that tells of this session: all of it, or one of the resumptions. */
    private Map<String, Object> session = content;
    private Status status = Status.RUNNING;

    private Run(RunFolder folder, UUID id, Clock clock) {
        this.id = id;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Begin a run: create its folder and write its {@code run.json}.
     *
     * @param runs folder that holds the runs; created where it is missing
     * @param header what is about to be done
     * @param environment which software does it, and where
     * @param id the run's unique name
     * @param clock tells the time, with its zone
     * @return the run, with status running
     * @throws UncheckedIOException when the folder cannot be written
     */
    public static Run create(Path runs, RunHeader header, Environment environment, UUID id, Clock clock) {
        Run run = new Run(RunFolder.create(runs, header.kind()), id, clock);
        run.describe(header, environment);
        run.write();
        return run;
    }

    /**
     * Go on with a run that did not come to its end. Tables and pages it has written are kept in a folder
     * {@code resumed-1} (or 2, ...) inside its own; they are made again.
     *
     * @param folder the run's folder
     * @param header what is about to be done; it must be what the run was started for
     * @param environment which software does it, and where
     * @param clock tells the time, with its zone
     * @return the run, with status running again
     * @throws ConfigurationException when the run is finished, or was started with other settings
     * @throws UncheckedIOException when the folder cannot be read or written
     */
    public static Run resume(Path folder, RunHeader header, Environment environment, Clock clock) {
        RunRecord before = RunRecord.read(folder);
        before.requireResumable();
        before.requireSame(header);
        Run run = new Run(new RunFolder(before.number(), folder), UUID.fromString(before.id()), clock);
        run.content.putAll(before.content());
        Map<String, Object> again = new LinkedHashMap<>();
        again.put("when", run.now());
        again.put("was", before.status());
        Optional.ofNullable(run.content.remove("reason")).ifPresent(reason -> again.put("reason", reason));
        Optional.ofNullable(run.content.remove("ended")).ifPresent(ended -> again.put("ended", ended));
        again.put("software", software(environment));
        again.put("machine", machine(environment));
        List<Object> all = new ArrayList<>(before.resumptions());
        all.add(again);
        run.content.put("resumed", all);
        run.session = again;
        JournalEnd.removeBytes(run.content);
        run.content.put("status", "running");
        before.setAside(all.size());
        run.write();
        return run;
    }

    /** {@return the run's unique name} */
    public UUID id() {
        return id;
    }

    /** {@return the run's number in its folder of runs} */
    public int number() {
        return folder.number();
    }

    /** {@return the run's folder} */
    public Path folder() {
        return folder.path();
    }

    /** {@return how far the run has come} */
    public synchronized Status status() {
        return status;
    }

    /** Say what the router had fired last when this session began, before it fires anything for it. */
    synchronized void routerHad(Load load) {
        JournalEnd.putRouter(session, load);
        write();
    }

    /** Say how long the journal is, once nobody writes to it. */
    synchronized void journalHas(long bytes) {
        JournalEnd.putBytes(content, bytes);
        write();
    }

    /**
     * Begin a table in the run's folder.
     *
     * @param name name of the file, for example {@code metrics.csv}
     * @param header names of the columns, each ending in its unit where it has one
     * @return the table, to be closed by the caller
     */
    public CsvLog table(String name, String... header) {
        return new CsvLog(folder.path().resolve(name), header);
    }

    /** Mark the run finished. */
    public void finish() {
        end(Status.FINISHED, "");
    }

    /**
     * Mark the run stopped on purpose. A run that has ended already stays as it ended.
     *
     * @param reason why, for a person
     */
    public void abort(String reason) {
        end(Status.ABORTED, reason);
    }

    /**
     * Mark the run stopped by an error. A run that has ended already stays as it ended.
     *
     * @param reason what went wrong, for a person
     */
    public void fail(String reason) {
        end(Status.FAILED, reason);
    }

    @Override
    public void close() {
        fail("the program left the run without ending it");
    }

    private synchronized void end(Status how, String reason) {
        if (status != Status.RUNNING) {
            return;
        }
        status = how;
        content.put("status", how.name().toLowerCase(Locale.ROOT));
        if (!reason.isEmpty()) {
            content.put("reason", reason);
        }
        content.put("ended", now());
        write();
    }

    private void describe(RunHeader header, Environment environment) {
        content.put("format", FORMAT);
        content.put("id", id.toString());
        content.put("number", folder.number());
        content.put("kind", header.kind());
        content.put("status", "running");
        content.put("started", now());
        content.put("zone", clock.getZone().getId());
        content.put("directory", Path.of("").toAbsolutePath().toString());
        content.put("notes", header.notes());
        content.put("commandLine", header.commandLine());
        content.put("seed", header.seed());
        content.put("configuration", header.configuration());
        content.put("software", software(environment));
        content.put("machine", machine(environment));
        content.put("bench", bench(header.bench(), header.capabilities()));
    }

    private static Map<String, Object> software(Environment environment) {
        Map<String, Object> software = new LinkedHashMap<>();
        software.put("memloop", environment.memloop());
        environment.commit().ifPresent(commit -> {
            software.put("commit", commit);
            software.put("modified", environment.modified());
        });
        software.put("java", environment.java());
        software.put("system", environment.system());
        return software;
    }

    private static Map<String, Object> machine(Environment environment) {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("host", environment.host());
        machine.put("user", environment.user());
        machine.put("process", environment.process());
        return machine;
    }

    private static Map<String, Object> bench(String uri, Optional<Capabilities> capabilities) {
        Map<String, Object> bench = new LinkedHashMap<>();
        bench.put("uri", uri);
        capabilities.ifPresent(said -> {
            bench.put("description", said.description());
            bench.put("rows", said.geometry().rows());
            bench.put("columns", said.geometry().columns());
            bench.put("limits", said.limits());
            bench.put("readAccuracy", said.readAccuracy());
            bench.put("operations", said.operations().toString());
            bench.put("instruments", said.instruments());
        });
        return bench;
    }

    private String now() {
        return ZonedDateTime.now(clock).truncatedTo(ChronoUnit.MILLIS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** Writes beside the file and moves it into place: a reader sees the old text or the new, never half a text. It is on the disk before this returns. */
    private void write() {
        Path file = folder.path().resolve("run.json");
        Path draft = folder.path().resolve("run.json.new");
        try {
            JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(mapper.writeValueAsString(content) + "\n");
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
