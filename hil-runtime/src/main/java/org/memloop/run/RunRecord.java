package org.memloop.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.memloop.bench.ConfigurationException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Read the {@code run.json} of a run that was begun.
 *
 * @param folder the run's folder
 * @param content what the file says
 */
public record RunRecord(Path folder, Map<String, Object> content) {
    /** Name of a run's journal in its folder. */
    public static final String JOURNAL = "journal.mlj";

    /** These say what was done; everything else in a run's folder follows from them. */
    private static final Set<String> TRUTH = Set.of("run.json", JOURNAL, "run.lock", "tripped.json", "trips.jsonl");
    private static final String TORN = JOURNAL + ".torn-";
    private static final String ASIDE = "resumed-";

    /**
     * Read a run.
     *
     * @param folder its folder
     * @return what it says
     * @throws ConfigurationException when it is no run's folder, or its file is harmed
     */
    public static RunRecord read(Path folder) {
        Path file = folder.resolve("run.json");
        if (!Files.exists(file)) {
            throw new ConfigurationException(folder + " is not the folder of a run: there is no " + file);
        }
        try {
            return new RunRecord(folder, JsonMapper.shared().readValue(Files.readString(file), new TypeReference<>() {
            }));
        } catch (JacksonException e) {
            throw new ConfigurationException(file + " is harmed: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Find all runs of a folder.
     *
     * @param runs the folder
     * @return they, by number; empty where there is no such folder
     */
    public static List<RunRecord> all(Path runs) {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(runs)) {
            return entries.filter(entry -> Files.exists(entry.resolve("run.json"))).sorted().map(RunRecord::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + runs + ": " + e.getMessage(), e);
        }
    }

    /**
     * Tell what a key says.
     *
     * @param key a key of the file's top level
     * @return its text; empty where it is absent
     */
    public Optional<String> text(String key) {
        return Optional.ofNullable(content.get(key)).map(String::valueOf);
    }

    private String required(String key) {
        return text(key).orElseThrow(() -> new ConfigurationException(folder.resolve("run.json") + " has no " + key));
    }

    /** {@return the run's unique name} */
    public String id() {
        return required("id");
    }

    /** {@return what sort of run it is} */
    public String kind() {
        return required("kind");
    }

    /** {@return the run's number} */
    public int number() {
        return Integer.parseInt(required("number"));
    }

    /** {@return how far it came, as far as it knows} */
    public String status() {
        return required("status");
    }

    /** {@return the folder the program was started in, where that is known} */
    public Optional<Path> directory() {
        return text("directory").map(Path::of);
    }

    /** {@return the words it was started with} */
    public List<String> commandLine() {
        return content.get("commandLine") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** {@return the address of its bench} */
    public String bench() {
        return content.get("bench") instanceof Map<?, ?> bench ? String.valueOf(bench.get("uri")) : "";
    }

    /** {@return every setting it was started with} */
    public Map<?, ?> configuration() {
        return content.get("configuration") instanceof Map<?, ?> configuration ? configuration : Map.of();
    }

    /** {@return its journal} */
    public Path journal() {
        return folder.resolve(JOURNAL);
    }

    List<?> resumptions() {
        return content.get("resumed") instanceof List<?> list ? list : List.of();
    }

    void requireResumable() {
        if (status().equals("finished")) {
            throw new ConfigurationException("run " + folder + " is finished; there is nothing to go on with");
        }
    }

    /** Threads change nothing but the time; everything else must be as it was. */
    void requireSame(RunHeader header) {
        if (!kind().equals(header.kind())) {
            throw new ConfigurationException("run " + folder + " is of kind " + kind() + ", not " + header.kind());
        }
        header.configuration().forEach((key, value) -> {
            Object was = configuration().get(key);
            if (!key.equals("threads") && !value.equals(was)) {
                throw new ConfigurationException(
                        "run " + folder + " was started with " + key + " = " + was + ", now it is "
                                + value + "; a run goes on with the settings it was started with");
            }
        });
    }

    /** Move what follows from the truth out of the way, so that it can be made again. */
    void setAside(int resumption) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!TRUTH.contains(name) && !name.startsWith(TORN) && !name.startsWith(ASIDE)) {
                    Path aside = folder.resolve(ASIDE + resumption);
                    try {
                        Files.createDirectory(aside);
                    } catch (FileAlreadyExistsException _) {
                        // made for the file before
                    }
                    Files.move(entry, aside.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put aside what is in " + folder + ": " + e.getMessage(), e);
        }
    }
}
