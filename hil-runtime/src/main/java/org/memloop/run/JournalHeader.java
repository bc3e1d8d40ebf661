package org.memloop.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.memloop.bench.Capabilities;

/**
 * Say at the beginning of a journal what it is a record of, so that it can be read and replayed without anything beside it.
 *
 * @param run unique name of the run
 * @param kind what sort of run
 * @param started when, with its zone
 * @param seed the number all random streams hang off
 * @param bench address of the bench
 * @param configuration every setting as it was resolved
 * @param loads whether the bench tells which loads it fires, and remembers the last
 * @param capabilities what the bench said of itself, its instruments and limits
 */
public record JournalHeader(String run, String kind, String started, long seed, String bench,
        Map<String, String> configuration, boolean loads, Capabilities capabilities) {
    /** Keep the settings in order and from changing. */
    public JournalHeader {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    }

    /**
     * Say only what a bench is, for a journal without a run around it.
     *
     * @param bench address of the bench
     * @param capabilities what the bench said of itself
     * @return a header
     */
    public static JournalHeader of(String bench, Capabilities capabilities) {
        return new JournalHeader("", "", "", 0, bench, Map.of(), false, capabilities);
    }
}
