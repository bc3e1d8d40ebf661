package org.memloop.sim.lab;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.BenchClock;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.lab.Outside;
import org.memloop.lab.RunningLab;
import org.memloop.link.Links;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.Latency;

/** Run a virtual laboratory for anybody's program. */
public final class EmulatedLab implements LabEmulation {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOOPBACK_OF_INSTRUMENTS = "127.0.0.2";
    private static final String NONE = "none";

    /** Make an emulation, for {@link java.util.ServiceLoader}. */
    public EmulatedLab() {}

    @Override
    public RunningLab start(LabFile lab, Path folder, Terms terms) {
        DeviceUnderTest device = LabSocket.device(lab, folder,
                new BenchUri("sim", lab.technology(), Map.of("seed", String.valueOf(terms.seed()))));
        Faults faults = new Faults(terms.seed());
        try {
            VirtualLab virtual = new VirtualLab(lab, device, faults,
                    new VirtualLab.Terms(terms.seed(), terms.boot(), terms.baud(), network(terms),
                            latency(terms.latency())));
            return new Running(lab, virtual, faults, new LabStatus(lab, device, faults, virtual));
        } catch (UncheckedIOException e) {
            throw new ConfigurationException("the laboratory cannot be started: " + e.getCause().getMessage(), e);
        }
    }

    /** {@return the latency of a name} */
    static Latency latency(String text) {
        return Latency.of(text).orElseThrow(() -> new ConfigurationException(
                "latency '" + text + "': there are " + String.join(", ", Latency.texts())));
    }

    private static LabNetwork network(Terms terms) {
        String usual = terms.ports() == Ports.REAL ? LOOPBACK_OF_INSTRUMENTS : LOOPBACK;
        String address = terms.address().isEmpty() ? usual : terms.address();
        try {
            return new LabNetwork(InetAddress.ofLiteral(address), switch (terms.ports()) {
                case FREE -> LabNetwork.Which.FREE;
                case REAL -> LabNetwork.Which.REAL;
                case FILE -> LabNetwork.Which.FILE;
            }, terms.announced());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("'" + address + "' is no IP address; write, for example, 127.0.0.2", e);
        }
    }

    private record Running(LabFile lab, VirtualLab virtual, Faults faults, LabStatus description)
            implements
                RunningLab {
        @Override
        public List<Instrument> instruments() {
            List<Instrument> all = new ArrayList<>();
            all.add(new Instrument(LabFile.ROUTER, "array router",
                    List.of(virtual.addresses().router().resource()), ""));
            if (lab.pulsing() instanceof LabFile.PulseMeasure one) {
                all.add(new Instrument(LabFile.PULSE_MEASURE_UNIT, "Keysight B1530A, by its library within wire:",
                        List.of(one.unit().resource()), ""));
            }
            virtual.network().forEach((role, lan) -> all.add(new Instrument(role,
                    virtual.instruments().get(role).identity().toString(), lan.resources(), lan.page().url())));
            return all;
        }

        @Override
        public Map<String, Object> status() {
            return description.of(instruments());
        }

        @Override
        public Outside outside() {
            return virtual.outside();
        }

        @Override
        public BenchClock clock() {
            return virtual.clock();
        }

        @Override
        public Map<String, String> addresses() {
            Map<String, String> addresses = new LinkedHashMap<>();
            virtual.addresses().stations().forEach((role, station) -> addresses.put(role, station.resource()));
            return addresses;
        }

        @Override
        public List<String> reached(String role) {
            return virtual.network().containsKey(role) ? virtual.reached(role) : List.of();
        }

        @Override
        public Links links() {
            return virtual.links();
        }

        @Override
        public Map<String, List<Object>> cells() {
            return description.cells();
        }

        @Override
        public void fault(LabFile.FaultEntry entry) {
            if (entry.fault().equals(NONE) && lab.stations().containsKey(entry.instrument())) {
                faults.clear(entry.instrument());
            } else {
                LabSupplies.set("", entry, lab.stations().keySet(), faults);
            }
        }

        @Override
        public void close() {
            virtual.close();
        }
    }
}
