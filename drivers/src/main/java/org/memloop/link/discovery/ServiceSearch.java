package org.memloop.link.discovery;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;

/** Search one network for instruments that announce their services by multicast DNS (LXI device specification 10.4). */
final class ServiceSearch implements AutoCloseable {
    static final String LXI = "_lxi._tcp";
    static final String VXI11 = "_vxi-11._tcp";
    static final String HISLIP = "_hislip._tcp";
    static final String RAW = "_scpi-raw._tcp";
    private static final List<String> TYPES = List.of(LXI, VXI11, HISLIP, RAW);
    private static final List<String> IDENTITY = List.of("Manufacturer", "Model", "SerialNumber", "FirmwareVersion");

    /**
     * Tell of a service.
     *
     * @param type what it is, for example {@code _hislip._tcp}
     * @param name name of the instrument, the same for all its services
     * @param address where
     * @param port at which port
     * @param identity as it announces it; empty when it does not
     */
    record Service(String type, String name, String address, int port, String identity) {}

    private final JmDNS network;

    ServiceSearch(InetAddress own) throws IOException {
        network = JmDNS.create(own, "memloop-search");
    }

    /**
     * Search until a deadline.
     *
     * @param deadline on the clock of {@link System#nanoTime()}
     * @param found told of each service
     */
    void search(long deadline, Consumer<Service> found) {
        List<Thread> threads = TYPES.stream().map(type -> Thread.ofVirtual().name("search for " + type).start(() -> {
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            Arrays.stream(network.list(type + ".local.", millis)).flatMap(info -> services(type, info))
                    .forEach(found);
        })).toList();
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) + 500);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Stream<Service> services(String type, ServiceInfo info) {
        return Arrays.stream(info.getInet4Addresses()).map(Inet4Address::getHostAddress)
                .map(address -> new Service(type, info.getName(), address, info.getPort(), identity(info)));
    }

    /** The keys of the text are case-insensitive. */
    private static String identity(ServiceInfo info) {
        Map<String, String> text = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        info.getPropertyNames().asIterator().forEachRemaining(key -> text.put(key, info.getPropertyString(key)));
        return text.keySet().containsAll(IDENTITY)
                ? String.join(",", IDENTITY.stream().map(text::get).toList())
                : "";
    }

    /** Closes in the background, since taking leave of the network needs seconds. */
    @Override
    public void close() {
        Thread.ofPlatform().daemon().name("end of a search").start(() -> {
            try {
                network.close();
            } catch (IOException _) {
                // it is being given up
            }
        });
    }
}
