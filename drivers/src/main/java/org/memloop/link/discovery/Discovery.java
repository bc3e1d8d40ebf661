package org.memloop.link.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.memloop.bench.ConfigurationException;
import org.memloop.link.Links;
import org.memloop.link.Patience;
import org.memloop.link.SerialPorts;
import org.memloop.link.visa.VisaFailure;
import org.memloop.link.visa.VisaLibrary;
import org.memloop.link.wire.HislipMessage;
import org.memloop.link.wire.Vxi11;

/**
 * Search for instruments: by multicast DNS and by VXI-11's broadcast on every network of this computer, among its serial
 * ports by their USB identity, and with the VISA library where one is installed.
 *
 * <p>Instruments on networks and buses are asked {@code *IDN?} and nothing else; serial ports are not even opened, as
 * that restarts some boards. All is over when its time is.
 */
public final class Discovery {
    private static final String MDNS = "mdns";
    private static final String BROADCAST = "vxi-11";

    private final Supplier<VisaLibrary> library;
    private final Duration limit;
    /** By address and name of the instrument; the name is empty where a broadcast found it. */
    private final Map<String, Place> places = new LinkedHashMap<>();

    /**
     * Get ready to search with the VISA library that is installed, if any.
     *
     * @param limit how long the search may take; half of it goes to listening
     */
    public Discovery(Duration limit) {
        this(limit, VisaLibrary::installed);
    }

    /**
     * Get ready to search.
     *
     * @param limit how long the search may take; half of it goes to listening
     * @param library tells the VISA library; a {@link ConfigurationException} says that there is none
     */
    public Discovery(Duration limit, Supplier<VisaLibrary> library) {
        this.limit = limit;
        this.library = library;
    }

    /**
     * Search.
     *
     * @return what was found, in the order of the resource names; serial ports last
     */
    public List<Found> run() {
        long half = limit.toNanos() / 2;
        long listening = System.nanoTime() + half;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<?>> searches = new ArrayList<>();
            for (Vxi11Broadcast.Network network : networks()) {
                searches.add(threads.submit(() -> broadcast(network, listening)));
                searches.add(threads.submit(() -> services(network.own(), listening)));
            }
            searches.add(threads.submit(this::visa));
            await(searches, listening + TimeUnit.SECONDS.toNanos(1));
            List<Place> all = merged();
            long asking = System.nanoTime() + half;
            Links links = new Links(library, new Patience(half / 2, half / 2));
            await(all.stream().filter(place -> !place.resources().isEmpty() || !place.page().isEmpty())
                    .<Future<?>>map(place -> threads.submit(() -> identify(place, links, half / 2))).toList(), asking);
            List<Found> found = new ArrayList<>(same(all));
            found.addAll(serialPorts());
            return found;
        } finally {
            threads.shutdownNow(); // whoever has not answered by now is not waited for
        }
    }

    private static List<Vxi11Broadcast.Network> networks() {
        try {
            return Vxi11Broadcast.networks();
        } catch (IOException _) {
            return List.of(); // a computer without networks still has serial ports
        }
    }

    private static void await(List<Future<?>> tasks, long deadline) {
        for (Future<?> task : tasks) {
            try {
                task.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException | CancellationException _) {
                // what the others found counts
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized Place place(String address, String name) {
        return places.computeIfAbsent(address + "/" + name, _ -> new Place());
    }

    private void broadcast(Vxi11Broadcast.Network network, long deadline) {
        try {
            for (String address : Vxi11Broadcast.ask(network, deadline)) {
                place(address, "").add(BROADCAST, "TCPIP0::" + address + "::inst0::INSTR");
            }
        } catch (IOException _) {
            // this network cannot be asked; others may
        }
    }

    private void services(InetAddress own, long deadline) {
        try (ServiceSearch search = new ServiceSearch(own)) {
            search.search(deadline, this::heard);
        } catch (IOException _) {
            // no multicast on this network; others may have it
        }
    }

    private void heard(ServiceSearch.Service service) {
        Place place = place(service.address(), service.name());
        place.identity(service.identity());
        String host = "TCPIP0::" + service.address() + "::";
        switch (service.type()) {
            case ServiceSearch.HISLIP -> place.add(MDNS, host + "hislip0"
                    + (service.port() == HislipMessage.PORT ? "" : "," + service.port()) + "::INSTR");
            case ServiceSearch.RAW -> place.add(MDNS, host + service.port() + "::SOCKET");
            case ServiceSearch.VXI11 -> place.add(MDNS,
                    service.port() == Vxi11.PORTMAPPER_PORT ? host + "inst0::INSTR" : "");
            default -> {
                place.add(MDNS, "");
                place.page("http://" + service.address() + (service.port() == 80 ? "" : ":" + service.port()) + "/");
            }
        }
    }

    private void visa() {
        try {
            VisaLibrary installed = library.get();
            int manager = installed.openDefaultResourceManager();
            for (String name : installed.find(manager, "?*INSTR")) {
                if (!name.startsWith("ASRL") && !name.startsWith("TCPIP")) { // which are found without it
                    place("visa", name).add("visa", name);
                }
            }
            installed.close(manager);
        } catch (ConfigurationException | VisaFailure _) {
            // no library, or one that cannot search
        }
    }

    /** Joins what a broadcast found at an address with the one instrument that announces itself there. */
    private synchronized List<Place> merged() {
        Map<String, Place> left = new LinkedHashMap<>(places);
        places.forEach((key, place) -> {
            if (!key.endsWith("/")) {
                return;
            }
            List<String> named = places.keySet().stream()
                    .filter(other -> other.startsWith(key) && !other.equals(key)).toList();
            if (named.size() == 1) {
                place.resources().forEach(resource -> places.get(named.getFirst()).add(BROADCAST, resource));
                left.remove(key);
            }
        });
        return List.copyOf(left.values());
    }

    private static void identify(Place place, Links links, long nanos) {
        Optional<String> told = place.resources().stream().filter(resource -> !resource.startsWith("PXI"))
                .map(resource -> Identification.ask(links, resource, nanos)).filter(text -> !text.isEmpty())
                .findFirst();
        if (told.isPresent()) {
            place.identity(told.get());
        } else if (!place.known() && !place.page().isEmpty()) {
            place.identity(Identification.page(place.page(), Duration.ofNanos(nanos)));
        }
    }

    private static List<Found> same(List<Place> all) {
        return all.stream().map(Place::found).sorted(Found.ORDER).toList();
    }

    private static List<Found> serialPorts() {
        return SerialPorts.here().all().stream().map(port -> {
            String path = "ASRL" + port.path() + "::INSTR";
            List<String> names = port.nucleo() && !port.serial().isEmpty()
                    ? List.of("ASRLnucleo:" + port.serial() + "::INSTR", path)
                    : List.of(path);
            String identity = port.description() + (port.identity().isEmpty() ? "" : " (" + port.identity() + ")");
            return new Found(identity, names, List.of("serial"), "");
        }).toList();
    }
}
