package org.memloop.sim.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

import org.memloop.bench.Pulse;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.check.Check;
import org.memloop.check.Checks;

/** Check one nominal HfOx cell, without noise, under the operating conditions of the thesis (table 4.1). */
public final class FilamentChecks implements Checks {
    private static final String POINTS = "hfox-operating-points.txt";
    /** State of a nominal cell after SET, and after a hard RESET, channels. */
    private static final double LOW_RESISTANCE = 3.07;
    private static final double HIGH_RESISTANCE = -1.2;

    private final Technology hfox = TechnologyCard.builtIn("hfox-leti");
    private final CellSolver solver = new CellSolver(hfox);

    /** Make the group; {@link java.util.ServiceLoader} does. */
    public FilamentChecks() {}

    @Override
    public String subject() {
        return "hfox-cell";
    }

    @Override
    public String about() {
        return "one nominal HfOx 1T1R cell, noise off, against independent solutions of the model's equations";
    }

    @Override
    public List<Check> run(long seed) {
        List<Check> checks = new ArrayList<>(operatingPoints());
        checks.addAll(switching());
        checks.addAll(weakReset());
        checks.addAll(compliance());
        checks.addAll(leftAlone());
        return checks;
    }

    /** The worst of all states, for each pulse and quantity: shares by which they differ. */
    private List<Check> operatingPoints() {
        String[] quantities = {"volts", "current", "temperature", "speed of the state"};
        double[] tolerances = {1e-3, 1e-3, 1e-3, 1e-2};
        List<Check> checks = new ArrayList<>();
        for (Pulse pulse : Pulse.TABLE_4_1) {
            double[] worst = new double[quantities.length];
            int states = 0;
            for (Row row : rows()) {
                if (row.pulse.equals(pulse.name())) {
                    CellSolver.Motion motion = solver.motion(row.state, pulse.polarity(), pulse.columnVolts(),
                            pulse.gateVolts());
                    double[] found = {motion.point().cellVolts(), motion.point().amps(), motion.kelvin(),
                            motion.perSecond()};
                    for (int i = 0; i < worst.length; i++) {
                        worst[i] = Math.max(worst[i], Math.abs(found[i] / row.values[i] - 1));
                    }
                    states++;
                }
            }
            for (int i = 0; states > 0 && i < worst.length; i++) {
                checks.add(Check.atMost("R1", pulse.name() + ": " + quantities[i] + ", worst of " + states + " states",
                        "share", tolerances[i], worst[i]));
            }
        }
        return checks;
    }

    private record Row(String pulse, double state, double[] values) {}

    private static List<Row> rows() {
        try (InputStream in = FilamentChecks.class.getResourceAsStream(POINTS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(FilamentChecks::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] words = line.split("[: ]+");
        double[] values = new double[words.length - 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(words[i + 2]);
        }
        return new Row(words[0], Double.parseDouble(words[1]), values);
    }

    private List<Check> switching() {
        double set = after(Pulse.SET, HIGH_RESISTANCE);
        double reset = after(Pulse.HARD_RESET, LOW_RESISTANCE);
        List<Check> checks = new ArrayList<>(
                List.of(Check.near("R2", "SET from -1.2: state", "channels", 3.0663, 0.002, set),
                        Check.near("R2", "SET from -1.2: conductance read", "uS", 99.24, 0.02, read(set)),
                        Check.near("R3", "hard RESET from 3.07: state", "channels", -1.2022, 0.003, reset),
                        Check.near("R3", "hard RESET from 3.07: resistance", "kOhm", 299, 3,
                                1e-3 / hfox.cell().siemens(reset))));
        double[][] onset = {{1.0, 3.064}, {1.2, 2.714}, {1.4, -0.340}};
        for (double[] row : onset) {
            checks.add(Check.near("R7", "RESET of 1 us at " + row[0] + " V from 3.07: state", "channels", row[1], 0.01,
                    after(Polarity.RESET, row[0], 4.5, 1e-6, LOW_RESISTANCE)));
        }
        return checks;
    }

    private List<Check> weakReset() {
        double[][] targets = {{1000, 93.66}, {2500, 83.60}, {5000, 63.98}, {10_000, 39.18}};
        PulseEffect weak = effect(Pulse.WEAK_RESET);
        double state = after(Pulse.SET, HIGH_RESISTANCE);
        int pulses = 0;
        List<Check> checks = new ArrayList<>();
        for (double[] target : targets) {
            for (; pulses < target[0]; pulses++) {
                state += weak.displacement(state, Pulse.WEAK_RESET.widthSeconds());
            }
            checks.add(Check.near("R4", "conductance read after " + pulses + " weak RESET", "uS", target[1], 0.05,
                    read(state)));
        }
        return checks;
    }

    private List<Check> compliance() {
        double[][] targets = {{1.6, 41.16}, {2.0, 71.23}, {2.8, 109.67}, {3.2, 119.31}};
        List<Check> checks = new ArrayList<>();
        double[] logOhms = new double[targets.length];
        double[] logAmps = new double[targets.length];
        for (int i = 0; i < targets.length; i++) {
            double gateVolts = targets[i][0];
            double state = after(Polarity.SET, 2.0, gateVolts, 50e-6, HIGH_RESISTANCE);
            checks.add(Check.near("R5", "conductance read after SET with the gate at " + gateVolts + " V", "uS",
                    targets[i][1], 0.1, read(state)));
            logAmps[i] = Math.log(solver.motion(state, Polarity.SET, 2.0, gateVolts).point().amps());
            logOhms[i] = -Math.log(hfox.cell().siemens(state));
        }
        int last = targets.length - 1;
        checks.add(Check.near("R6", "exponent of resistance over compliance current", "", -1.09, 0.05,
                (logOhms[last] - logOhms[0]) / (logAmps[last] - logAmps[0])));
        return checks;
    }

    private List<Check> leftAlone() {
        double million = 1e6 * Pulse.READ.widthSeconds();
        PulseEffect read = effect(Pulse.READ);
        List<Check> checks = new ArrayList<>();
        for (double state : new double[]{HIGH_RESISTANCE, LOW_RESISTANCE}) {
            checks.add(Check.near("R13", "a million readings at " + state + ": state moved by", "channels", 0, 0.01,
                    read.displacement(state, million)));
        }
        PulseEffect rest = hfox.cell().effect(solver, Polarity.SET, 0, 0);
        checks.add(Check.near("retention", "low-resistance state after a million seconds", "channels", 3.05, 0.01,
                LOW_RESISTANCE + rest.displacement(LOW_RESISTANCE, 1e6)));
        checks.addAll(new HalfSelected(hfox).checks());
        return checks;
    }

    private double after(Pulse pulse, double state) {
        return after(pulse.polarity(), pulse.columnVolts(), pulse.gateVolts(), pulse.widthSeconds(), state);
    }

    private double after(Polarity polarity, double columnVolts, double gateVolts, double widthSeconds, double state) {
        return state + hfox.cell().effect(solver, polarity, columnVolts, gateVolts).displacement(state, widthSeconds);
    }

    private PulseEffect effect(Pulse pulse) {
        return hfox.cell().effect(solver, pulse.polarity(), pulse.columnVolts(), pulse.gateVolts());
    }

    /** {@return what a READ gives, microsiemens} */
    private double read(double state) {
        return 1e6 * solver.motion(state, Polarity.SET, Pulse.READ.columnVolts(), Pulse.READ.gateVolts()).point().amps()
                / Pulse.READ.columnVolts();
    }
}
