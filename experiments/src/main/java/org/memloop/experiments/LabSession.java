package org.memloop.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.memloop.instrument.BenchClock;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.lab.Outside;
import org.memloop.lab.RunningLab;

/**
 * Reach the instruments of a laboratory file, real ones or their emulations, for work that is done on the instruments and
 * not on a bench.
 */
public final class LabSession implements AutoCloseable {
    /**
     * Say which laboratory, and whether it is a rehearsal.
     *
     * @param file the laboratory file; empty for the built-in one
     * @param rehearsal how it is emulated; empty for the real instruments
     */
    public record Plan(String file, Optional<Rehearsal> rehearsal) {}

    /**
     * Say how a laboratory is emulated.
     *
     * @param seed where noise comes from
     * @param wiring what is wired wrongly, besides what the file says
     * @param faults what is wrong, each of the form role:fault
     */
    public record Rehearsal(long seed, List<String> wiring, List<LabFile.FaultEntry> faults) {
        /** Keep the lists from changing. */
        public Rehearsal {
            wiring = List.copyOf(wiring);
            faults = List.copyOf(faults);
        }
    }

    private final LabFile lab;
    private final Optional<RunningLab> running;

    private LabSession(LabFile lab, Optional<RunningLab> running) {
        this.lab = lab;
        this.running = running;
    }

    static LabFile read(Plan plan) {
        return plan.file().isEmpty() ? LabFile.builtIn() : LabFile.read(Path.of(plan.file()));
    }

    static LabSession open(Plan plan, UnaryOperator<LabFile> prepared) {
        LabFile lab = prepared.apply(read(plan));
        if (plan.rehearsal().isEmpty()) {
            return new LabSession(lab, Optional.empty());
        }
        Rehearsal rehearsal = plan.rehearsal().get();
        List<String> wires = new ArrayList<>(lab.wiringFaults());
        wires.addAll(rehearsal.wiring());
        Path folder = plan.file().isEmpty() ? Path.of("") : Path.of(plan.file()).toAbsolutePath().getParent();
        RunningLab running = LabEmulation.find().start(lab.miswired(wires), folder,
                new LabEmulation.Terms(rehearsal.seed(), (int) rehearsal.seed(), "", LabEmulation.Ports.FREE, false, 0,
                        "off"));
        try {
            rehearsal.faults().forEach(running::fault);
            return new LabSession(lab.at(running.addresses()), Optional.of(running));
        } catch (RuntimeException e) {
            running.close();
            throw e;
        }
    }

    LabFile lab() {
        return lab;
    }

    Outside outside() {
        return running.map(RunningLab::outside).orElseGet(Outside::owned);
    }

    BenchClock clock() {
        return running.map(RunningLab::clock).orElseGet(BenchClock::real);
    }

    /** Switch an emulation off. */
    @Override
    public void close() {
        running.ifPresent(RunningLab::close);
    }
}
