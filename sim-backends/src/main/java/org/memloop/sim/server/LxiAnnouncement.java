package org.memloop.sim.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.sim.instrument.Identity;

/** Announce an instrument's services by multicast DNS under one name (LXI device specification 10.4). */
public final class LxiAnnouncement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LxiAnnouncement.class);

    private final JmDNS responder;
    private final Thread announcing;

    /**
     * Begin to announce; it takes about two seconds until everybody knows.
     *
     * @param identity the instrument's
     * @param address where it is
     * @param ports of its services, for example {@code _lxi._tcp}
     */
    LxiAnnouncement(Identity identity, InetAddress address, Map<String, Integer> ports) {
        try {
            responder = JmDNS.create(address, identity.model() + "-" + identity.serial());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot announce " + identity.model() + " by multicast DNS: "
                    + e.getMessage(), e);
        }
        announcing = Thread.ofVirtual().name("mDNS announcement").start(() -> announce(identity, ports));
    }

    private void announce(Identity identity, Map<String, Integer> ports) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("txtvers", "1");
        text.put("Manufacturer", identity.maker());
        text.put("Model", identity.model());
        text.put("SerialNumber", identity.serial());
        text.put("FirmwareVersion", identity.firmware());
        String name = identity.maker() + " " + identity.model() + " " + identity.serial();
        try {
            for (Map.Entry<String, Integer> service : ports.entrySet()) {
                responder.registerService(
                        ServiceInfo.create(service.getKey() + ".local.", name, service.getValue(), 0, 0, text));
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("{} is not announced: {}", name, e.getMessage());
        }
    }

    /** Take the announcement back. */
    @Override
    public void close() {
        announcing.interrupt();
        try {
            responder.close();
        } catch (IOException e) {
            LOG.debug("the announcement did not end: {}", e.getMessage());
        }
        TcpListener.join(announcing);
    }
}
