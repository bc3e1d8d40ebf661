package org.memloop.experiments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.rank.Median;
import org.memloop.bench.BenchException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.ArrayRouter;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.lab.RunningLab;
import org.memloop.link.Link;
import org.memloop.link.Links;
import org.memloop.link.ResourceName;
import org.memloop.scpi.ScpiSession;

/**
 * Measure the links to a virtual laboratory: how many short questions a second, and how fast long waveforms come; beside
 * pyvisa-py, which is measured by turns with ours so that both meet the same machine.
 */
public final class BenchmarkLinks {
    private static final String OSCILLOSCOPE = LabFile.OSCILLOSCOPE;
    private static final String BUS = "GPIB0::7::INSTR";
    /** Not where laboratories usually are, so that one may run meanwhile. */
    private static final String ADDRESS = "127.0.88.2";
    private static final int BAUD = 921_600;
    private static final int TRIPS = 500;
    private static final int WARM_TRIPS = 1500;
    private static final int BLOCKS = 3;
    private static final int POINTS = 250_000;
    private static final long BLOCK_NANOS = 20_000_000_000L;
    private static final String SERIAL = "serial";
    private static final String SCRIPT = "benchmark_links.py";

    /**
     * Say how to measure.
     *
     * @param rounds how often each is measured; the median counts
     * @param python path of the Python that has pyvisa-py
     * @param json whether standard output is for a program
     */
    public record Plan(int rounds, String python, boolean json) {}

    /**
     * State the speed of one link.
     *
     * @param link its kind
     * @param resource its resource name
     * @param program who was measured
     * @param tripsPerSecond questions that were answered in a second; empty when it could not be measured
     * @param megabytesPerSecond waveform data in a second; empty where the link has none
     * @param note why something is missing
     */
    public record Row(String link, String resource, String program, Optional<Double> tripsPerSecond,
            Optional<Double> megabytesPerSecond, String note) {}

    /** Hold one way to an instrument: our name for it, and the name for others. */
    private record Way(String link, String ours, Optional<String> theirs, String note) {}

    /** Say why a program cannot be measured. */
    private static final class NotMeasured extends Exception {
        private static final long serialVersionUID = 1;

        NotMeasured(String why) {
            super(why, null, false, false);
        }
    }

    /** Ask questions and read blocks. */
    private interface Subject extends AutoCloseable {
        /** Nobody. */
        Subject NONE = new Subject() {
            @Override
            public double trips(int count) {
                return 0;
            }

            @Override
            public double bytesPerSecond(int count) {
                return 0;
            }

            @Override
            public void close() {}
        };

        /** {@return the seconds that so many questions take} */
        double trips(int count) throws IOException;

        /** {@return the bytes a second of so many blocks} */
        double bytesPerSecond(int count) throws IOException;

        @Override
        void close();
    }

    private final Plan plan;
    private final Console console;

    /**
     * Get ready to measure.
     *
     * @param plan how
     * @param console who is told
     */
    public BenchmarkLinks(Plan plan, Console console) {
        this.plan = plan;
        this.console = console.withJson(plan.json());
    }

    /** Measure every link, and say what came out. */
    public void run() {
        LabFile lab = LabFile.builtIn().at(Map.of(OSCILLOSCOPE, BUS));
        try (RunningLab running = start(lab)) {
            acquire(running);
            for (Way way : ways(running)) {
                for (Row row : measure(way, running.links())) {
                    say(row);
                }
            }
        }
    }

    private RunningLab start(LabFile lab) {
        LabEmulation emulation = LabEmulation.find();
        try {
            return emulation.start(lab, Path.of(""), terms(ADDRESS, LabEmulation.Ports.REAL));
        } catch (BenchException _) {
            console.remark("port 111 cannot be had here, so that pyvisa-py cannot find VXI-11; root can");
            return emulation.start(lab, Path.of(""), terms("", LabEmulation.Ports.FREE));
        }
    }

    private static LabEmulation.Terms terms(String address, LabEmulation.Ports ports) {
        return new LabEmulation.Terms(1, 1, address, ports, false, 0, "off");
    }

