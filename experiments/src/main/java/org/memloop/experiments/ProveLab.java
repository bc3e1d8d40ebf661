package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.calibration.Amplitude;
import org.memloop.calibration.CalibrationCard;
import org.memloop.calibration.CalibrationFile;
import org.memloop.calibration.proof.BoardReadings;
import org.memloop.calibration.proof.Finding;
import org.memloop.calibration.proof.PulseWidth;
import org.memloop.calibration.proof.SocketProof;
import org.memloop.lab.LabFile;
import org.memloop.lab.Laboratory;
import org.memloop.lab.ResistorBoard;
import org.memloop.report.Figure;
import org.memloop.report.FontsException;
import org.memloop.report.Series;

/**
 * Prove the way from program to cell before a die is at risk, with a board of known resistors or nothing in the socket:
 * address map, polarity, triggers, height and width of pulses, the reading path. What is found goes on a calibration card.
 */
public final class ProveLab {
    private static final double VIRTUAL_LEAST_OHMS = 10e3;
    private static final double VIRTUAL_MOST_OHMS = 100e3;
    private static final int VALID_DAYS = 90;

    private final Plan plan;
    private final Console console;
    private final Clock clock;

    /** Say what sits in the socket. */
    public enum Socket {
        /** A board of known resistors. */
        BOARD,
        /** Nothing. */
        EMPTY
    }

    /**
     * Say what is to be proved.
     *
     * @param lab which laboratory
     * @param socket what the person says is in the socket; empty when they do not
     * @param tolerance how far, relatively, a resistor may be from what the board says
     * @param folder where card, maps and numbers go
     * @param dryRun whether only to tell what would be done
     * @param json whether standard output is for a program
     */
    public record Plan(LabSession.Plan lab, Optional<Socket> socket, double tolerance, Path folder, boolean dryRun,
            boolean json) {}

    /**
     * Prepare it.
     *
     * @param plan every setting
     * @param console who is told
     * @param clock tells the date of the card
     */
    public ProveLab(Plan plan, Console console, Clock clock) {
        this.plan = plan;
        this.console = console.withJson(plan.json());
        this.clock = clock;
    }

    /**
     * Do it.
     *
     * @return whether nothing is wrong
     * @throws BenchException when the file is wrong, or nobody says what is in the socket
     */
    public boolean run() {
        LabFile file = LabSession.read(plan.lab());
        Socket socket = plan.socket().orElseGet(() -> inFile(file));
        if (plan.dryRun()) {
            return rehearse(prepared(file, socket));
        }
        refuseOldResults();
        try (LabSession session = LabSession.open(plan.lab(), lab -> prepared(lab, socket))) {
            return prove(session, socket);
        }
    }

    /** In a rehearsal the file says what is in the socket; in a real laboratory it says that of the rehearsal alone. */
    private Socket inFile(LabFile file) {
        if (plan.lab().rehearsal().isPresent()) {
            switch (file.technology()) {
                case LabFile.RESISTOR_BOARD -> {
                    return Socket.BOARD;
                }
                case LabFile.EMPTY_SOCKET -> {
                    return Socket.EMPTY;
                }
                default -> {
                }
            }
        }
        throw new ConfigurationException(
                "a die may be in the socket: take it out, put the board of resistors in, and say"
                        + " --socket board, or --socket empty for nothing at all. Nothing was fired");
    }

    private LabFile prepared(LabFile lab, Socket socket) {
        if (socket == Socket.EMPTY) {
            return lab.inSocket(LabFile.EMPTY_SOCKET, Optional.empty());
        }
        if (lab.board().isEmpty() && plan.lab().rehearsal().isEmpty()) {
            throw new ConfigurationException(lab.name()
                    + ": array.board is missing; say which resistors the board has, for example board: { map: board.csv }");
        }
        return lab.inSocket(LabFile.RESISTOR_BOARD, Optional.of(lab.board().orElseGet(
                () -> ResistorBoard.coded(lab.geometry(), VIRTUAL_LEAST_OHMS, VIRTUAL_MOST_OHMS))));
    }

