package org.memloop.calibration.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchException;
import org.memloop.bench.Geometry;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.calibration.ConductanceCard;
import org.memloop.lab.ResistorBoard;

/**
 * Prove address map and measuring path of a bench with a board of known resistors, or nothing, in the socket. Every cell
 * is read twice in each polarity, so that each of the lines is driven alone with every line it crosses:
 *
 * <pre>
 *   READ   SET polarity     0.2 V on one bit line,     gate of one word line at 3 V, 100 us
 *   BACK   RESET polarity   0.2 V on one source line,  the same
 * </pre>
 *
 * Neither is high enough to change a cell. Only when a board conducts nowhere, one more pulse is tried: 1.5 V asked of
 * the column and 0.2 V of the gate, which conducts when the two are exchanged.
 */
public final class SocketProof {
    /** Read with the source line driven. */
    public static final Pulse BACK = new Pulse("BACK", Polarity.RESET, Pulse.READ.columnVolts(), Pulse.READ.gateVolts(),
            Pulse.READ.widthSeconds(), true);
    /** Conduct where column and gate are exchanged, and nowhere else. */
    public static final Pulse EXCHANGED = new Pulse("EXCHANGED", Polarity.SET, 1.5, 0.2, 100e-6, true);
    /** How often every cell is read in each polarity. */
    public static final int PASSES = 2;

    private static final double GAIN_TOLERANCE = 0.05;
    private static final double HALF_FROM = 0.45;
    private static final double HALF_TO = 0.56;
    private static final int PROBES = 64;
    /** After so long a bench measures its supplies again. */
    private static final double SUPPLY_SECONDS = 2;

    private final Bench bench;
    private final Geometry geometry;
    private final List<Finding> findings = new ArrayList<>();
    private final double noiseAmps;

