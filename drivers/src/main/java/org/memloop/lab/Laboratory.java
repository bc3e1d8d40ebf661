package org.memloop.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.instrument.ArrayRouter;
import org.memloop.instrument.BenchClock;
import org.memloop.instrument.ForcedPulses;
import org.memloop.instrument.Oscilloscope;
import org.memloop.instrument.PowerSupply;
import org.memloop.instrument.PulseSource;
import org.memloop.instrument.Rack;
import org.memloop.instrument.SequencedPulses;
import org.memloop.instrument.SourceMeasureUnit;
import org.memloop.instrument.TriggeredPulses;
import org.memloop.instrument.WideOscilloscope;
import org.memloop.lab.LabFile.Station;

/** Open the instruments that a laboratory file names and put them together in a rack. */
public final class Laboratory {
    private final LabFile lab;
    private final Outside outside;
    private final UnaryOperator<Oscilloscope> view;
    private final List<AutoCloseable> opened = new ArrayList<>();

    private Laboratory(LabFile lab, Outside outside, UnaryOperator<Oscilloscope> view) {
        this.lab = lab;
        this.outside = outside;
        this.view = view;
    }

    /**
     * Connect to every instrument, whatever pulses first so that its outputs are off before a line can be routed, and
     * switch the supplies on.
     *
     * @param lab what is where
     * @param clock the bench's clock
     * @return the rack
     * @throws org.memloop.bench.BenchException when an instrument is missing, silent or not the one expected; those
     *         that were reached are closed again
     */
    public static Rack open(LabFile lab, BenchClock clock) {
        return open(lab, clock, Outside.real());
    }

    /**
     * Connect to every instrument, wherever it is, and look at more than the pulses: see {@link WideOscilloscope}.
     *
     * @param lab what is where
     * @param clock the bench's clock
     * @param outside how instruments are reached
     * @param factor how many widths of a pulse the oscilloscope looks at
     * @return the rack
     * @throws ConfigurationException when no oscilloscope is in the laboratory
     * @throws org.memloop.bench.BenchException when an instrument is missing, silent or not the one expected
     */
    public static Rack openWide(LabFile lab, BenchClock clock, Outside outside, double factor) {
        if (!(lab.pulsing() instanceof LabFile.GeneratorAndOscilloscope)) {
            throw new ConfigurationException(lab.name() + ": there is no oscilloscope to look at pulses with");
        }
        return open(new Laboratory(lab, outside, oscilloscope -> new WideOscilloscope(oscilloscope, factor)), clock);
    }

    /**
     * Connect to every instrument, wherever it is.
     *
     * @param lab what is where
     * @param clock the bench's clock
     * @param outside how instruments are reached
     * @return the rack
     * @throws org.memloop.bench.BenchException when an instrument is missing, silent or not the one expected; those
     *         that were reached are closed again
     */
    public static Rack open(LabFile lab, BenchClock clock, Outside outside) {
        return open(new Laboratory(lab, outside, UnaryOperator.identity()), clock);
    }

    private static Rack open(Laboratory laboratory, BenchClock clock) {
        try {
            return laboratory.rack(clock);
        } catch (RuntimeException e) {
            laboratory.opened.forEach(instrument -> closeAfter(e, instrument));
            throw e;
        }
    }

    /**
     * Connect to the source-measure unit alone, for curves of single devices; it is no part of a rack.
     *
     * @param lab what is where
     * @param outside how instruments are reached
     * @return the unit, with every output off
     * @throws ConfigurationException when the file names none
     * @throws org.memloop.bench.BenchException when it is missing, silent or not the one expected
     */
    public static SourceMeasureUnit sourceMeasureUnit(LabFile lab, Outside outside) {
        LabFile.SourceMeasure named = lab.requireSourceMeasure();
        return Drivers.SOURCE_MEASURE_UNITS.open(new Drivers.Call(lab, LabFile.SOURCE_MEASURE_UNIT, named.unit(),
                outside));
    }

    private Rack rack(BenchClock clock) {
        PulseSource pulses = switch (lab.pulsing()) {
            case LabFile.GeneratorAndOscilloscope two -> new TriggeredPulses(
                    connect(Drivers.GENERATORS, LabFile.GENERATOR, two.generator()),
                    view.apply(connect(Drivers.OSCILLOSCOPES, LabFile.OSCILLOSCOPE, two.oscilloscope())));
            case LabFile.PulseMeasure one -> new SequencedPulses(
                    connect(Drivers.PULSE_MEASURE_UNITS, LabFile.PULSE_MEASURE_UNIT, one.unit()));
            case LabFile.Forced slow -> new ForcedPulses(
                    connect(Drivers.SOURCE_MEASURE_UNITS, LabFile.SOURCE_MEASURE_UNIT, slow.unit().unit()),
                    slow.complianceAmps(), clock);
        };
        ArrayRouter router = connect(Drivers.ROUTERS, LabFile.ROUTER, lab.router());
        if (!router.geometry().equals(lab.geometry())) {
            throw new ConfigurationException("the router at " + lab.router().resource() + " drives a "
                    + router.geometry() + " array, but " + lab.name() + " says array: " + lab.geometry());
        }
        if (!(pulses instanceof TriggeredPulses)) {
            router.followSeconds(Pulse.READ.widthSeconds()); // refuses here, before anything is switched on, if it cannot
        }
        List<PowerSupply> supplies = new ArrayList<>();
        for (LabFile.Supply supply : lab.supplies()) {
            supplies.add(connect(Drivers.SUPPLIES, supply.role(), supply.station()));
        }
        return new Rack(lab.name(), router, pulses, supplies, lab.limits(), clock);
    }

    private <T extends AutoCloseable> T connect(Drivers<T> drivers, String role, Station station) {
        T instrument = drivers.open(new Drivers.Call(lab, role, station, outside));
        opened.add(instrument);
        return instrument;
    }

    private static void closeAfter(RuntimeException cause, AutoCloseable instrument) {
        try {
            instrument.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }
}
