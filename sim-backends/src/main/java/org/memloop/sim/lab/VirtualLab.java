package org.memloop.sim.lab;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.lab.LabFile;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.FaultyInstrument;
import org.memloop.sim.instrument.KeysightMsos204AEmulator;
import org.memloop.sim.instrument.RouterEmulator;
import org.memloop.sim.instrument.Wiring;
import org.memloop.sim.server.LanInstrument;
import org.memloop.sim.server.LoopbackDiscovery;
import org.memloop.sim.server.RouterServer;

/**
 * Run the instruments of a laboratory file as emulations: the router behind a pseudo-terminal, generator and oscilloscope
 * on the network, all wired to one device.
 */
public final class VirtualLab implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualLab.class);

    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private final Wiring wiring;
    private final LabFile addresses;

    private final Map<String, LanInstrument> network = new LinkedHashMap<>();
    private final Map<String, EmulatedInstrument> instruments = new LinkedHashMap<>();

    /**
     * Switch a laboratory on, for this program alone.
     *
     * @param lab what it consists of
     * @param device what sits in the socket
     * @param seed where the instruments' noise comes from
     * @param faults what is wrong with which instrument; may change while the laboratory runs
     * @param baud speed of the router's serial line, bits per second; 0 for as fast as it goes
     * @throws org.memloop.bench.ConfigurationException when this machine has no pseudo-terminals
     */
    public VirtualLab(LabFile lab, DeviceUnderTest device, long seed, Faults faults, int baud) {
        this(lab, device, seed, faults, baud, LabNetwork.PRIVATE);
    }

    /**
     * Switch a laboratory on.
     *
     * @param lab what it consists of
     * @param device what sits in the socket
     * @param seed where the instruments' noise comes from
     * @param faults what is wrong with which instrument; may change while the laboratory runs
     * @param baud speed of the router's serial line, bits per second; 0 for as fast as it goes
     * @param where where its instruments are on the network
     * @throws org.memloop.bench.ConfigurationException when this machine has no pseudo-terminals
     * @throws java.io.UncheckedIOException when a port is taken or not allowed
     */
    public VirtualLab(LabFile lab, DeviceUnderTest device, long seed, Faults faults, int baud, LabNetwork where) {
        LabSupplies.set(lab, faults);
        wiring = new Wiring(device, faults);
        try {
            Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
            KeysightMsos204AEmulator oscilloscope = new KeysightMsos204AEmulator(wiring, seed);
            wiring.connect((Wiring.Source) generator);
            wiring.connect((Wiring.Recorder) oscilloscope);
            connect(generator, "generator", faults, where);
            connect(oscilloscope, "oscilloscope", faults, where);
            LabSupplies.of(lab, wiring, seed).forEach((role, supply) -> connect(supply, role, faults, where));
            if (where.ownAddresses() && where.first().isLoopbackAddress()) {
                discover();
            }
            RouterEmulator router = new RouterEmulator(wiring, lab.geometry(), System::nanoTime, (int) seed);
            RouterServer routerServer = new RouterServer(router, faults, wiring::nowSeconds, seed, baud);
            servers.push(routerServer);
            Map<String, String> resources = new LinkedHashMap<>();
            resources.put(LabFile.ROUTER, "ASRL" + routerServer.devicePath() + "::INSTR");
            network.forEach((role, lan) -> resources.put(role, lan.socket().resource()));
            addresses = lab.at(resources);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void connect(EmulatedInstrument instrument, String role, Faults faults, LabNetwork where) {
        LanInstrument lan = new LanInstrument(new FaultyInstrument(instrument, role, faults, wiring::nowSeconds),
                where.address(network.size()), where.ports(), where.announced());
        servers.push(lan);
        network.put(role, lan);
        instruments.put(role, instrument);
    }

    private void discover() {
        try {
            servers.push(new LoopbackDiscovery(List.copyOf(network.values())));
        } catch (UncheckedIOException e) {
            LOG.warn("{}; the instruments work, but are not found by a search", e.getCause().getMessage());
        }
    }

    /** {@return the instruments on the network, by role} */
    public Map<String, LanInstrument> network() {
        return Collections.unmodifiableMap(network);
    }

    /** {@return the instruments themselves, without faults on the way to them, by role} */
    Map<String, EmulatedInstrument> instruments() {
        return Collections.unmodifiableMap(instruments);
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
