package org.memloop.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.ArrayRouter;
import org.memloop.instrument.BenchClock;
import org.memloop.instrument.Oscilloscope;
import org.memloop.instrument.PulseGenerator;
import org.memloop.instrument.Rack;
import org.memloop.instrument.TriggeredPulses;
import org.memloop.instrument.keysight.Agilent81160A;
import org.memloop.instrument.keysight.KeysightMsos204A;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.lab.LabFile.Station;
import org.memloop.link.Link;
import org.memloop.link.Links;

/** Open the instruments that a laboratory file names and put them together in a rack. A new driver is one line here. */
public final class Laboratory {
    /** Make a driver speak over a link. */
    private interface Driver<T> {
        T speak(Link link, String role, LabFile lab);
    }

    private static final Map<String, Driver<PulseGenerator>> GENERATORS = Map.of("agilent-81160a",
            (link, role, lab) -> new Agilent81160A(link, role, lab.limits()));
    private static final Map<String, Driver<Oscilloscope>> OSCILLOSCOPES = Map.of("keysight-msos204a",
            (link, role, _) -> new KeysightMsos204A(link, role));
    private static final Map<String, Driver<ArrayRouter>> ROUTERS = Map.of("nucleo-router",
            (link, role, lab) -> new NucleoRouter(link, lab.timing(), role));

    private Laboratory() {}

    /**
     * Connect to every instrument, generator first so that its outputs are off before a line can be routed.
     *
     * @param lab what is where
     * @param clock the bench's clock
     * @return the rack
     * @throws org.memloop.bench.BenchException when an instrument is missing, silent or not the one expected; those
     *         that were reached are closed again
     */
    public static Rack open(LabFile lab, BenchClock clock) {
        return open(lab, clock, new Links());
    }

    /**
     * Connect to every instrument, generator first so that its outputs are off before a line can be routed.
     *
     * @param lab what is where
     * @param clock the bench's clock
     * @param links opens whichever link a resource name asks for
     * @return the rack
     * @throws org.memloop.bench.BenchException when an instrument is missing, silent or not the one expected; those
     *         that were reached are closed again
     */
    public static Rack open(LabFile lab, BenchClock clock, Links links) {
        return switch (lab.pulsing()) {
            case LabFile.GeneratorAndOscilloscope two -> open(lab, two, clock, links);
            case LabFile.PulseMeasure one -> throw new ConfigurationException(
                    lab.name() + ": instruments.pulse-measure-unit.driver: there is no pulse-measure-unit driver '"
                            + one.unit().driver() + "' in this version; name a generator and an oscilloscope");
        };
    }

    private static Rack open(LabFile lab, LabFile.GeneratorAndOscilloscope two, BenchClock clock,
            Links links) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            PulseGenerator generator = connect(LabFile.GENERATOR, two.generator(), GENERATORS, lab, links, opened);
            Oscilloscope oscilloscope = connect(LabFile.OSCILLOSCOPE, two.oscilloscope(), OSCILLOSCOPES, lab, links,
                    opened);
            ArrayRouter router = connect(LabFile.ROUTER, lab.router(), ROUTERS, lab, links, opened);
            if (!router.geometry().equals(lab.geometry())) {
                throw new ConfigurationException(
                        "the router at " + lab.router().resource() + " drives a " + router.geometry()
                                + " array, but " + lab.name() + " says array: " + lab.geometry());
            }
            return new Rack(lab.name(), router, new TriggeredPulses(generator, oscilloscope), List.of(), lab.limits(),
                    clock);
        } catch (RuntimeException e) {
            opened.forEach(instrument -> closeAfter(e, instrument));
            throw e;
        }
    }

    private static <T extends AutoCloseable> T connect(String role, Station station, Map<String, Driver<T>> drivers,
            LabFile lab, Links links, Deque<AutoCloseable> opened) {
        Driver<T> driver = drivers.get(station.driver());
        if (driver == null) {
            throw new ConfigurationException(
                    lab.name() + ": instruments." + role + ".driver: there is no " + role + " driver '"
                            + station.driver() + "'; there are "
                            + String.join(", ", drivers.keySet().stream().sorted().toList()));
        }
        Link link = links.open(station.resource(), RouterFrames.BAUD);
        opened.push(link);
        T instrument = driver.speak(link, role, lab);
        opened.pop();
        opened.push(instrument);
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
