package org.memloop.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.ArrayRouter;
import org.memloop.instrument.Diagnosable;
import org.memloop.instrument.Diagnosis;
import org.memloop.instrument.Oscilloscope;
import org.memloop.instrument.PowerSupply;
import org.memloop.instrument.PulseGenerator;
import org.memloop.instrument.PulseMeasureUnit;
import org.memloop.instrument.SupplyReading;
import org.memloop.instrument.SupplyTarget;
import org.memloop.lab.LabFile.Station;

/**
 * Connect to every instrument of a laboratory and ask each how it is. Nothing is pulsed, no output is switched on, and a
 * failure of one keeps none of the others from being looked at.
 */
public final class LabCheck {
    private final LabFile lab;
    private final Outside outside;

    /**
     * Tell of one instrument.
     *
     * @param role what it is there for
     * @param driver which driver speaks to it
     * @param resource where it is
     * @param identity who answered; empty when nobody did
     * @param verdict how it is
     * @param found what was found, for a person: readings, options, failures
     */
    public record Row(String role, String driver, String resource, String identity, Verdict verdict,
            List<String> found) {
        /** Keep the list from changing. */
        public Row {
            found = List.copyOf(found);
        }
    }

    /** Tell how an instrument is. */
    public enum Verdict {
        /** As it should be. */
        GOOD,
        /** It answers, but not everything could be looked at. */
        UNSURE,
        /** It must not be used so. */
        BAD
    }

    /** Ask an instrument that is open more than its name. */
    private interface Look<T> {
        Verdict at(T instrument, List<String> found);
    }

    private LabCheck(LabFile lab, Outside outside) {
        this.lab = lab;
        this.outside = outside;
    }

    /**
     * Look at every instrument, whatever pulses first.
     *
     * @param lab what is where
     * @param outside how instruments are reached
     * @return one row for each instrument
     */
    public static List<Row> of(LabFile lab, Outside outside) {
        return new LabCheck(lab, outside).rows();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        switch (lab.pulsing()) {
            case LabFile.GeneratorAndOscilloscope two -> {
                rows.add(row(Drivers.GENERATORS, LabFile.GENERATOR, two.generator(),
                        PulseGenerator::identity, (_, _) -> Verdict.GOOD));
                rows.add(row(Drivers.OSCILLOSCOPES, LabFile.OSCILLOSCOPE, two.oscilloscope(),
                        Oscilloscope::identity, (_, _) -> Verdict.GOOD));
            }
            case LabFile.PulseMeasure one -> rows.add(row(Drivers.PULSE_MEASURE_UNITS, LabFile.PULSE_MEASURE_UNIT,
                    one.unit(), PulseMeasureUnit::identity, (_, _) -> Verdict.GOOD));
            case LabFile.Forced _ -> {
                // looked at below
            }
        }
        rows.add(row(Drivers.ROUTERS, LabFile.ROUTER, lab.router(), ArrayRouter::identity, this::router));
        lab.sourceMeasure().ifPresent(unit -> rows.add(new Row(LabFile.SOURCE_MEASURE_UNIT, unit.unit().driver(),
                unit.unit().resource(), "", Verdict.UNSURE, List.of("not looked at by this version"))));
        lab.supplies().forEach(supply -> rows
                .add(row(Drivers.SUPPLIES, supply.role(), supply.station(), PowerSupply::identity, this::supply)));
        return rows;
    }

    private <T extends AutoCloseable> Row row(Drivers<T> drivers, String role, Station station,
            Function<T, Capabilities.Identity> identity, Look<T> look) {
        List<String> found = new ArrayList<>();
        String name = "";
        Verdict verdict = Verdict.BAD;
        Optional<T> opened = Optional.empty();
        try {
            opened = Optional.of(drivers.open(new Drivers.Call(lab, role, station, outside)));
            T instrument = opened.get();
            name = identity.apply(instrument).idn();
            verdict = worse(look.at(instrument, found), diagnose(instrument, found));
        } catch (BenchException e) {
            found.add(e.getMessage());
        }
        close(opened, found);
        return new Row(role, station.driver(), station.resource(), name, verdict, found);
    }

    private static Verdict worse(Verdict a, Verdict b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Verdict diagnose(Object instrument, List<String> found) {
        if (!(instrument instanceof Diagnosable diagnosable)) {
            return Verdict.GOOD;
        }
        Diagnosis diagnosis = diagnosable.diagnose();
        if (diagnosis.troubles().isEmpty()) {
            found.add("self-test passed, no errors waiting"
                    + (diagnosis.options().isEmpty() ? "" : ", options " + diagnosis.options()));
            return Verdict.GOOD;
        }
        found.addAll(diagnosis.troubles());
        return Verdict.BAD;
    }

    private static void close(Optional<? extends AutoCloseable> instrument, List<String> found) {
        try {
            if (instrument.isPresent()) {
                instrument.get().close();
            }
        } catch (Exception e) {
            found.add("did not close: " + e.getMessage());
        }
    }

    private Verdict router(ArrayRouter router, List<String> found) {
        if (!router.geometry().equals(lab.geometry())) {
            found.add("drives a " + router.geometry() + " array, the file says array: " + lab.geometry()
                    + "; correct one of them");
            return Verdict.BAD;
        }
        router.ground();
        found.add("drives a " + router.geometry() + " array, up to " + router.maxSteps()
                + " steps a program; every line is on ground");
        return Verdict.GOOD;
    }

    private Verdict supply(PowerSupply supply, List<String> found) {
        Verdict verdict = Verdict.GOOD;
        List<SupplyReading> readings = supply.measure();
        for (int i = 0; i < readings.size(); i++) {
            verdict = worse(verdict, output(supply.targets().get(i), readings.get(i), found));
        }
        if (readings.isEmpty()) {
            throw new ConfigurationException("feeds no pin; say which in feeds or outputs");
        }
        return verdict;
    }

    private static Verdict output(SupplyTarget target, SupplyReading reading, List<String> found) {
        String what = String.format(Locale.ROOT, "output %d (%s): %.4g V, %.3g A, %s", target.output(),
                String.join(", ", target.pins()), reading.volts(), reading.amps(),
                reading.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (reading.state() == SupplyReading.State.OFF) {
            found.add(what + String.format(Locale.ROOT, "; a run switches it on, to %.4g V", target.volts()));
            return Verdict.UNSURE;
        }
        boolean near = Math.abs(reading.volts() - target.volts()) <= target.toleranceVolts();
        if (near && reading.state() == SupplyReading.State.CONSTANT_VOLTAGE) {
            found.add(what);
            return Verdict.GOOD;
        }
        found.add(what + String.format(Locale.ROOT, "; %.4g V within %.2g V at constant voltage are needed",
                target.volts(), target.toleranceVolts()));
        return Verdict.BAD;
    }
}
