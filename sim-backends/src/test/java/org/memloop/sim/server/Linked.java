package org.memloop.sim.server;

import java.net.InetAddress;
import java.util.Map;

import org.memloop.link.Link;
import org.memloop.link.Links;
import org.memloop.link.MessageLink;
import org.memloop.link.Patience;
import org.memloop.sim.instrument.EmulatedInstrument;

/** Put an emulated instrument behind every kind of link that a message can take. */
final class Linked implements AutoCloseable {
    enum Kind {
        SOCKET,
        VXI11,
        HISLIP,
        VISA
    }

    private static final String GPIB = "GPIB0::17::INSTR";

    private final LanInstrument lan;
    private final StandInVisa visa;

    Linked(EmulatedInstrument instrument) {
        lan = new LanInstrument(instrument, InetAddress.ofLiteral("127.0.0.1"), LanPorts.FREE, false);
        visa = new StandInVisa(Map.of(GPIB, instrument));
    }

    String resource(Kind kind) {
        return switch (kind) {
            case SOCKET -> lan.socket().resource();
            case VXI11 -> "TCPIP0::127.0.0.1::inst0," + lan.vxi11().corePort() + "::INSTR";
            case HISLIP -> "TCPIP0::127.0.0.1::hislip0," + lan.hislip().port() + "::INSTR";
            case VISA -> GPIB;
        };
    }

    Link open(Kind kind) {
        return open(kind, Patience.USUAL);
    }

    Link open(Kind kind, Patience patience) {
        return new Links(visa::library, patience).open(resource(kind));
    }

    MessageLink message(Kind kind) {
        return (MessageLink) open(kind);
    }

    @Override
    public void close() {
        lan.close();
        visa.close();
    }
}
