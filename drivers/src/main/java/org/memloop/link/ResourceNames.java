package org.memloop.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;
import org.memloop.link.wire.HislipMessage;

/** Read one resource name: the fields between the double colons from left to right. */
final class ResourceNames {
    static final int HISLIP_PORT = HislipMessage.PORT;

    private static final Pattern FIRST = Pattern.compile("(TCPIP|GPIB|USB|PXI)(\\d*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SERIAL = Pattern.compile("ASRL(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHERS = Pattern.compile("(VXI|GPIB-VXI|VICP|PRLGX?|RSNRP|REMOTE|visa:).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HOST = Pattern.compile("\\[[0-9a-fA-F:.%A-Za-z]+]|[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern HISLIP = Pattern.compile("(hislip\\d+)(?:,(\\d+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern INST = Pattern.compile("(inst\\d+)(?:,(\\d+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z][A-Za-z0-9_.,-]*");
    private static final Pattern PLACE = Pattern.compile("\\d+(::\\d+)?|\\d+-\\d+(\\.\\d+)?"
            + "|CHASSIS\\d+::SLOT\\d+(::FUNC\\d+)?", Pattern.CASE_INSENSITIVE);
    private static final int SHORT_MAX = 0xffff;
    private static final int ADDRESS_MAX = 30;
    private static final int BOARD_MAX = 65535;

    private static final String ANY = "it should look like TCPIP::192.168.0.11::5025::SOCKET, "
            + "TCPIP::192.168.0.11::hislip0::INSTR, TCPIP::192.168.0.11::inst0::INSTR, ASRL/dev/ttyACM0::INSTR, "
            + "GPIB0::17::INSTR or USB0::0x2A8D::0x1102::MY12345678::INSTR";
    private static final String NETWORK = "write TCPIP::host::5025::SOCKET, TCPIP::host::hislip0::INSTR or "
            + "TCPIP::host::inst0::INSTR";
    private static final String PORT = "a serial port is written ASRL...::INSTR, for example ASRL/dev/ttyACM0::INSTR, "
            + "ASRLCOM3::INSTR or ASRLnucleo::INSTR";
    private static final String BUS = "write GPIB0::17::INSTR, with the address 0 to 30 that the instrument shows";
    private static final String UNIVERSAL = "write USB0::0x2A8D::0x1102::MY12345678::INSTR: maker, model, serial number";
    private static final String MODULE = "write PXI0::15::INSTR, PXI0::3-18.2::INSTR or PXI0::CHASSIS1::SLOT3::INSTR";

    private final String text;
    private final List<String> fields;

    ResourceNames(String text) {
        this.text = text;
        fields = fields(text.strip());
    }

    /** Splits at double colons, but for those of an IPv6 address in brackets. */
    private static List<String> fields(String name) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (depth <= 0 && name.startsWith("::", i)) {
                fields.add(name.substring(start, i));
                i++;
                start = i + 1;
            }
        }
        fields.add(name.substring(start));
        return fields;
    }

    ResourceName parse() {
        String first = fields.getFirst();
        Matcher serial = SERIAL.matcher(first);
        if (serial.matches()) {
            return serial(serial.group(1));
        }
        Matcher board = FIRST.matcher(first);
        if (!board.matches()) {
            throw wrong(OTHERS.matcher(first).matches()
                    ? "there is no link of the kind " + first
                    : "'" + first + "' is no kind of link", ANY);
        }
        String kind = board.group(1).toUpperCase(Locale.ROOT);
        String help = switch (kind) {
            case "TCPIP" -> NETWORK;
            case "GPIB" -> BUS;
            case "USB" -> UNIVERSAL;
            default -> MODULE;
        };
        int number = board.group(2).isEmpty()
                ? 0
                : number("the board number", board.group(2), 0, BOARD_MAX, help);
        if (last().equals("SOCKET")) {
            if (kind.equals("TCPIP")) {
                return socket(number);
            }
            throw wrong("only TCPIP names end with ::SOCKET", help);
        }
        List<String> parts = instrument(help);
        return switch (kind) {
            case "TCPIP" -> network(number, parts);
            case "GPIB" -> gpib(number, parts);
            case "USB" -> usb(number, parts);
            default -> pxi(number, parts);
        };
    }

    private String last() {
        return fields.getLast().toUpperCase(Locale.ROOT);
    }

    /** {@return the fields between the kind of link and INSTR, which may be missing} */
    private List<String> instrument(String help) {
        String last = last();
        if (last.equals("RAW") || last.equals("INTFC") || last.equals("SERVANT") || last.equals("BACKPLANE")
                || last.equals("MEMACC")) {
            throw wrong("::" + last + " is not an instrument that takes messages", help);
        }
        return fields.subList(1, last.equals("INSTR") ? fields.size() - 1 : fields.size());
    }

    private ResourceName serial(String rest) {
        boolean named = last().equals("INSTR");
        // a lone colon belongs to the port's name, and so may a double one
        String more = String.join("::", fields.subList(1, fields.size() - (named ? 1 : 0)));
        String port = more.isEmpty() ? rest : rest + "::" + more;
        if (fields.size() == 1 && rest.isEmpty() || port.isEmpty()) {
            throw wrong("the port is missing", PORT);
        }
        if (!named && fields.size() > 1) {
            throw wrong("it ends with '" + fields.getLast() + "' instead of INSTR", PORT);
        }
        if (port.chars().anyMatch(Character::isWhitespace)) {
            throw wrong("there is a space in '" + port + "'", PORT);
        }
        return new ResourceName.Serial(port);
    }

    private ResourceName socket(int board) {
        if (fields.size() != 4) {
            throw wrong(fields.size() < 4 ? "host or port is missing" : "there are too many parts",
                    "a socket is written TCPIP::host::port::SOCKET, for example TCPIP::192.168.0.11::5025::SOCKET");
        }
        return new ResourceName.Socket(board, host(fields.get(1)), port(fields.get(2)));
    }

    private ResourceName network(int board, List<String> parts) {
        if (parts.isEmpty()) {
            throw wrong("the host is missing", NETWORK);
        }
        String host = host(parts.getFirst());
        if (parts.size() == 1) {
            return new ResourceName.Vxi11(board, host, "inst0", OptionalInt.empty());
        }
        String device = parts.get(1);
        if (parts.size() > 2) {
            throw wrong("there is '" + parts.get(2) + "' too much", NETWORK);
        }
        Matcher hislip = HISLIP.matcher(device);
        if (hislip.matches()) {
            return new ResourceName.Hislip(board, host, hislip.group(1).toLowerCase(Locale.ROOT),
                    hislip.group(2) == null ? HISLIP_PORT : port(hislip.group(2)));
        }
        Matcher inst = INST.matcher(device);
        if (inst.matches()) {
            return new ResourceName.Vxi11(board, host, inst.group(1).toLowerCase(Locale.ROOT),
                    inst.group(2) == null ? OptionalInt.empty() : OptionalInt.of(port(inst.group(2))));
        }
        if (device.chars().allMatch(Character::isDigit)) {
            throw wrong("a port makes a socket", "a socket is written TCPIP::" + parts.getFirst() + "::" + device
                    + "::SOCKET");
        }
        if (!DEVICE.matcher(device).matches()) {
            throw wrong("'" + device + "' is no device name", NETWORK);
        }
        return new ResourceName.Vxi11(board, host, device, OptionalInt.empty());
    }

    private String host(String written) {
        if (!HOST.matcher(written).matches()) {
            throw wrong(written.isEmpty() ? "the host is missing" : "'" + written + "' is no host name or address",
                    written.contains(":")
                            ? "an IPv6 address stands in brackets, as in TCPIP::[fe80::1]::5025::SOCKET"
                            : NETWORK);
        }
        return written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
    }

    private int port(String digits) {
        return number("the port", digits, 1, SHORT_MAX, "a port is 1 to 65535");
    }

    private ResourceName gpib(int board, List<String> parts) {
        if (parts.isEmpty() || parts.size() > 2) {
            throw wrong(parts.isEmpty() ? "the address is missing" : "there are too many parts", BUS);
        }
        int primary = number("the primary address", parts.getFirst(), 0, ADDRESS_MAX, BUS);
        return new ResourceName.Gpib(board, primary, parts.size() == 1
                ? OptionalInt.empty()
                : OptionalInt.of(number("the secondary address", parts.get(1), 0, ADDRESS_MAX, BUS)));
    }

    private ResourceName usb(int board, List<String> parts) {
        if (parts.size() < 3 || parts.size() > 4) {
            throw wrong(parts.size() < 3 ? "maker, model or serial number is missing" : "there are too many parts",
                    UNIVERSAL);
        }
        if (parts.get(2).isBlank()) {
            throw wrong("the serial number is missing", UNIVERSAL);
        }
        return new ResourceName.Usb(board, number("the maker's number", parts.get(0), 0, SHORT_MAX, UNIVERSAL),
                number("the model's number", parts.get(1), 0, SHORT_MAX, UNIVERSAL), parts.get(2),
                parts.size() == 3
                        ? OptionalInt.empty()
                        : OptionalInt.of(number("the interface number", parts.get(3), 0, 255, UNIVERSAL)));
    }

    private ResourceName pxi(int board, List<String> parts) {
        String place = String.join("::", parts);
        if (!PLACE.matcher(place).matches()) {
            throw wrong(place.isEmpty() ? "the place is missing" : "'" + place + "' is no place of a module", MODULE);
        }
        return new ResourceName.Pxi(board, place.toUpperCase(Locale.ROOT));
    }

    private int number(String what, String digits, int min, int max, String help) {
        boolean hex = digits.toLowerCase(Locale.ROOT).startsWith("0x");
        try {
            int value = hex ? Integer.parseInt(digits.substring(2), 16) : Integer.parseInt(digits);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw wrong(what + " '" + digits + "' is not a number from " + min + " to " + max, help);
    }

    private ConfigurationException wrong(String what, String help) {
        return new ConfigurationException("'" + text + "' is not a resource name: " + what + "; " + help);
    }

    static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
