package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memloop.link.discovery.Discovery;
import org.memloop.link.discovery.Found;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.KeysightMsos204AEmulator;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.Wiring;

/** Search for emulated instruments on the loopback interface and behind a stand-in for a VISA library. */
@Timeout(60)
class DiscoveryTest {
    private static final String GENERATOR = "Agilent Technologies,81160A,MY00000001,1.0.3.0-2.6";
    private static final String BUS = "GPIB0::7::INSTR";

    private final Wiring wiring = new Wiring(new Resistor(10e3));

    private static Found only(List<Found> all, String resource) {
        List<Found> those = all.stream().filter(found -> found.resources().contains(resource)).toList();
        assertEquals(1, those.size(), resource + " among " + all);
        return those.getFirst();
    }

    @Test
    void findsWhatIsAnnouncedAndWhatIsOnABusAndPulsesNothing() {
        Agilent81160AEmulator generator = new Agilent81160AEmulator(wiring);
        try (LanInstrument lan = new LanInstrument(generator, InetAddress.ofLiteral("127.0.43.2"), LanPorts.FREE, true);
                StandInVisa visa = new StandInVisa(Map.of(BUS, new KeysightMsos204AEmulator(wiring, 1)))) {
            String hislip = "TCPIP0::127.0.43.2::hislip0," + lan.hislip().port() + "::INSTR";
            List<Found> all = search(visa);
            for (int again = 0; again < 2 && all.stream().noneMatch(one -> one.resources().contains(hislip)); again++) {
                all = search(visa); // a name that another program has as well takes longer to be announced
            }
            Found found = only(all, hislip);
            assertEquals(GENERATOR, found.identity());
            assertEquals(List.of("mdns"), found.by());
            assertEquals(lan.page().url(), found.page());
            assertTrue(found.resources().contains("TCPIP0::127.0.43.2::" + lan.socket().port() + "::SOCKET"),
                    found.toString());
            assertTrue(only(all, BUS).identity().startsWith("KEYSIGHT TECHNOLOGIES,MSOS204A,"), all.toString());
            assertEquals(0, wiring.pulses());
        }
    }

    private static List<Found> search(StandInVisa visa) {
        long start = System.nanoTime();
        List<Found> all = new Discovery(Duration.ofSeconds(8), visa::library).run();
        assertTrue(System.nanoTime() - start < 15_000_000_000L, "in time");
        return all;
    }

    @Test
    void findsByBroadcastWhatAnswersAtPort111() {
        Vxi11Server.Ports real = Vxi11Server.Ports.REAL;
        LanInstrument lan;
        try {
            lan = new LanInstrument(new Agilent81160AEmulator(wiring), InetAddress.ofLiteral("127.0.43.3"),
                    new LanPorts(real, 0, 0, 0), false);
        } catch (RuntimeException e) {
            ThirdPartyClientsTest.missing("port 111 cannot be served here: " + e.getMessage());
            return;
        }
        try (lan) {
            Found found = only(new Discovery(Duration.ofSeconds(6), () -> new StandInVisa(Map.of()).library()).run(),
                    "TCPIP0::127.0.43.3::inst0::INSTR");
            assertEquals(GENERATOR, found.identity());
            assertEquals(List.of("vxi-11"), found.by());
        }
    }
}
