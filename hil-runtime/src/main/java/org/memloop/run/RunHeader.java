package org.memloop.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.memloop.bench.Capabilities;

/**
 * Say what a run is about to do, with everything needed to do it again.
 *
 * @param kind what sort of run, one word of lower-case letters, digits and dashes; part of the folder's name
 * @param commandLine the words the program was started with
 * @param configuration every setting as it was resolved, defaults included, with units
 * @param seed the number all random streams hang off
 * @param bench address of the bench
 * @param capabilities what the bench said of itself, its instruments and its limits; empty for a run without a bench
 * @param notes free remarks by the person at the bench
 */
public record RunHeader(String kind, List<String> commandLine, Map<String, String> configuration, long seed,
        String bench, Optional<Capabilities> capabilities, List<String> notes) {
    /** Keep the lists from changing and refuse a kind that makes no folder name. */
    public RunHeader {
        if (!kind.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "a kind of run is one word of lower-case letters, digits and dashes, not '" + kind + "'");
        }
        commandLine = List.copyOf(commandLine);
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        notes = List.copyOf(notes);
    }

    /**
     * Say what a run on a bench is about to do.
     *
     * @param kind what sort of run
     * @param commandLine the words the program was started with
     * @param configuration every setting as it was resolved
     * @param seed the number all random streams hang off
     * @param bench address of the bench
     * @param capabilities what the bench said of itself
     * @param notes free remarks by the person at the bench
     */
    public RunHeader(String kind, List<String> commandLine, Map<String, String> configuration, long seed,
            String bench, Capabilities capabilities, List<String> notes) {
        this(kind, commandLine, configuration, seed, bench, Optional.of(capabilities), notes);
    }
}
