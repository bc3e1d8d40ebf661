package org.memloop.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.BenchUri;

/**
 * Fix every setting of a recording of weak RESET traces.
 *
 * @param bench address of the bench
 * @param devices how many cells are recorded, at least 1
 * @param pulses conductances of each, at least 1
 * @param file the recording, a new file
 * @param runs folder that gets a folder for this run, with its journal
 * @param notes remarks to keep with the run
 * @param commandLine the words of the command, to be kept with the run
 */
public record MeasureTracesPlan(BenchUri bench, int devices, int pulses, Path file, Path runs, List<String> notes,
        List<String> commandLine) {
    /** Keep the lists from changing. */
    public MeasureTracesPlan {
        notes = List.copyOf(notes);
        commandLine = List.copyOf(commandLine);
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("devices", String.valueOf(devices));
        settings.put("pulses", String.valueOf(pulses));
        settings.put("file", file.toString());
        return settings;
    }
}
