package org.memloop.sim.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.memloop.sim.server.LanPorts;

/**
 * Say where on the network the instruments of a laboratory are.
 *
 * @param first address of the first one
 * @param ports at which ports each is
 * @param ownAddresses whether the others are at the addresses after it, as instruments at the same ports must be
 * @param announced whether multicast DNS tells of them
 */
public record LabNetwork(InetAddress first, LanPorts ports, boolean ownAddresses, boolean announced) {
    /** All at free ports of the loopback interface, for this machine alone. */
    public static final LabNetwork PRIVATE = new LabNetwork(InetAddress.ofLiteral("127.0.0.1"), LanPorts.FREE, false,
            false);

    InetAddress address(int instrument) {
        if (!ownAddresses || instrument == 0) {
            return first;
        }
        byte[] bytes = first.getAddress();
        bytes[bytes.length - 1] += (byte) instrument;
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("it is as long as the address it comes from", e);
        }
    }
}