    /** Has the oscilloscope record a long waveform; the router triggers it, and the generator is off. */
    private static void acquire(RunningLab lab) {
        try (ScpiSession session = new ScpiSession(lab.links().open(lab.reached(OSCILLOSCOPE).getFirst(), BAUD),
                OSCILLOSCOPE);
                ArrayRouter router = new NucleoRouter(lab.links().open(lab.addresses().get(LabFile.ROUTER), BAUD),
                        StepTiming.USUAL, LabFile.ROUTER)) {
            session.send("*RST;*CLS;:SYST:HEAD OFF");
            session.send(":TRIG:EDGE:SOUR AUX;:TRIG:LEV AUX,1.5;:TIM:REF LEFT;:TIM:RANG 1E-3;:ACQ:POIN " + POINTS);
            session.send(":WAV:SOUR CHAN1;:WAV:FORM WORD;:WAV:BYT MSBF");
            session.send(":SING");
            session.awaitEvent(":AER?", BLOCK_NANOS, "it does not get ready");
            router.load(PulseProgram.of(Pulse.READ, 0), 0, 1);
            router.fire();
            session.awaitEvent(":ADER?", BLOCK_NANOS, "it saw no trigger");
        }
    }

    private static List<Way> ways(RunningLab lab) {
        List<String> theirs = lab.instruments().stream().filter(one -> one.role().equals(OSCILLOSCOPE)).findFirst()
                .orElseThrow().resources();
        List<Way> ways = new ArrayList<>();
        for (String ours : lab.reached(OSCILLOSCOPE)) {
            ways.add(switch (ResourceName.parse(ours)) {
                case ResourceName.Socket _ -> new Way("raw socket", ours, Optional.of(ours), "");
                case ResourceName.Vxi11 _ -> new Way("VXI-11", ours,
                        theirs.stream().filter(name -> name.endsWith("inst0::INSTR")).findFirst(),
                        "it needs port 111, which root can serve");
                case ResourceName.Hislip _ -> new Way("HiSLIP", ours,
                        theirs.stream().filter(name -> name.contains("hislip")).findFirst(), "");
                default -> new Way("VISA library", ours, Optional.empty(), "it has no GPIB without a card");
            });
        }
        String router = lab.addresses().get(LabFile.ROUTER);
        ways.add(1, new Way(SERIAL, router, Optional.of(router), ""));
        return ways;
    }

