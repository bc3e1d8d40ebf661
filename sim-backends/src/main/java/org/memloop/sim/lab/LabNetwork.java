package org.memloop.sim.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;
import org.memloop.sim.server.LanPorts;
import org.memloop.sim.server.Vxi11Server;

/**
 * Say where on the network the instruments of a laboratory are.
 *
 * @param first address of the first one
 * @param which at which ports each is
 * @param announced whether multicast DNS tells of them
 */
public record LabNetwork(InetAddress first, Which which, boolean announced) {
    /** All at free ports of the loopback interface, for this machine alone. */
    public static final LabNetwork PRIVATE = new LabNetwork(InetAddress.ofLiteral("127.0.0.1"), Which.FREE, false);

    private static final Pattern SOCKET = Pattern.compile("TCPIP\\d*::(.+?)::(\\d{1,5})::SOCKET",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HISLIP = Pattern.compile("TCPIP\\d*::(.+?)::hislip\\d+(?:,(\\d{1,5}))?(?:::INSTR)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern VXI11 = Pattern.compile("TCPIP\\d*::(.+?)(?:::(?:inst\\d+|gpib\\d+,.+?))?(?:::INSTR)?",
            Pattern.CASE_INSENSITIVE);

    /** Tell the ways to choose ports. */
    public enum Which {
        /** Any that are free, all at one address. */
        FREE,
        /** Those of real instruments, each instrument at an address of its own, one after the other. */
        REAL,
        /** Those that the resource names of the laboratory file say. */
        FILE
    }

    /** Hold where one instrument is. */
    record Place(InetAddress address, LanPorts ports) {}

    /** Find the place of an instrument. */
    Place place(int instrument, String role, String resource) {
        return switch (which) {
            case FREE -> new Place(first, LanPorts.FREE);
            case REAL -> new Place(after(instrument), LanPorts.REAL);
            case FILE -> named(role, resource);
        };
    }

    private InetAddress after(int instrument) {
        byte[] bytes = first.getAddress();
        bytes[bytes.length - 1] += (byte) instrument;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("it is as long as the address it comes from", e);
        }
    }

    private Place named(String role, String resource) {
        Matcher socket = SOCKET.matcher(resource);
        if (socket.matches()) {
            return new Place(host(role, resource, socket.group(1)),
                    new LanPorts(Vxi11Server.Ports.FREE, 0, Integer.parseInt(socket.group(2)), 0));
        }
        Matcher hislip = HISLIP.matcher(resource);
        if (hislip.matches()) {
            int port = hislip.group(2) == null ? LanPorts.REAL.hislip() : Integer.parseInt(hislip.group(2));
            return new Place(host(role, resource, hislip.group(1)), new LanPorts(Vxi11Server.Ports.FREE, port, 0, 0));
        }
        Matcher vxi11 = VXI11.matcher(resource);
        return vxi11.matches()
                ? new Place(host(role, resource, vxi11.group(1)), new LanPorts(Vxi11Server.Ports.REAL, 0, 0, 0))
                : new Place(first, LanPorts.FREE); // no place on a network: GPIB, USB
    }

    private static InetAddress host(String role, String resource, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ConfigurationException("instruments." + role + ".resource: '" + resource + "' names the host '"
                    + host + "', which this machine does not know; write an address of this machine, for example"
                    + " 127.0.0.1", e);
        }
    }
}
