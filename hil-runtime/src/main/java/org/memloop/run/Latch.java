package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import org.memloop.bench.ConfigurationException;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keep a bench stopped that was stopped for a reason, until a person says that it was looked at. The word stands in a
 * file: beside the laboratory file for whatever is in the socket, in the run's folder for the run.
 */
public final class Latch {
    private final Path tripped;
    private final Path history;
    private final String what;

    private Latch(Path tripped, Path history, String what) {
        this.tripped = tripped;
        this.history = history;
        this.what = what;
    }

    /**
     * Find the latch of a laboratory.
     *
     * @param file its laboratory file
     * @return the latch
     */
    public static Latch ofLaboratory(Path file) {
        return new Latch(file.resolveSibling(file.getFileName() + ".tripped"),
                file.resolveSibling(file.getFileName() + ".trips.jsonl"), "the laboratory " + file);
    }

    /**
     * Find the latch of a run.
     *
     * @param folder its folder
     * @return the latch
     */
    public static Latch ofRun(Path folder) {
        return new Latch(folder.resolve("tripped.json"), folder.resolve("trips.jsonl"), "run " + folder);
    }

    /** {@return whether it is latched} */
    public boolean isTripped() {
        return Files.exists(tripped);
    }

    /**
     * Refuse to go on while it is latched.
     *
     * @param name what a person calls it on the command line
     * @throws ConfigurationException with the reason and what to do
     */
    public void requireClear(Path name) {
        if (isTripped()) {
            Map<String, Object> why = read();
            throw new ConfigurationException(what + " was stopped on " + why.get("when") + ": " + why.get("reason")
                    + "; look at it, then 'memloop acknowledge " + name + " --by YOUR-NAME'");
        }
    }

    /**
     * Latch it. The first reason stays.
     *
     * @param reason what happened
     * @param run during which run
     * @param clock tells the time
     */
    public void trip(String reason, Path run, Clock clock) {
        if (isTripped()) {
            return;
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("reason", reason);
        said.put("when", now(clock));
        said.put("run", run.toString());
        write(tripped, said, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Say that a person has looked at it.
     *
     * @param by who
     * @param clock tells the time
     * @return why it had been stopped
     * @throws ConfigurationException when it is not latched, or nobody is named
     */
    public String acknowledge(String by, Clock clock) {
        if (by.isBlank()) {
            throw new ConfigurationException("a trip is acknowledged by name: --by YOUR-NAME");
        }
        if (!isTripped()) {
            throw new ConfigurationException(what + " is not stopped; there is nothing to acknowledge");
        }
        Map<String, Object> said = read();
        said.put("acknowledgedBy", by);
        said.put("acknowledged", now(clock));
        write(history, said, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try {
            Files.delete(tripped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.valueOf(said.get("reason"));
    }

    private Map<String, Object> read() {
        try {
            return JsonMapper.shared().readValue(Files.readString(tripped),
                    new TypeReference<LinkedHashMap<String, Object>>() {
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + tripped + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, Map<String, Object> said, StandardOpenOption... options) {
        try {
            Files.writeString(file, JsonMapper.shared().writeValueAsString(said) + "\n", options);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static String now(Clock clock) {
        return ZonedDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
}