    private List<Row> measure(Way way, Links links) {
        boolean blocks = !way.link().equals(SERIAL);
        String note = way.note();
        Optional<Speed> ours = Optional.empty();
        Optional<Speed> theirs = Optional.empty();
        String program = "pyvisa-py";
        try {
            if (!blocks) { // two programs cannot listen to one line
                try (Subject own = new Own(links.open(way.ours(), BAUD), true)) {
                    ours = Optional.of(speeds(List.of(own), false).getFirst());
                }
            }
            try (Subject own = blocks ? new Own(links.open(way.ours(), BAUD), false) : Subject.NONE;
                    Python other = new Python(plan.python(), way)) {
                List<Speed> speeds = speeds(blocks ? List.of(own, other) : List.of(other), blocks);
                ours = ours.isPresent() ? ours : Optional.of(speeds.getFirst());
                theirs = Optional.of(speeds.getLast());
                program = "pyvisa-py " + other.version();
            } catch (NotMeasured e) {
                note = e.getMessage();
                if (ours.isEmpty()) {
                    try (Subject own = new Own(links.open(way.ours(), BAUD), false)) {
                        ours = Optional.of(speeds(List.of(own), blocks).getFirst());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(row(way, way.ours(), "memloop", ours, blocks, ""),
                row(way, way.theirs().orElse(""), program, theirs, blocks, theirs.isPresent() ? "" : note));
    }

    private static Row row(Way way, String resource, String program, Optional<Speed> speed, boolean blocks,
            String note) {
        return new Row(way.link(), resource, program, speed.map(Speed::tripsPerSecond),
                speed.filter(_ -> blocks).map(Speed::megabytesPerSecond), note);
    }

    private record Speed(double tripsPerSecond, double megabytesPerSecond) {}

    /** Measures by turns; the medians count. */
    private List<Speed> speeds(List<Subject> subjects, boolean blocks) throws IOException {
        double[][] trips = new double[subjects.size()][plan.rounds()];
        double[][] bytes = new double[subjects.size()][plan.rounds()];
        for (Subject subject : subjects) {
            subject.trips(WARM_TRIPS);
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (int i = 0; i < subjects.size(); i++) {
                trips[i][round] = TRIPS / subjects.get(i).trips(TRIPS);
                bytes[i][round] = blocks ? subjects.get(i).bytesPerSecond(BLOCKS) * 1e-6 : 0;
            }
        }
        return IntStream.range(0, subjects.size())
                .mapToObj(i -> new Speed(new Median().evaluate(trips[i]), new Median().evaluate(bytes[i])))
                .toList();
    }

    private void say(Row row) {
        console.result(String.format(Locale.ROOT, "%-12s  %-16s %s%s%s", row.link(), row.program(),
                row.tripsPerSecond().map(n -> String.format(Locale.ROOT, "%,9.0f round trips/s", n)).orElse(""),
                row.megabytesPerSecond().map(n -> String.format(Locale.ROOT, "  %8.1f MB/s", n)).orElse(""),
                row.note().isEmpty() ? "" : "  " + row.note()));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("link", row.link());
        object.put("resource", row.resource());
        object.put("program", row.program());
        row.tripsPerSecond().ifPresent(n -> object.put("tripsPerSecond", n));
        row.megabytesPerSecond().ifPresent(n -> object.put("megabytesPerSecond", n));
        if (!row.note().isEmpty()) {
            object.put("note", row.note());
        }
        console.object(object);
    }

    /** Be measured in this program. */
    private static final class Own implements Subject {
        private final ScpiSession session;
        private final String question;

        Own(Link link, boolean router) {
            session = new ScpiSession(link, "benchmark");
            question = router ? "version" : "*IDN?";
        }

        @Override
        public double trips(int count) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                session.query(question);
            }
            return (System.nanoTime() - start) * 1e-9;
        }

        @Override
        public double bytesPerSecond(int count) {
            long start = System.nanoTime();
            long bytes = 0;
            for (int i = 0; i < count; i++) {
                bytes += session.queryBlock(":WAV:DATA?", BLOCK_NANOS).length;
            }
            return bytes / ((System.nanoTime() - start) * 1e-9);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** Be measured in a Python process. */
    private static final class Python implements Subject {
        private final Path script;
        private final Process process;
        private final BufferedReader out;
        private final PrintWriter in;
        private final String version;

        Python(String python, Way way) throws IOException, NotMeasured {
            if (way.theirs().isEmpty()) {
                throw new NotMeasured("not measured: " + way.note());
            }
            if (!Files.isExecutable(Path.of(python))) {
                throw new NotMeasured("not measured: there is no " + python);
            }
            script = Files.createTempFile("memloop-links", ".py");
            try (InputStream text = BenchmarkLinks.class.getResourceAsStream(SCRIPT)) {
                Files.write(script, text.readAllBytes());
            }
            process = new ProcessBuilder(python, script.toString(), way.theirs().get())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            String first = out.readLine();
            if (first == null) {
                Files.deleteIfExists(script);
                throw new NotMeasured("not measured: " + python + " has no pyvisa-py, or one that does not know this "
                        + "link (Debian: python3-pyvisa-py)");
            }
            version = first;
        }

        String version() {
            return version;
        }

        private double[] ask(String what, int count) throws IOException {
            in.println(what + " " + count);
            String answer = out.readLine();
            if (answer == null) {
                throw new IOException("pyvisa-py gave up in the middle of the measurement");
            }
            String[] words = answer.split(" ");
            return new double[]{Double.parseDouble(words[0]), Double.parseDouble(words[1])};
        }

        @Override
        public double trips(int count) throws IOException {
            return ask("trips", count)[0];
        }

        @Override
        public double bytesPerSecond(int count) throws IOException {
            double[] took = ask("block", count);
            return took[1] * count / took[0];
        }

        @Override
        public void close() {
            process.destroy();
            try {
                Files.deleteIfExists(script);
            } catch (IOException _) {
                // the system empties its folder of temporary files
            }
        }
    }
}
