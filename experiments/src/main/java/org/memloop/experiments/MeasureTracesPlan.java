package org.memloop.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.BenchUri;
import org.memloop.run.Session;

/**
 * Fix every setting of a recording of weak RESET traces.
 *
 * @param bench address of the bench
 * @param devices how many cells are recorded, at least 1
 * @param pulses conductances of each, at least 1
 * @param file the recording, a new file
 * @param place where the run and its journal are kept
 * @param chip which die it is, and what its readings mean
 * @param notes remarks to keep with the run
 * @param commandLine the words of the command, to be kept with the run
 */
public record MeasureTracesPlan(BenchUri bench, int devices, int pulses, Path file, Session.Place place,
        Chip chip, List<String> notes, List<String> commandLine) {
    /** Keep the lists from changing. */
    public MeasureTracesPlan {
        notes = List.copyOf(notes);
        commandLine = List.copyOf(commandLine);
    }

    /**
     * Fix every setting of a run in a folder of its own, on a die nothing is known of.
     *
     * @param bench address of the bench
     * @param devices how many cells are recorded, at least 1
     * @param pulses conductances of each, at least 1
     * @param file the recording, a new file
     * @param runs folder that gets a folder for this run
     * @param notes remarks to keep with the run
     * @param commandLine the words of the command, to be kept with the run
     */
    public MeasureTracesPlan(BenchUri bench, int devices, int pulses, Path file, Path runs, List<String> notes,
            List<String> commandLine) {
        this(bench, devices, pulses, file, new Session.Place.New(runs), Chip.UNKNOWN, notes, commandLine);
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("devices", String.valueOf(devices));
        settings.put("pulses", String.valueOf(pulses));
        settings.put("file", file.toString());
        settings.putAll(chip.settings());
        return settings;
    }
}
