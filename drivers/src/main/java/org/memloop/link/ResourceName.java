package org.memloop.link;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;

/**
 * Name an instrument's place the way VISA does. Names are case-insensitive but for host names and device paths.
 *
 * <pre>
 *   TCPIP[board]::host::port::SOCKET      a raw socket, usually port 5025
 *   ASRLn::INSTR   ASRL/dev/ttyACM0::INSTR   a serial port
 * </pre>
 */
public sealed interface ResourceName {
    /**
     * Name a raw socket.
     *
     * @param board number of the network board, 0 when the name had none
     * @param host host name or address, without the brackets of an IPv6 address
     * @param port port, 1 to 65535
     */
    record Socket(int board, String host, int port) implements ResourceName {
        @Override
        public String toString() {
            String shown = host.contains(":") ? "[" + host + "]" : host;
            return "TCPIP" + board + "::" + shown + "::" + port + "::SOCKET";
        }
    }

    /**
     * Name a serial port.
     *
     * @param port a device path or name such as {@code /dev/ttyACM0} or {@code COM3}, or a bare port number
     */
    record Serial(String port) implements ResourceName {
        @Override
        public String toString() {
            return "ASRL" + port + "::INSTR";
        }
    }

    /**
     * Read a resource name.
     *
     * @param text the name, as in the laboratory file
     * @return where to connect to
     * @throws ConfigurationException when it is no such name, or names a link this version does not have
     */
    static ResourceName parse(String text) {
        String name = text.strip();
        Matcher socket = Forms.SOCKET.matcher(name);
        if (socket.matches()) {
            return new Socket(number(text, socket.group(1), 0, 65535), bare(socket.group(2)),
                    number(text, socket.group(3), 1, 65535));
        }
        Matcher serial = Forms.SERIAL.matcher(name);
        if (serial.matches()) {
            return new Serial(serial.group(1));
        }
        for (Forms.Known known : Forms.LATER) {
            if (known.form().matcher(name).matches()) {
                throw new ConfigurationException("'" + text + "' names a " + known.link()
                        + " link, which is not available in this version; use TCPIP::host::port::SOCKET or "
                        + "ASRL...::INSTR where the instrument has such a port");
            }
        }
        throw new ConfigurationException("'" + text + "' is not a resource name; " + Forms.hint(name));
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int number(String text, String digits, int min, int max) {
        int value = digits.isEmpty() ? 0 : digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (value < min || value > max) {
            throw new ConfigurationException(
                    "'" + text + "': " + digits + " is not a port or board number from " + min + " to " + max);
        }
        return value;
    }

    /** The grammar, kept out of the interface's public face. */
    final class Forms {
        private static final String HOST = "(\\[[0-9a-fA-F:.%]+\\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*))";
        private static final Pattern SOCKET = form("TCPIP(\\d*)::" + HOST + "::(\\d+)::SOCKET");
        private static final Pattern SERIAL = form("ASRL([^:\\s]+(?::[^:\\s]+)*)::INSTR");
        private static final List<Known> LATER = List.of(
                new Known("HiSLIP", form("TCPIP\\d*::" + HOST + "::hislip\\d+(,\\d+)?(::INSTR)?")),
                new Known("VXI-11", form("TCPIP\\d*::" + HOST + "(::(inst\\d+|gpib\\d+,\\d+(,\\d+)?))?(::INSTR)?")),
                new Known("GPIB", form("GPIB\\d*::\\d+(::\\d+)?(::INSTR)?")),
                new Known("USB", form("USB\\d*::\\w+::\\w+::[^:]+(::\\d+)?(::INSTR)?")));

        private record Known(String link, Pattern form) {}

        private Forms() {}

        private static Pattern form(String regex) {
            return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        }

        private static String hint(String name) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.startsWith("TCPIP")) {
                return "a socket is written TCPIP::host::port::SOCKET, for example TCPIP::192.168.0.11::5025::SOCKET";
            }
            if (upper.startsWith("ASRL")) {
                return "a serial port is written ASRL...::INSTR, for example ASRL/dev/ttyACM0::INSTR or ASRLCOM3::INSTR";
            }
            return "it should look like TCPIP::192.168.0.11::5025::SOCKET or ASRL/dev/ttyACM0::INSTR";
        }
    }
}