    /**
     * Tell what was found.
     *
     * @param findings everything, in the order in which it was looked at
     * @param readings means of the readings; empty when there are none
     * @param reading what a reading means, and pulses with it; empty unless everything is right
     * @param gain volts that arrive for each volt asked for; 1 unless it was measured
     */
    public record Outcome(List<Finding> findings, Optional<BoardReadings> readings, Optional<ConductanceCard> reading,
            double gain) {
        /** Keep the list from changing. */
        public Outcome {
            findings = List.copyOf(findings);
        }

        /** {@return whether nothing is wrong} */
        public boolean good() {
            return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.WRONG);
        }
    }

    private record Passes(double[] mean, int missing, int saturated) {}

    private SocketProof(Bench bench) {
        this.bench = bench;
        geometry = bench.capabilities().geometry();
        noiseAmps = bench.capabilities().readAccuracy().noiseAmps();
    }

    /**
     * Prove a bench with a board of resistors in its socket.
     *
     * @param bench the bench
     * @param board what sits in the socket
     * @param tolerance how far, relatively, a resistor may be from what the board says
     * @return what was found
     * @throws BenchException when the bench fails on the way
     */
    public static Outcome withBoard(Bench bench, ResistorBoard board, double tolerance) {
        SocketProof proof = new SocketProof(bench);
        return proof.board(board, tolerance);
    }

    /**
     * Prove a bench with nothing in its socket: no line may conduct to another.
     *
     * @param bench the bench
     * @return what was found
     * @throws BenchException when the bench fails on the way
     */
    public static Outcome empty(Bench bench) {
        return new SocketProof(bench).nothing();
    }

    private static PulseProgram everyCell(Pulse pulse, int cells) {
        return PulseProgram.of(pulse, IntStream.range(0, cells).toArray());
    }

    /**
     * List what a proof sends, in order, for a person or a check of limits before anything is touched.
     *
     * @param geometry shape of the array
     * @return the programs
     */
    public static List<PulseProgram> programs(Geometry geometry) {
        List<PulseProgram> programs = new ArrayList<>();
        for (Pulse pulse : List.of(Pulse.READ, BACK)) {
            for (int pass = 0; pass < PASSES; pass++) {
                programs.add(everyCell(pulse, geometry.cells()));
            }
        }
        return programs;
    }

    private Outcome board(ResistorBoard board, double tolerance) {
        Passes set = read(Pulse.READ);
        Passes reset = read(BACK);
        BoardReadings readings = new BoardReadings(geometry, Pulse.READ.columnVolts(),
                noiseAmps / Math.sqrt(PASSES), set.mean, reset.mean);
        double gain = 1;
        Optional<ConductanceCard> card = Optional.empty();
        if (!conducts(board, set.mean, Polarity.SET) && !conducts(board, reset.mean, Polarity.RESET)) {
            dark();
        } else if (set.saturated + reset.saturated > geometry.cells()) {
            findings.add(Finding.wrong("input-saturated", "the current input is beyond its range at most cells",
                    "is the input really 50 ohm, or the shunt the one of the file? A 1 Mohm input sees the whole pulse"));
        } else {
            missing(set.missing + reset.missing);
            findings.addAll(AddressProof.of(board, readings));
            boolean mapped = findings.stream().noneMatch(f -> f.severity() == Finding.Severity.WRONG);
            PathFit fit = PathFit.of(board, readings);
            gain = mapped ? fit.gain() : new Evidence(board, readings).gain();
            height(gain);
            if (mapped) {
                resistors(board, fit, tolerance);
            }
            if (findings.stream().noneMatch(f -> f.severity() == Finding.Severity.WRONG)) {
                card = Optional.of(new ConductanceCard(fit.offsetAmps(), 1, Math.max(0, fit.seriesOhms())));
            }
        }
        return new Outcome(findings, Optional.of(readings), card, gain);
    }

    private Passes read(Pulse pulse) {
        int cells = geometry.cells();
        double[] sum = new double[cells];
        double[][] passes = new double[PASSES][];
        int saturated = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            Readings readings = bench.run(everyCell(pulse, cells));
            passes[pass] = new double[cells];
            for (int cell = 0; cell < cells; cell++) {
                passes[pass][cell] = readings.amps(cell);
                sum[cell] += readings.amps(cell) / PASSES;
                saturated += readings.quality(cell) == Readings.Quality.SATURATED ? 1 : 0;
            }
        }
        int missing = 0;
        for (int cell = 0; cell < cells; cell++) {
            double most = Arrays.stream(new double[]{passes[0][cell], passes[1][cell]}).max().orElse(0);
            double least = Math.min(passes[0][cell], passes[1][cell]);
            if (most > 10 * noiseAmps && least < most / 3) {
                missing++;
                sum[cell] = most; // the pulse that came
            }
        }
        return new Passes(sum, missing, saturated);
    }

    private boolean conducts(ResistorBoard board, double[] amps, Polarity polarity) {
        long should = IntStream.range(0, amps.length).filter(cell -> !Double.isInfinite(board.ohms(cell, polarity)))
                .count();
        long does = Arrays.stream(amps).filter(current -> current > 5 * noiseAmps).count();
        return does * 20 > should;
    }

    /** Find out why no current flows anywhere. */
    private void dark() {
        bench.rest(SUPPLY_SECONDS);
        int[] probes = IntStream.range(0, Math.min(PROBES, geometry.cells())).toArray();
        try {
            Readings exchanged = bench.run(PulseProgram.of(EXCHANGED, probes));
            double[] amps = Arrays.stream(probes).mapToDouble(exchanged::amps).toArray();
            long lit = Arrays.stream(amps).filter(current -> current > 5 * noiseAmps).count();
            if (lit * 2 > probes.length) {
                findings.add(Finding.wrong("channels-exchanged",
                        "the generator's column and gate outputs are exchanged: the array conducts when the column is"
                                + " asked for 1.5 V and the gate for 0.2 V",
                        "exchange the two cables, or column and gate in wiring.generator"));
                return;
            }
        } catch (LimitException e) {
            findings.add(Finding.remark("channels-unproved",
                    "whether column and gate are exchanged was not tried: " + e.getMessage(),
                    "allow 1.5 V on bit lines while the board is in the socket"));
        }
        findings.add(Finding.wrong("no-current", "no current flows through any of the " + geometry.cells() + " cells",
                "look at, in this order: the chip's supplies, the board in its socket, the column cable, the gate cable,"
                        + " the cable from Vin1_col to the oscilloscope, the trigger to the generator"));
    }

    private void missing(int pulses) {
        int given = 2 * PASSES * geometry.cells();
        if (pulses > 0) {
            findings.add(Finding.wrong("trigger-missed", String.format(Locale.ROOT,
                    "%d of %d pulses did not come, each at a cell that conducts at the other reading", pulses, given),
                    "the generator misses triggers: check level, slope and cable of its trigger input"));
        } else {
            findings.add(Finding.good("triggers",
                    "all " + given + " triggers brought a pulse, in the order of the cells"));
        }
    }

    private void height(double gain) {
        String found = String.format(Locale.ROOT, "pulses arrive at %.3f of the height that was asked for", gain);
        if (gain >= 1 - GAIN_TOLERANCE && gain <= 1 + GAIN_TOLERANCE) {
            findings.add(Finding.good("pulse-height", found));
        } else if (gain > HALF_FROM && gain < HALF_TO) {
            findings.add(Finding.wrong("pulse-halved", found + ": something takes half of it",
                    "a 50 ohm load on the column cable? Take the terminator off: the generator is set for an open line"));
        } else if (gain > 1.9 && gain < 2.1) {
            findings.add(Finding.wrong("pulse-doubled", found + ": twice of it",
                    "is the generator set for a 50 ohm load where the line is open?"));
        } else {
            findings.add(Finding.wrong("pulse-height", found,
                    "check the generator's load setting, and the input resistance that the file names"));
        }
    }

    private void resistors(ResistorBoard board, PathFit fit, double tolerance) {
        String path = String.format(Locale.ROOT,
                "%.0f ohm lie in series with every cell, the current's zero is at %+.1f nA",
                fit.seriesOhms(), fit.offsetAmps() * 1e9);
        findings.add(Finding.good("path", path + (fit.openCells() == 0 ? " (not measured)" : "")));
        String where = fit.worstPolarity() + " of " + geometry.describe(fit.worstCell());
        String worst = String.format(Locale.ROOT,
                "resistors read within %.2f %% rms; the one farthest off is %+.1f %% of %.4g ohm, at %s",
                100 * fit.spread(),
                100 * fit.worst(), board.ohms(fit.worstCell(), fit.worstPolarity()), where);
        if (fit.beyondNoise() <= tolerance) {
            findings.add(Finding.good("resistors", worst));
        } else {
            findings.add(Finding.wrong("resistors",
                    worst + String.format(Locale.ROOT, ", and %.1f %% are allowed", 100 * tolerance),
                    "measure that resistor by hand, or correct the board's map"));
        }
    }

    private Outcome nothing() {
        BoardReadings readings = new BoardReadings(geometry, Pulse.READ.columnVolts(), noiseAmps,
                currents(Pulse.READ), currents(BACK));
        for (Polarity polarity : Polarity.values()) {
            double[] amps = readings.amps(polarity);
            int[] lit = IntStream.range(0, amps.length).filter(cell -> Math.abs(amps[cell]) > 6 * noiseAmps).toArray();
            if (lit.length > 0) {
                findings.add(Finding.wrong("short", lit.length + " cells conduct in " + polarity
                        + " polarity though nothing is in the socket, the first at " + geometry.describe(lit[0]),
                        "look for a short between lines of the socket or its board"));
            }
        }
        if (findings.isEmpty()) {
            double zero = Arrays.stream(readings.setAmps()).average().orElse(0);
            findings.add(Finding.good("no-short", String.format(Locale.ROOT,
                    "none of the %d crossings conducts; the current's zero is at %+.1f nA", geometry.cells(),
                    zero * 1e9)));
            findings.add(Finding.remark("address-unproved", "an empty socket proves no address and no pulse height",
                    "put a board of different resistors into it"));
        }
        return new Outcome(findings, Optional.of(readings), Optional.empty(), 1);
    }

    private double[] currents(Pulse pulse) {
        Readings readings = bench.run(everyCell(pulse, geometry.cells()));
        return IntStream.range(0, geometry.cells()).mapToDouble(readings::amps).toArray();
    }
}
