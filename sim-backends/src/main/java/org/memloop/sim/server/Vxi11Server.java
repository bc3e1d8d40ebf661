package org.memloop.sim.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.memloop.link.wire.Vxi11;
import org.memloop.link.wire.XdrReader;
import org.memloop.link.wire.XdrWriter;
import org.memloop.sim.instrument.EmulatedInstrument;

/**
 * Serve an emulated instrument by VXI-11 (TCP/IP Instrument Protocol, VXIbus Consortium 1995): the core channel, the
 * abort channel, service requests over an interrupt channel, and a portmapper that tells where they are.
 *
 * <pre>
 *   client -- GETPORT --> portmapper (111)        create_link, device_write, device_read, ... --> core channel
 *          &lt;-- device_intr_srq -- this server                                  device_abort --> abort channel
 * </pre>
 */
public final class Vxi11Server implements AutoCloseable {
    /** The name of the device. */
    static final String DEVICE = "inst0";

    private static final int LINK_FIRST = 201;

    /**
     * Say at which ports to serve; 0 takes any that is free.
     *
     * @param portmapper of the portmapper; only at 111 will clients find it
     * @param core of the core channel
     * @param abort of the abort channel
     */
    public record Ports(int portmapper, int core, int abort) {
        /** Any that are free. */
        public static final Ports FREE = new Ports(0, 0, 0);
        /** Where clients look. */
        public static final Ports REAL = new Ports(111, 0, 0);
    }

    private final EmulatedInstrument instrument;
    private final Locks locks;
    private final List<String> devices;
    private final AtomicInteger nextLink = new AtomicInteger(LINK_FIRST);
    private final Map<Integer, Vxi11Link> links = new ConcurrentHashMap<>();
    private final RpcServer abort;
    private final RpcServer core;
    private final Portmapper portmapper;

    /** Serve from now on. */
    Vxi11Server(EmulatedInstrument instrument, Locks locks, InetAddress address, Ports ports) {
        this(instrument, locks, address, ports, List.of(DEVICE));
    }

    /** Serve from now on, under several names. */
    Vxi11Server(EmulatedInstrument instrument, Locks locks, InetAddress address, Ports ports, List<String> devices) {
        this.instrument = instrument;
        this.devices = List.copyOf(devices);
        this.locks = locks;
        abort = new RpcServer("VXI-11 abort channel", new InetSocketAddress(address, ports.abort()), _ -> new Abort());
        try {
            core = new RpcServer("VXI-11", new InetSocketAddress(address, ports.core()),
                    client -> new Vxi11Core(this, client.getInetAddress()));
        } catch (RuntimeException e) {
            abort.close();
            throw e;
        }
        try {
            portmapper = new Portmapper(new InetSocketAddress(address, ports.portmapper()),
                    Map.of(Vxi11.CORE, core.port(), Vxi11.ASYNC, abort.port()));
        } catch (RuntimeException e) {
            core.close();
            abort.close();
            throw e;
        }
    }

    /** {@return where the core channel is} */
    public int corePort() {
        return core.port();
    }

    int abortPort() {
        return abort.port();
    }

    /** {@return where the portmapper is} */
    public int portmapperPort() {
        return portmapper.port();
    }

    Portmapper portmapper() {
        return portmapper;
    }

    /** {@return how many clients are connected} */
    public int connections() {
        return core.connections();
    }

    boolean knows(String device) {
        return devices.stream().anyMatch(device::equalsIgnoreCase);
    }

    Locks locks() {
        return locks;
    }

    Vxi11Link open(Runnable onServiceRequest) {
        Vxi11Link link = new Vxi11Link(nextLink.getAndIncrement(), new Exchange(instrument, onServiceRequest), locks);
        links.put(link.id(), link);
        return link;
    }

    void forget(Vxi11Link link) {
        links.remove(link.id());
        link.close();
    }

    /** End what a link of another connection is doing. */
    private final class Abort implements RpcProgram {
        @Override
        public int number() {
            return Vxi11.ASYNC;
        }

        @Override
        public XdrWriter call(int procedure, XdrReader arguments) throws ProcedureUnavailable, XdrReader.Malformed {
            if (procedure != Vxi11.DEVICE_ABORT) {
                throw new ProcedureUnavailable(procedure);
            }
            Optional<Vxi11Link> link = Optional.ofNullable(links.get(arguments.integer()));
            link.ifPresent(Vxi11Link::abort);
            return new XdrWriter().integer(link.isPresent() ? Vxi11.NONE : Vxi11.INVALID_LINK);
        }
    }

    /** Stop serving. */
    @Override
    public void close() {
        portmapper.close();
        links.values().forEach(Vxi11Link::abort);
        core.close();
        abort.close();
    }
}
