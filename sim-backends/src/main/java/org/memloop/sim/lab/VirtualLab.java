package org.memloop.sim.lab;

import java.util.ArrayDeque;
import java.util.Deque;

import org.memloop.lab.LabFile;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.FaultyInstrument;
import org.memloop.sim.instrument.KeysightMsos204AEmulator;
import org.memloop.sim.instrument.RouterEmulator;
import org.memloop.sim.instrument.Wiring;
import org.memloop.sim.server.RouterServer;
import org.memloop.sim.server.SocketServer;

/**
 * Run the instruments of a laboratory file as emulations: the router behind a pseudo-terminal, generator and oscilloscope
 * behind sockets on the loopback interface, all wired to one device.
 */
public final class VirtualLab implements AutoCloseable {
    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private final Wiring wiring;
    private final LabFile addresses;

    /**
     * Switch a laboratory on.
     *
     * @param lab what it consists of
     * @param device what sits in the socket
     * @param seed where the instruments' noise comes from
     * @param faults what is wrong with which instrument; may change while the laboratory runs
     * @param baud speed of the router's serial line, bits per second; 0 for as fast as it goes
     * @throws org.memloop.bench.ConfigurationException when this machine has no pseudo-terminals
     */
    public VirtualLab(LabFile lab, DeviceUnderTest device, long seed, Faults faults, int baud) {
        LabSupplies.set(lab, faults);
        wiring = new Wiring(device, faults);
        try {
            Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
            KeysightMsos204AEmulator oscilloscope = new KeysightMsos204AEmulator(wiring, seed);
            wiring.connect((Wiring.Source) generator);
            wiring.connect((Wiring.Recorder) oscilloscope);
            SocketServer generatorServer = new SocketServer(faulty(generator, "generator", faults));
            servers.push(generatorServer);
            SocketServer oscilloscopeServer = new SocketServer(faulty(oscilloscope, "oscilloscope", faults));
            servers.push(oscilloscopeServer);
            for (var supply : LabSupplies.of(lab, wiring, seed).entrySet()) {
                servers.push(new SocketServer(faulty(supply.getValue(), supply.getKey(), faults)));
            }
            RouterEmulator router = new RouterEmulator(wiring, lab.geometry(), System::nanoTime, (int) seed);
            RouterServer routerServer = new RouterServer(router, faults, wiring::nowSeconds, seed, baud);
            servers.push(routerServer);
            addresses = lab.at("ASRL" + routerServer.devicePath() + "::INSTR", generatorServer.resource(),
                    oscilloscopeServer.resource());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private EmulatedInstrument faulty(EmulatedInstrument instrument, String role, Faults faults) {
        return new FaultyInstrument(instrument, role, faults, wiring::nowSeconds);
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
