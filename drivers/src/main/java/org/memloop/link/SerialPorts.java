package org.memloop.link;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fazecast.jSerialComm.SerialPort;

import org.memloop.bench.LinkException;

/**
 * Find serial ports by what is plugged in, so that a laboratory file need not say which of {@code ttyACM0} and
 * {@code ttyACM1} the router became today.
 *
 * <pre>
 *   nucleo[:serial]                  the debugger of an STM32 Nucleo board: ST-LINK, 0483:374a to 0483:3757
 *   usb:vendor:product[:serial]      any USB device, numbers in hexadecimal
 *   3                                COM3 on Windows, /dev/ttyS2 elsewhere, as VISA counts
 * </pre>
 */
public final class SerialPorts {
    private static final Pattern NUCLEO = Pattern.compile("nucleo(?::(.+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern USB = Pattern.compile("usb:([0-9a-f]{1,4}):([0-9a-f]{1,4})(?::(.+))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final int ST = 0x0483;
    private static final int ST_LINK_FIRST = 0x374a;
    private static final int ST_LINK_LAST = 0x3757;

    /**
     * Describe a port of this computer.
     *
     * @param path how it is opened, for example {@code /dev/ttyACM0}
     * @param description what the system calls it
     * @param vendor number of the maker on USB; negative when it is not on USB
     * @param product number of the model on USB; negative when it is not on USB
     * @param serial serial number on USB; empty when there is none
     */
    public record Found(String path, String description, int vendor, int product, String serial) {
        /** {@return whether it is the debugger of an STM32 Nucleo board} */
        public boolean nucleo() {
            return vendor == ST && product >= ST_LINK_FIRST && product <= ST_LINK_LAST;
        }

        /** {@return the identity on USB as {@code usb:} names take it; empty when it is not on USB} */
        public String identity() {
            return vendor < 0
                    ? ""
                    : String.format(Locale.ROOT, "usb:%04x:%04x%s", vendor, product,
                            serial.isEmpty() ? "" : ":" + serial);
        }
    }

    private final List<Found> ports;

    SerialPorts(List<Found> ports) {
        this.ports = List.copyOf(ports);
    }

    /**
     * Look at this computer's ports.
     *
     * @return those there are now
     */
    public static SerialPorts here() {
        return new SerialPorts(Arrays.stream(SerialPort.getCommPorts())
                .map(port -> new Found(port.getSystemPortPath(), port.getDescriptivePortName(), port.getVendorID(),
                        port.getProductID(), known(port.getSerialNumber())))
                .toList());
    }

    private static String known(String serial) {
        return serial == null || serial.equalsIgnoreCase("unknown") ? "" : serial;
    }

    /** {@return all of them} */
    public List<Found> all() {
        return ports;
    }

    /** {@return all of them in one line, for messages} */
    String listed() {
        return ports.isEmpty()
                ? "none was found on this computer, check cable and power"
                : "found on this computer: " + String.join(", ", ports.stream()
                        .map(port -> port.path() + (port.vendor() < 0 ? "" : " (" + port.identity() + ")")).toList());
    }

    /**
     * Find the port that a name means.
     *
     * @param name a path, or one of the forms above
     * @return the path by which it is opened
     * @throws LinkException when no port is meant, or more than one
     */
    public String path(String name) {
        Matcher nucleo = NUCLEO.matcher(name);
        if (nucleo.matches()) {
            return only(name, "an ST-LINK of a Nucleo board", Found::nucleo, nucleo.group(1));
        }
        Matcher usb = USB.matcher(name);
        if (usb.matches()) {
            int vendor = Integer.parseInt(usb.group(1), 16);
            int product = Integer.parseInt(usb.group(2), 16);
            return only(name, "the USB device " + usb.group(1) + ":" + usb.group(2),
                    port -> port.vendor() == vendor && port.product() == product, usb.group(3));
        }
        if (NUMBER.matcher(name).matches()) {
            int number = Integer.parseInt(name);
            return System.getProperty("os.name").startsWith("Windows") ? "COM" + number : "/dev/ttyS" + (number - 1);
        }
        return name;
    }

    private String only(String name, String what, Predicate<Found> wanted, String serial) {
        List<Found> those = ports.stream().filter(wanted)
                .filter(port -> serial == null || port.serial().equalsIgnoreCase(serial)).toList();
        if (those.size() == 1) {
            return those.getFirst().path();
        }
        String resource = new ResourceName.Serial(name).toString();
        if (those.isEmpty()) {
            throw new LinkException(resource, "",
                    "no serial port belongs to " + what + (serial == null ? "" : " with serial number " + serial) + "; "
                            + listed(),
                    null);
        }
        String head = name.split(":", -1).length > 1 ? name : "nucleo";
        throw new LinkException(resource, "", those.size() + " serial ports belong to " + what + "; say which: "
                + String.join(", ", those.stream()
                        .map(port -> port.serial().isEmpty()
                                ? "ASRL" + port.path() + "::INSTR"
                                : "ASRL" + head + ":" + port.serial() + "::INSTR (" + port.path() + ")")
                        .toList()),
                null);
    }
}