    private void refuseOldResults() {
        if (Files.exists(card())) {
            throw new ConfigurationException(card() + ": exists already; choose another --out, or move it away");
        }
    }

    private Path card() {
        return plan.folder().resolve("calibration.yaml");
    }

    private boolean prove(LabSession session, Socket socket) {
        LabFile lab = session.lab();
        List<Finding> findings = new ArrayList<>();
        Optional<SocketProof.Outcome> outcome = Optional.empty();
        List<Capabilities.Identity> instruments = List.of();
        try {
            double[] plain = {};
            int cell = 0;
            try (Bench bench = Laboratory.open(lab, session.clock(), session.outside())) {
                instruments = bench.capabilities().instruments();
                outcome = Optional.of(socket == Socket.BOARD
                        ? SocketProof.withBoard(bench, lab.board().orElseThrow(), plan.tolerance())
                        : SocketProof.empty(bench));
                findings.addAll(outcome.get().findings());
                if (outcome.get().good() && socket == Socket.BOARD) {
                    cell = strongest(outcome.get().readings().orElseThrow());
                    plain = PulseWidth.read(bench, cell);
                }
            }
            if (plain.length > 0) {
                findings.addAll(widths(session, cell, plain));
            }
        } catch (BenchException e) {
            findings.add(new Finding(Finding.Severity.WRONG, "bench-failed", e.getMessage(),
                    "run 'memloop lab check' first"));
        }
        tell(findings);
        boolean good = findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.WRONG);
        write(session, outcome, instruments, findings, good);
        return good;
    }

    private static int strongest(BoardReadings readings) {
        return IntStream.range(0, readings.geometry().cells()).boxed()
                .max((a, b) -> Double.compare(readings.setAmps()[a], readings.setAmps()[b])).orElseThrow();
    }

    private static List<Finding> widths(LabSession session, int cell, double[] plain) {
        if (!(session.lab().pulsing() instanceof LabFile.GeneratorAndOscilloscope)) {
            return List.of(new Finding(Finding.Severity.REMARK, "pulse-width",
                    "the width of pulses was not measured: the unit that gives them is the one that would measure them",
                    ""));
        }
        try (Bench wide = Laboratory.openWide(session.lab(), session.clock(), session.outside(), PulseWidth.FACTOR)) {
            return PulseWidth.judge(plain, PulseWidth.read(wide, cell));
        }
    }

    private void tell(List<Finding> findings) {
        TextTable table = new TextTable("verdict", "found");
        for (Finding finding : findings) {
            table.add(finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.text() + (finding.advice().isEmpty() ? "" : "\n-> " + finding.advice()));
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("verdict", finding.severity().name().toLowerCase(Locale.ROOT));
            object.put("kind", finding.kind());
            object.put("found", finding.text());
            object.put("advice", finding.advice());
            console.object(object);
        }
        table.lines().forEach(console::result);
    }

    private void write(LabSession session, Optional<SocketProof.Outcome> outcome,
            List<Capabilities.Identity> instruments, List<Finding> findings, boolean good) {
        LabFile lab = session.lab();
        try {
            Files.createDirectories(plan.folder());
            outcome.flatMap(SocketProof.Outcome::readings).ifPresent(readings -> maps(lab, readings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!good) {
            console.result(lab.name() + ": no die may go into the socket yet; maps in " + plan.folder());
            return;
        }
        outcome.flatMap(found -> found.reading().map(reading -> {
            Map<String, String> remarks = new LinkedHashMap<>();
            findings.forEach(finding -> remarks.merge(finding.kind(), finding.text(), (a, b) -> a + "; " + b));
            return new CalibrationCard(lab.name(), "lab prove", OffsetDateTime.now(clock), VALID_DAYS, instruments,
                    Pulse.READ, reading, new Amplitude(found.gain(), 0), Amplitude.EXACT, remarks);
        })).ifPresent(found -> CalibrationFile.write(found, card()));
        console.result(lab.name() + ": proved" + (Files.exists(card())
                ? "; calibration card " + card() + ", maps beside it"
                : "; maps in " + plan.folder()));
    }

    private void maps(LabFile lab, BoardReadings readings) {
        for (Polarity polarity : Polarity.values()) {
            String name = polarity.name().toLowerCase(Locale.ROOT);
            double[] measured = Arrays.stream(readings.amps(polarity)).map(amps -> 1e6 * amps / readings.volts())
                    .toArray();
            double high = 1.1 * Arrays.stream(measured).max().orElse(1);
            lab.board().ifPresent(board -> draw(name + "-expected", "expected, " + polarity + " polarity",
                    IntStream.range(0, measured.length).mapToDouble(cell -> 1e6 / board.ohms(cell, polarity)).toArray(),
                    lab, 1.1e6 / leastOhms(board)));
            draw(name + "-measured", "measured, " + polarity + " polarity", measured, lab,
                    lab.board().map(board -> 1.1e6 / leastOhms(board)).orElse(Math.max(1e-3, high)));
        }
    }

    private static double leastOhms(ResistorBoard board) {
        return IntStream.range(0, board.geometry().cells()).mapToDouble(cell -> board.ohms(cell, Polarity.SET)).min()
                .orElseThrow();
    }

    private void draw(String name, String title, double[] microsiemens, LabFile lab, double high) {
        boolean[] known = new boolean[microsiemens.length];
        Arrays.fill(known, true);
        Series.HeatMap map = new Series.HeatMap("conductance (µS)", lab.geometry().columns(), microsiemens, known, 0,
                high, 1);
        Figure figure = new Figure(title, Figure.Axis.of("column"), Figure.Axis.of("row"), List.of(map));
        try {
            Files.writeString(plan.folder().resolve(name + ".csv"), figure.csv());
            Files.write(plan.folder().resolve(name + ".png"), figure.png());
        } catch (FontsException e) {
            console.remark(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tell what would be sent, and check it against the limits of the file. */
    private boolean rehearse(LabFile lab) {
        List<PulseProgram> programs = new ArrayList<>(SocketProof.programs(lab.geometry()));
        if (lab.technology().equals(LabFile.RESISTOR_BOARD)) {
            programs.addAll(PulseWidth.programs(0));
            programs.addAll(PulseWidth.programs(0));
        }
        TextTable table = new TextTable("pulse", "polarity", "column", "gate", "width", "pulses", "cells");
        double seconds = 0;
        boolean good = true;
        for (PulseProgram program : programs) {
            Pulse pulse = program.pulse(0);
            long pulses = IntStream.range(0, program.size()).mapToLong(program::count).sum();
            seconds += pulses * lab.timing().periodSeconds(pulse.widthSeconds());
            table.add(pulse.name(), pulse.polarity().name(), pulse.columnVolts() + " V", pulse.gateVolts() + " V",
                    String.format(Locale.ROOT, "%.4g us", pulse.widthSeconds() * 1e6), String.valueOf(pulses),
                    program.size() == 1 ? lab.geometry().describe(program.cell(0)) : "all " + program.size());
            try {
                lab.limits().check(pulse, lab.timing().settleSeconds() + lab.timing().recoverySeconds());
            } catch (LimitException e) {
                good = false;
                console.result(e.getMessage());
            }
        }
        table.lines().forEach(console::result);
        console.result(String.format(Locale.ROOT,
                "%d pulses on each cell, %s of pulses altogether, plus a few seconds for connecting and reading; nothing was touched",
                2 * SocketProof.PASSES, Console.duration(seconds)));
        return good;
    }
}
