package org.memloop.sim.lab;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.memloop.bench.BenchUri;
import org.memloop.bench.ConfigurationException;
import org.memloop.lab.LabEmulation;
import org.memloop.lab.LabFile;
import org.memloop.lab.RunningLab;
import org.memloop.sim.array.CellState;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.array.SimulatedDie;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.FaultRule;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.server.LanInstrument;
import org.memloop.sim.server.LanPorts;

/** Run a virtual laboratory for anybody's program. */
public final class EmulatedLab implements LabEmulation {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOOPBACK_OF_INSTRUMENTS = "127.0.0.2";
    private static final String ROUTER = "router";
    private static final double LRS_FROM_SIEMENS = 50e-6;

    /** Make an emulation, for {@link java.util.ServiceLoader}. */
    public EmulatedLab() {}

    @Override
    public RunningLab start(LabFile lab, Terms terms) {
        SimulatedDie die = SimBenchProvider.die(new BenchUri("sim", lab.technology() + "-" + lab.geometry(),
                Map.of("seed", String.valueOf(terms.seed()))));
        Faults faults = new Faults(terms.seed());
        try {
            return new Running(lab, die, faults,
                    new VirtualLab(lab, die, terms.seed(), faults, terms.baud(), network(terms)));
        } catch (UncheckedIOException e) {
            throw new ConfigurationException("the laboratory cannot be started: " + e.getCause().getMessage(), e);
        }
    }

    private static LabNetwork network(Terms terms) {
        String usual = terms.realPorts() ? LOOPBACK_OF_INSTRUMENTS : LOOPBACK;
        String address = terms.address().isEmpty() ? usual : terms.address();
        try {
            return new LabNetwork(InetAddress.ofLiteral(address), terms.realPorts() ? LanPorts.REAL : LanPorts.FREE,
                    terms.realPorts(), terms.announced());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("'" + address + "' is no IP address; write, for example, 127.0.0.2", e);
        }
    }

    private record Running(LabFile lab, SimulatedDie die, Faults faults, VirtualLab virtual) implements RunningLab {
        @Override
        public List<Instrument> instruments() {
            List<Instrument> all = new ArrayList<>();
            all.add(new Instrument(ROUTER, "array router", List.of(virtual.addresses().router().resource()), ""));
            virtual.network().forEach((role, lan) -> all.add(new Instrument(role,
                    virtual.instruments().get(role).identity().toString(), lan.resources(), lan.page().url())));
            return all;
        }

        @Override
        public Map<String, Object> status() {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("laboratory", lab.name());
            status.put("simulatedSeconds", virtual.wiring().nowSeconds());
            status.put("pulses", virtual.wiring().pulses());
            status.put("grounded", virtual.wiring().grounded());
            status.put("die", dieStatus());
            status.put("instruments", instruments().stream().map(this::status).toList());
            return status;
        }

        private Map<String, Object> dieStatus() {
            Map<String, Object> status = new LinkedHashMap<>();
            synchronized (virtual.wiring()) {
                int cells = lab.geometry().cells();
                status.put("technology", lab.technology());
                status.put("geometry", lab.geometry().toString());
                for (CellState state : CellState.values()) {
                    status.put(state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            IntStream.range(0, cells).filter(cell -> die.state(cell) == state).count());
                }
                long low = IntStream.range(0, cells).filter(cell -> die.state(cell) == CellState.FORMED)
                        .filter(cell -> die.conductanceSiemens(cell) >= LRS_FROM_SIEMENS).count();
                status.put("lrs", low);
                status.put("hrs", (long) status.get("formed") - low);
                status.put("lrsFromSiemens", LRS_FROM_SIEMENS);
                status.put("pulsesReceived", IntStream.range(0, cells).mapToLong(die::pulsesReceived).sum());
            }
            return status;
        }

        private Map<String, Object> status(Instrument instrument) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("role", instrument.role());
            status.put("identity", instrument.identity());
            status.put("resources", instrument.resources());
            status.put("page", instrument.page());
            LanInstrument lan = virtual.network().get(instrument.role());
            if (lan != null) {
                EmulatedInstrument itself = virtual.instruments().get(instrument.role());
                status.put("connections", lan.connections());
                int summary = Integer.parseInt(ask(itself, "*STB?"));
                status.put("errorsWaiting", (summary & 4) != 0);
                status.put("settings", ask(itself, "*LRN?"));
            }
            status.put("faults", faults.rules(instrument.role()).stream().map(rule -> rule.fault().text()).toList());
            return status;
        }

        private static String ask(EmulatedInstrument instrument, String query) {
            return new String(instrument.handle(query.getBytes(StandardCharsets.ISO_8859_1)),
                    StandardCharsets.ISO_8859_1).strip();
        }

        @Override
        public void fault(String role, String fault, double probability, long occasion) {
            List<String> roles = instruments().stream().map(Instrument::role).toList();
            if (!roles.contains(role)) {
                throw new ConfigurationException(
                        "there is no instrument '" + role + "'; there are " + String.join(", ", roles));
            }
            if (fault.equals("none")) {
                faults.clear(role);
                return;
            }
            Fault found = Fault.of(fault).orElseThrow(() -> new ConfigurationException("there is no fault '" + fault
                    + "'; there are none, " + String.join(", ", Fault.texts())));
            FaultRule always = FaultRule.always(found);
            try {
                faults.set(role, new FaultRule(found, probability, occasion, 0, always.delaySeconds()));
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            virtual.close();
        }
    }
}
