package org.memloop.sim.lab;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.instrument.BenchClock;
import org.memloop.instrument.raspberry.RegisterPins;
import org.memloop.instrument.router.RouterStatus;
import org.memloop.lab.LabFile;
import org.memloop.lab.Outside;
import org.memloop.link.Link;
import org.memloop.link.LinkOptions;
import org.memloop.link.Links;
import org.memloop.link.Patience;
import org.memloop.link.ResourceName;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.array.Miswiring;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.EmulatedPins;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.FaultyInstrument;
import org.memloop.sim.instrument.Latency;
import org.memloop.sim.instrument.PacedInstrument;
import org.memloop.sim.instrument.RouterEmulator;
import org.memloop.sim.instrument.Wiring;
import org.memloop.sim.server.LanInstrument;
import org.memloop.sim.server.LoopbackDiscovery;
import org.memloop.sim.server.RouterServer;
import org.memloop.sim.server.StandInVisa;

/**
 * Run the instruments of a laboratory file as emulations, all wired to one device: the router behind a pseudo-terminal,
 * the pulse-measure unit behind its library, all others on the network.
 */
public final class VirtualLab implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualLab.class);
    private static final Pattern GPIB = Pattern.compile("GPIB(\\d*)::(\\d{1,2})(?:::(\\d{1,2}))?(?:::INSTR)?",
            Pattern.CASE_INSENSITIVE);

    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private final Wiring wiring;
    private final LabFile file;
    private final LabFile addresses;
    private final Map<String, EmulatedInstrument> onBuses = new LinkedHashMap<>();
    private final StandInVisa visa;
    private final RouterEmulator router;
    private final Optional<SymbolLookup> pulseMeasureLibrary;

    private final Map<String, LanInstrument> network = new LinkedHashMap<>();
    private final Map<String, EmulatedInstrument> instruments;

    /**
     * Say how a laboratory runs.
     *
     * @param seed where the instruments' noise comes from
     * @param boot number that tells this start of the router from others
     * @param baud speed of the router's serial line, bits per second; 0 for as fast as it goes
     * @param where where its instruments are on the network
     * @param latency whether its instruments take their time
     */
    public record Terms(long seed, int boot, int baud, LabNetwork where, Latency latency) {}

    /**
     * Switch a laboratory on.
     *
     * @param lab what it consists of
     * @param device what sits in the socket
     * @param faults what is wrong with which instrument; may change while the laboratory runs
     * @param terms how it runs
     * @throws org.memloop.bench.ConfigurationException when this machine has no pseudo-terminals, or a driver no
     *         emulation
     * @throws java.io.UncheckedIOException when a port is taken or not allowed
     */
    public VirtualLab(LabFile lab, DeviceUnderTest device, Faults faults, Terms terms) {
        LabSupplies.set(lab, faults);
        file = lab;
        wiring = new Wiring(device, faults, Optional.of(lab.limits()));
        wiring.wire(Miswiring.of(lab.geometry(), lab.wiringFaults()));
        LabInstruments made = new LabInstruments(lab, wiring, terms.seed());
        instruments = made.speaking();
        wiring.settling(terms.latency() != Latency.OFF);
        made.pulseMeasureUnit().ifPresent(unit -> unit.pace(terms.latency()));
        try {
            instruments.forEach((role, instrument) -> serve(lab, role, instrument, faults, terms));
            if (terms.where().which() == LabNetwork.Which.REAL && terms.where().first().isLoopbackAddress()) {
                discover();
            }
            pulseMeasureLibrary = made.pulseMeasureUnit().map(unit -> {
                Arena arena = Arena.ofShared();
                servers.push(arena::close);
                return unit.library(arena);
            });
            router = new RouterEmulator(wiring, lab.geometry(), System::nanoTime, terms.boot());
            RouterServer server = new RouterServer(router, faults, wiring::nowSeconds, terms.seed(), terms.baud());
            servers.push(server);
            addresses = lab.at(resources(lab, server.devicePath(), terms.where()));
            visa = new StandInVisa(onBuses);
            servers.push(visa);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void serve(LabFile lab, String role, EmulatedInstrument instrument, Faults faults, Terms terms) {
        LabNetwork where = terms.where();
        String resource = lab.stations().get(role).resource();
        LabNetwork.Place place = where.place(network.size(), role, resource);
        EmulatedInstrument paced = new PacedInstrument(instrument, wiring, terms.latency());
        FaultyInstrument faulty = new FaultyInstrument(paced, role, faults, wiring::nowSeconds);
        if (onBus(resource)) {
            onBuses.put(resource, faulty);
        }
        LanInstrument lan = new LanInstrument(faulty,
                place.address(), place.ports(), where.announced(), gateway(resource));
        servers.push(lan);
        network.put(role, lan);
    }

    /** {@return the name that a gateway from network to GPIB has for an instrument there, if it is there} */
    private static List<String> gateway(String resource) {
        Matcher gpib = GPIB.matcher(resource);
        return gpib.matches()
                ? List.of("gpib" + (gpib.group(1).isEmpty() ? "0" : gpib.group(1)) + "," + gpib.group(2)
                        + (gpib.group(3) == null ? "" : "," + gpib.group(3)))
                : List.of();
    }

    private static boolean onBus(String resource) {
        return switch (ResourceName.parse(resource)) {
            case ResourceName.Gpib _,ResourceName.Usb _,ResourceName.Pxi _ -> true;
            default -> false;
        };
    }

    private void discover() {
        try {
            servers.push(new LoopbackDiscovery(List.copyOf(network.values())));
        } catch (UncheckedIOException e) {
            LOG.warn("{}; the instruments work, but are not found by a search", e.getCause().getMessage());
        }
    }

    /** Tell where each instrument is: where the file says, when it is there, and by the same kind of link otherwise. */
    private Map<String, String> resources(LabFile lab, String devicePath, LabNetwork where) {
        Map<String, String> resources = new LinkedHashMap<>();
        resources.put(LabFile.ROUTER, "ASRL" + devicePath + "::INSTR");
        if (where.which() == LabNetwork.Which.FILE) {
            SerialName.of(lab.router().resource(), devicePath).ifPresent(name -> {
                servers.push(name);
                resources.put(LabFile.ROUTER, lab.router().resource());
            });
        }
        network.forEach((role, lan) -> {
            String wanted = lab.stations().get(role).resource();
            boolean there = where.which() == LabNetwork.Which.FILE
                    && !wanted.toUpperCase(Locale.ROOT).startsWith("GPIB")
                    && !wanted.toUpperCase(Locale.ROOT).startsWith("USB");
            resources.put(role, there ? wanted : lan.like(ResourceName.parse(wanted)).toString());
        });
        return resources;
    }

    /** {@return every name by which links of this program reach an instrument on the network or a bus} */
    List<String> reached(String role) {
        LanInstrument lan = network.get(role);
        List<String> names = new ArrayList<>();
        for (String kind : List.of("TCPIP::host::5025::SOCKET", "TCPIP::host::inst0", "TCPIP::host::hislip0")) {
            names.add(lan.like(ResourceName.parse(kind)).toString());
        }
        String own = file.stations().get(role).resource();
        if (onBus(own)) {
            names.add(own);
        }
        return names;
    }

    /** {@return the laboratory file for drivers of this program, which find GPIB, USB and PXI behind a stand-in} */
    LabFile own() {
        Map<String, String> resources = new LinkedHashMap<>();
        network.keySet().forEach(role -> resources.put(role, Optional.of(file.stations().get(role).resource())
                .filter(VirtualLab::onBus).orElse(addresses.stations().get(role).resource())));
        return addresses.at(resources);
    }

    /** {@return the instruments on the network, by role} */
    public Map<String, LanInstrument> network() {
        return Collections.unmodifiableMap(network);
    }

    /** {@return the library of the pulse-measure unit, for programs of this process; empty when there is no unit} */
    public Optional<SymbolLookup> pulseMeasureLibrary() {
        return pulseMeasureLibrary;
    }

    /** {@return what opens links of this program to the emulations, those on buses behind a stand-in for a VISA library} */
    Links links() {
        return new Links(visa::library, Patience.USUAL);
    }

    /** {@return how drivers of this program reach the emulations: over links, and by libraries of native functions} */
    Outside outside() {
        Outside real = Outside.over(links());
        return new Outside() {
            @Override
            public Link link(String resource, LinkOptions options, int usualBaud) {
                // a library or port that the file names belongs to the real instruments
                return real.link(resource, new LinkOptions(Optional.empty(), OptionalInt.empty(),
                        options.timeoutSeconds(), options.baud()), usualBaud);
            }

            @Override
            public SymbolLookup wgfmu(LinkOptions options) {
                return pulseMeasureLibrary.orElseThrow();
            }

            @Override
            public RegisterPins pins(String resource) {
                return new EmulatedPins(wiring, addresses.geometry());
            }
        };
    }

    /** {@return the laboratory's own clock: rest takes no time on the wall} */
    BenchClock clock() {
        return new BenchClock() {
            @Override
            public double nowSeconds() {
                return wiring.nowSeconds();
            }

            @Override
            public void pass(double seconds) {
                wiring.advance(seconds);
            }
        };
    }

    /** {@return the instruments themselves, without faults on the way to them, by role} */
    Map<String, EmulatedInstrument> instruments() {
        return Collections.unmodifiableMap(instruments);
    }

    /** {@return what the router is doing, and has done since it was switched on} */
    RouterStatus router() {
        return router.status();
    }

    /** {@return the laboratory file with the addresses where the emulations listen} */
    public LabFile addresses() {
        return addresses;
    }

    /** {@return what joins the instruments, and the clock they live by} */
    public Wiring wiring() {
        return wiring;
    }

    /** Switch everything off. Calling it again is harmless. */
    @Override
    public void close() {
        while (!servers.isEmpty()) {
            try {
                servers.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("an emulated instrument did not stop", e);
            }
        }
    }
}
