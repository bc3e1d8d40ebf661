package org.memloop.sim.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import org.memloop.link.ResourceName;
import org.memloop.link.wire.HislipMessage;
import org.memloop.link.wire.Vxi11;
import org.memloop.sim.instrument.EmulatedInstrument;

/** Put an emulated instrument on the network as a real one is: raw socket, VXI-11, HiSLIP, LXI page, announcement. */
public final class LanInstrument implements AutoCloseable {

    private final InetAddress address;
    private final List<String> devices = new ArrayList<>();
    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private final SocketServer socket;
    private final Vxi11Server vxi11;
    private final HislipServer hislip;
    private final LxiPage page;

    /**
     * Switch its network on.
     *
     * @param instrument what answers
     * @param address where it is
     * @param ports at which ports
     * @param announced whether multicast DNS tells of it
     * @throws java.io.UncheckedIOException when a port is taken or not allowed
     */
    public LanInstrument(EmulatedInstrument instrument, InetAddress address, LanPorts ports, boolean announced) {
        this(instrument, address, ports, announced, List.of());
    }

    /**
     * Switch its network on, with other names by which a gateway knows it.
     *
     * @param instrument what answers
     * @param address where it is
     * @param ports at which ports
     * @param announced whether multicast DNS tells of it
     * @param others names of VXI-11 devices beside {@code inst0}, for example {@code gpib0,17}
     * @throws java.io.UncheckedIOException when a port is taken or not allowed
     */
    public LanInstrument(EmulatedInstrument instrument, InetAddress address, LanPorts ports, boolean announced,
            List<String> others) {
        this.address = address;
        devices.add(Vxi11Server.DEVICE);
        devices.addAll(others);
        try {
            socket = opened(new SocketServer(instrument, new InetSocketAddress(address, ports.socket())));
            Locks locks = new Locks();
            vxi11 = opened(new Vxi11Server(instrument, locks, address, ports.vxi11(), devices));
            hislip = opened(new HislipServer(instrument, locks, address, ports.hislip()));
            page = opened(new LxiPage(instrument.identity(), resources(),
                    new InetSocketAddress(address, ports.http())));
            if (announced) {
                opened(new LxiAnnouncement(instrument.identity(), address, services()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T server) {
        servers.push(server);
        return server;
    }

    private Map<String, Integer> services() {
        Map<String, Integer> services = new LinkedHashMap<>();
        services.put("_lxi._tcp", page.port());
        services.put("_http._tcp", page.port());
        services.put("_vxi-11._tcp", vxi11.portmapperPort());
        services.put("_scpi-raw._tcp", socket.port());
        services.put("_hislip._tcp", hislip.port());
        return services;
    }

    /**
     * {@return the VISA resource names under which it is reached} The one of VXI-11 is among them only when the
     * portmapper is where clients look, since the name has no place for a port.
     */
    public List<String> resources() {
        List<String> names = new ArrayList<>();
        String host = "TCPIP0::" + address.getHostAddress();
        if (vxi11.portmapperPort() == Vxi11.PORTMAPPER_PORT) {
            devices.forEach(device -> names.add(host + "::" + device + "::INSTR"));
        }
        names.add(host + "::" + HislipServer.DEVICE + (hislip.port() == HislipMessage.PORT ? "" : "," + hislip.port())
                + "::INSTR");
        names.add(socket.resource());
        return names;
    }

    /**
     * Name it the way another name goes: by VXI-11, HiSLIP or raw socket.
     *
     * @param wanted the other name
     * @return the name by which memloop reaches this instrument; of its raw socket when that one is on no network. With a
     *         port at the core channel of VXI-11, which the names of others do not have
     */
    public ResourceName like(ResourceName wanted) {
        String host = address.getHostAddress();
        return switch (wanted) {
            case ResourceName.Vxi11 _ -> new ResourceName.Vxi11(0, host, Vxi11Server.DEVICE,
                    OptionalInt.of(vxi11.corePort()));
            case ResourceName.Hislip _ -> new ResourceName.Hislip(0, host, HislipServer.DEVICE, hislip.port());
            default -> new ResourceName.Socket(0, host, socket.port());
        };
    }

    /** {@return its raw socket} */
    public SocketServer socket() {
        return socket;
    }

    /** {@return its VXI-11 server} */
    public Vxi11Server vxi11() {
        return vxi11;
    }

    /** {@return its HiSLIP server} */
    public HislipServer hislip() {
        return hislip;
    }

    /** {@return its page on the web} */
    public LxiPage page() {
        return page;
    }

    /** {@return how many clients are connected, over whatever protocol} */
    public int connections() {
        return socket.connections() + vxi11.connections() + hislip.connections();
    }

    /** Switch its network off. Calling it again is harmless. */
    @Override
    public void close() {
        while (!servers.isEmpty()) {
            try {
                servers.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a server did not stop", e);
            }
        }
    }
}
