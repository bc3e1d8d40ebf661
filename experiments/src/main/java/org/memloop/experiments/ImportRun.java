package org.memloop.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.recording.EventLog;
import org.memloop.recording.Recording;
import org.memloop.recording.Recordings;
import org.memloop.run.Environment;
import org.memloop.run.Journal;
import org.memloop.run.JournalHeader;
import org.memloop.run.Run;
import org.memloop.run.RunHeader;
import org.memloop.run.RunRecord;

/**
 * Make a run of what another program has measured: a folder with a journal of its pulses and readings and a recording, for
 * everything that works on runs and recordings.
 */
public final class ImportRun {
    private static final String RECORDING = "recording.h5";
    private static final int SQUARE = 256;

    /**
     * Say what is to be imported.
     *
     * @param file event log, or recording (.h5, .npy, .csv, .txt)
     * @param chip which chip of an event log; empty when it has one
     * @param array shape of the array; empty for 256x256 of an event log, for a row of devices of a recording
     * @param read the condition of its readings
     * @param weak the pulse between the readings of a recording
     * @param after which operation of an event log the readings of {@code recording.h5} follow
     * @param runs folder that gets a folder for this run
     * @param notes remarks to keep with the run
     * @param commandLine the words of the command, to be kept with the run
     */
    public record Plan(Path file, Optional<String> chip, Optional<Geometry> array, Pulse read, Pulse weak, String after,
            Path runs, List<String> notes, List<String> commandLine) {
        Map<String, String> settings() {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("file", file.toString());
            chip.ifPresent(one -> settings.put("chip", one));
            settings.put("after", after);
            settings.put("read", read.toString());
            return settings;
        }
    }

    private final Plan plan;
    private final Console console;
    private final Clock clock;

    /**
     * Get ready.
     *
     * @param plan what is to be imported
     * @param console who is told
     * @param clock tells the time, with its zone
     */
    public ImportRun(Plan plan, Console console, Clock clock) {
        this.plan = plan;
        this.console = console;
        this.clock = clock;
    }

    /**
     * Import it.
     *
     * @return the folder of the run
     * @throws ConfigurationException naming file and line of what cannot be understood
     */
    public Path run() {
        String name = plan.file().toString().toLowerCase(Locale.ROOT);
        boolean text = name.endsWith(".gz") || name.endsWith(".csv") || name.endsWith(".txt") || name.endsWith(".log");
        if (!Files.isReadable(plan.file())) {
            throw new ConfigurationException(plan.file() + ": there is no such file, or it cannot be read");
        }
        return text && EventLog.is(plan.file()) ? events() : recording();
    }

    private Path events() {
        List<EventLog.Event> events = EventLog.events(plan.file());
        TreeSet<String> chips = events.stream().map(EventLog.Event::chip)
                .collect(Collectors.toCollection(TreeSet::new));
        if (plan.chip().isEmpty() && chips.size() > 1 || !plan.chip().map(chips::contains).orElse(true)) {
            throw new ConfigurationException(plan.file() + " is of the chips " + String.join(", ", chips)
                    + ", a run is of one; say which with --chip");
        }
        List<EventLog.Event> own = events.stream().filter(one -> plan.chip().map(one.chip()::equals).orElse(true))
                .toList();
        Geometry array = plan.array().orElse(new Geometry(SQUARE, SQUARE));
        // what cannot be understood is told before there is a folder
        List<ImportedEvent> programs = own.stream()
                .map(event -> ImportedEvent.of(event, array, plan.read(), own.getFirst().seconds())).toList();
        Optional<Recording> recording = recorded(chips.size() == 1);
        Path folder = write(array, journal -> {
            journal.unrecorded(
                    "an ENDURANCE of n cycles alternates RESET and SET; here it is a step of n of each, and no"
                            + " step tells the time of a pulse");
            programs.forEach(one -> journal.done(journal.intend(one.program()), one.readings()));
        });
        recording.ifPresent(one -> Recordings.write(one, folder.resolve(RECORDING)));
        return told(folder, recording);
    }

    /** Not every log has readings after the operation that was asked for. */
    private Optional<Recording> recorded(boolean whole) {
        try {
            return whole ? Optional.of(EventLog.read(plan.file(), plan.after(), 0)) : Optional.empty();
        } catch (ConfigurationException e) {
            console.remark("memloop: no " + RECORDING + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Path recording() {
        Recording recording = Recordings.read(plan.file(), Optional.empty());
        Geometry array = plan.array().orElse(new Geometry(recording.devices(), 1));
        if (array.cells() < recording.devices()) {
            throw new ConfigurationException(plan.file() + " has " + recording.devices()
                    + " devices, more than the cells of a " + array + " array; choose another --array");
        }
        int[] cells = IntStream.range(0, recording.devices()).toArray();
        Path folder = write(array, journal -> {
            for (int pulse = 0; pulse < recording.pulses(); pulse++) {
                ImportedEvent round = ImportedEvent.round(recording, pulse, cells, plan.weak(), plan.read());
                journal.done(journal.intend(round.program()), round.readings());
            }
        });
        Recordings.write(recording, folder.resolve(RECORDING));
        return told(folder, Optional.of(recording));
    }

    /** Write into a journal. */
    private interface Writing {
        void into(Journal journal);
    }

    private Path write(Geometry array, Writing programs) {
        double most = Double.MAX_VALUE;
        Capabilities bench = new Capabilities("imported from " + plan.file().getFileName(), array,
                new Limits(most, most, most, 0, most, Long.MAX_VALUE), new Capabilities.ReadAccuracy(0, 0), List.of());
        String address = "import:" + plan.file().getFileName();
        try (Run run = Run.create(plan.runs(), new RunHeader("import", plan.commandLine(), plan.settings(), 0, address,
                bench, plan.notes()), Environment.detect(), UUID.randomUUID(), clock)) {
            try (Journal journal = Journal.create(run.folder().resolve(RunRecord.JOURNAL), Journal.Sync.NEVER,
                    new JournalHeader(run.id().toString(), "import",
                            ZonedDateTime.now(clock).toOffsetDateTime().toString(), 0, address, plan.settings(), false,
                            bench))) {
                programs.into(journal);
            }
            run.finish();
            return run.folder();
        }
    }

    private Path told(Path folder, Optional<Recording> recording) {
        console.result("run " + folder);
        recording.ifPresent(one -> console.result("recording " + folder.resolve(RECORDING) + ": "
                + GenerateTraces.summary(one)));
        return folder;
    }
}
