package org.memloop.link.wire;

import java.util.Map;

/** Hold the numbers of VXI-11 (TCP/IP Instrument Protocol, VXIbus Consortium 1995) and of the portmapper (RFC 1833). */
public final class Vxi11 {
    /** Program of the core channel, on the instrument. */
    public static final int CORE = 0x0607AF;
    /** Program of the abort channel, on the instrument. */
    public static final int ASYNC = 0x0607B0;
    /** Program of the interrupt channel, on the client. */
    public static final int INTERRUPT = 0x0607B1;
    /** The version of all three. */
    public static final int VERSION = 1;

    /** Procedure of the abort channel. */
    public static final int DEVICE_ABORT = 1;
    /** Procedure of the interrupt channel; nobody answers it. */
    public static final int DEVICE_INTR_SRQ = 30;

    /** Procedure: open a link to a device. */
    public static final int CREATE_LINK = 10;
    /** Procedure: send a part of a message. */
    public static final int DEVICE_WRITE = 11;
    /** Procedure: take a part of a response. */
    public static final int DEVICE_READ = 12;
    /** Procedure: poll the status byte. */
    public static final int DEVICE_READSTB = 13;
    /** Procedure: trigger. */
    public static final int DEVICE_TRIGGER = 14;
    /** Procedure: clear. */
    public static final int DEVICE_CLEAR = 15;
    /** Procedure: go to remote. */
    public static final int DEVICE_REMOTE = 16;
    /** Procedure: go to local. */
    public static final int DEVICE_LOCAL = 17;
    /** Procedure: lock. */
    public static final int DEVICE_LOCK = 18;
    /** Procedure: unlock. */
    public static final int DEVICE_UNLOCK = 19;
    /** Procedure: have service requests told, or no more. */
    public static final int DEVICE_ENABLE_SRQ = 20;
    /** Procedure: command a gateway's bus. */
    public static final int DEVICE_DOCMD = 22;
    /** Procedure: close a link. */
    public static final int DESTROY_LINK = 23;
    /** Procedure: open the interrupt channel. */
    public static final int CREATE_INTR_CHAN = 25;
    /** Procedure: close the interrupt channel. */
    public static final int DESTROY_INTR_CHAN = 26;

    /** Flag: wait for a lock that another link holds. */
    public static final int WAIT_LOCK = 1;
    /** Flag: the last byte of this write ends the message. */
    public static final int END = 8;
    /** Flag: a read ends at the given character. */
    public static final int TERMINATOR_SET = 128;

    /** Reason why a read ended: as many bytes as were asked for. */
    public static final int REASON_COUNT = 1;
    /** Reason why a read ended: the character. */
    public static final int REASON_CHARACTER = 2;
    /** Reason why a read ended: the end of the message. */
    public static final int REASON_END = 4;

    /** Error: none. */
    public static final int NONE = 0;
    /** Error: there is no such device, or it cannot be had. */
    public static final int NOT_ACCESSIBLE = 3;
    /** Error: there is no such link. */
    public static final int INVALID_LINK = 4;
    /** Error: an argument makes no sense. */
    public static final int PARAMETER = 5;
    /** Error: there is no interrupt channel. */
    public static final int CHANNEL_NOT_ESTABLISHED = 6;
    /** Error: the device cannot do this. */
    public static final int NOT_SUPPORTED = 8;
    /** Error: no more links, or no more memory. */
    public static final int OUT_OF_RESOURCES = 9;
    /** Error: another link holds the lock. */
    public static final int LOCKED = 11;
    /** Error: this link holds no lock. */
    public static final int NO_LOCK_HELD = 12;
    /** Error: the time was up. */
    public static final int TIMED_OUT = 15;
    /** Error: input or output failed. */
    public static final int IO = 17;
    /** Error: the address of the interrupt channel makes no sense. */
    public static final int INVALID_ADDRESS = 21;
    /** Error: aborted over the abort channel. */
    public static final int ABORTED = 23;
    /** Error: there is an interrupt channel already. */
    public static final int CHANNEL_ESTABLISHED = 29;

    /** The portmapper's program. */
    public static final int PORTMAPPER = 100_000;
    /** Its version. */
    public static final int PORTMAPPER_VERSION = 2;
    /** Its port. */
    public static final int PORTMAPPER_PORT = 111;
    /** Its procedure that tells the port of a program. */
    public static final int GETPORT = 3;
    /** TCP, as the portmapper numbers protocols. */
    public static final int TCP = 6;
    /** UDP, as the portmapper numbers protocols. */
    public static final int UDP = 17;

    /** How many bytes the handle of a service request may have. */
    public static final int HANDLE_BYTES_MAX = 40;

    private static final Map<Integer, String> ERRORS = Map.ofEntries(Map.entry(1, "syntax error"),
            Map.entry(NOT_ACCESSIBLE, "device not accessible"), Map.entry(INVALID_LINK, "invalid link"),
            Map.entry(PARAMETER, "parameter error"), Map.entry(CHANNEL_NOT_ESTABLISHED, "channel not established"),
            Map.entry(NOT_SUPPORTED, "operation not supported"), Map.entry(OUT_OF_RESOURCES, "out of resources"),
            Map.entry(LOCKED, "locked by another client"), Map.entry(NO_LOCK_HELD, "no lock held"),
            Map.entry(TIMED_OUT, "time-out"), Map.entry(IO, "input or output failed"),
            Map.entry(INVALID_ADDRESS, "invalid address"), Map.entry(ABORTED, "aborted"),
            Map.entry(CHANNEL_ESTABLISHED, "channel established already"));

    private Vxi11() {}

    /**
     * Say what an error number means (VXI-11, table B.2).
     *
     * @param error the number
     * @return it and its meaning
     */
    public static String error(int error) {
        return "error " + error + ", " + ERRORS.getOrDefault(error, "of the maker's own");
    }

    /**
     * Lay out the question where a program of version 1 over TCP is.
     *
     * @param xid number of the call
     * @param program number of the program
     * @return the call
     */
    public static byte[] portQuestion(int xid, int program) {
        return RpcMessage.call(xid, PORTMAPPER, PORTMAPPER_VERSION, GETPORT).integer(program).integer(VERSION)
                .integer(TCP).integer(0).bytes();
    }
}
