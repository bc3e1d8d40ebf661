package org.memloop.sim.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.memloop.bench.Bench;
import org.memloop.bench.BenchProvider;
import org.memloop.bench.BenchUri;
import org.memloop.bench.Blueprint;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Load;
import org.memloop.bench.Notice;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.instrument.Rack;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.lab.ForcedLab;
import org.memloop.lab.LabBlueprint;
import org.memloop.lab.LabFile;
import org.memloop.lab.Laboratory;
import org.memloop.lab.Outside;
import org.memloop.sim.array.SimBenchProvider;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.FaultRule;
import org.memloop.sim.instrument.Faults;

/** Open a laboratory file on emulated instruments: real drivers, real sockets, a real pseudo-terminal, one simulated die. */
public final class WireBenchProvider implements BenchProvider {
    /** In the order in which a laboratory tells how an instrument is reached. */
    private static final List<String> LINKS = List.of("socket", "vxi11", "hislip");

    /** Make a provider, for {@link java.util.ServiceLoader}. */
    public WireBenchProvider() {}

    @Override
    public String scheme() {
        return "wire";
    }

    @Override
    public String summary() {
        return "the drivers of a laboratory file, talking to emulated instruments around one simulated die"
                + " (fault= an instrument and what is wrong with it, for example router-silent;"
                + " wiring= what is wired wrongly, for example rows-reversed;"
                + " link= socket, vxi11 or hislip instead of the file's;"
                + " baud= speed of the router's serial line, 0 for no limit;"
                + " pulses=source-measure-unit forces voltages slowly, compliance= at most this current;"
                + " latency= off, simulated or real, as instruments take their time):"
                + " wire:lab-a.yaml?seed=7; wire: alone is the bench of the thesis";
    }

    @Override
    public Blueprint describe(BenchUri uri) {
        return LabBlueprint.of(file(uri), baud(uri));
    }

    private static LabFile file(BenchUri uri) {
        Set<String> known = new HashSet<>(SimBenchProvider.DIE_KEYS);
        known.addAll(Set.of("fault", "baud", "wiring", "latency", "link", "record", "pulses", "compliance"));
        uri.allow(known);
        return ForcedLab.of(uri.path().isEmpty() ? LabFile.builtIn() : LabFile.read(Path.of(uri.path())), uri);
    }

    @Override
    public Bench open(BenchUri uri) {
        LabFile lab = file(uri);
        Path folder = uri.path().isEmpty() ? Path.of("") : Path.of(uri.path()).toAbsolutePath().getParent();
        VirtualLab virtual = new VirtualLab(miswired(lab, uri), LabSocket.device(lab, folder, uri), faults(uri, lab),
                new VirtualLab.Terms(uri.number("seed", 1), (int) uri.number("seed", 1), baud(uri), LabNetwork.PRIVATE,
                        EmulatedLab.latency(uri.parameters().getOrDefault("latency", "off"))));
        try {
            return new WireBench(virtual, Laboratory.open(linked(virtual, uri), virtual.clock(),
                    outside(virtual, uri)));
        } catch (RuntimeException e) {
            virtual.close();
            throw e;
        }
    }

    private static Outside outside(VirtualLab virtual, BenchUri uri) {
        String record = uri.parameters().get("record");
        return record == null ? virtual.outside() : virtual.outside().recorded(Path.of(record));
    }

    /** Every instrument on the network by the link that the address asks for, or else by the one of the file. */
    private static LabFile linked(VirtualLab virtual, BenchUri uri) {
        String link = uri.parameters().get("link");
        if (link == null) {
            return virtual.own();
        }
        int which = LINKS.indexOf(link);
        if (which < 0) {
            throw new ConfigurationException(
                    "bench '" + uri + "': link must be " + String.join(", ", LINKS) + ", not '" + link + "'");
        }
        Map<String, String> resources = new HashMap<>();
        virtual.network().keySet().forEach(role -> resources.put(role, virtual.reached(role).get(which)));
        return virtual.own().at(resources);
    }

    /** What is wired wrongly: what the file says, and what the address adds. */
    private static LabFile miswired(LabFile lab, BenchUri uri) {
        String more = uri.parameters().getOrDefault("wiring", "");
        List<String> all = new ArrayList<>(lab.wiringFaults());
        Arrays.stream(more.split(",")).filter(fault -> !fault.isBlank()).forEach(all::add);
        return lab.miswired(all);
    }

    private static int baud(BenchUri uri) {
        long baud = uri.number("baud", RouterFrames.BAUD);
        if (baud < 0 || baud > 100_000_000) {
            throw new ConfigurationException(
                    "bench '" + uri + "': baud must be 0 (no limit) to 100000000 bits per second, not " + baud);
        }
        return (int) baud;
    }

    /** What is wrong: drop-reply strikes once, everything else always. */
    private static Faults faults(BenchUri uri, LabFile lab) {
        Faults faults = new Faults(uri.number("seed", 1));
        String text = uri.parameters().get("fault");
        if (text != null) {
            Set<String> roles = lab.stations().keySet();
            String role = roles.stream().filter(known -> text.startsWith(known + "-")).findFirst().orElse("");
            Fault fault = Fault.of(text.substring(Math.min(text.length(), role.length() + 1)))
                    .filter(_ -> !role.isEmpty())
                    .orElseThrow(() -> new ConfigurationException("bench '" + uri + "': fault '" + text
                            + "' is not of the form role-fault; roles are " + String.join(", ", roles) + ", faults "
                            + String.join(", ", Fault.texts())));
            faults.set(role, fault == Fault.DROP_REPLY ? FaultRule.once(fault, 1) : FaultRule.always(fault));
        }
        return faults;
    }

    /** Close the instruments before the laboratory they talk to. */
    private record WireBench(VirtualLab lab, Rack rack) implements Bench {
        @Override
        public Capabilities capabilities() {
            return rack.capabilities();
        }

        @Override
        public Readings run(PulseProgram program) {
            return rack.run(program);
        }

        @Override
        public void rest(double seconds) {
            rack.rest(seconds);
        }

        @Override
        public void tell(Consumer<Notice> listener) {
            rack.tell(listener);
        }

        @Override
        public Optional<Load> lastLoad() {
            return rack.lastLoad();
        }

        @Override
        public void close() {
            try {
                rack.close();
            } finally {
                lab.close();
            }
        }
    }
}
