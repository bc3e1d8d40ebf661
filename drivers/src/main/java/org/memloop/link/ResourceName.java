package org.memloop.link;

import java.util.OptionalInt;

import org.memloop.bench.ConfigurationException;

/**
 * Name an instrument's place the way VISA does (VPP-4.3, 4.4.1). Names are case-insensitive but for host names, device
 * paths and serial numbers; {@code ::INSTR} at the end may be left out.
 *
 * <pre>
 *   TCPIP[board]::host::port::SOCKET                  a raw socket, usually port 5025
 *   TCPIP[board]::host[::inst0]::INSTR                VXI-11; gpib0,12 and the like behind a gateway
 *   TCPIP[board]::host::hislip0[,port]::INSTR         HiSLIP, usually port 4880
 *   ASRL/dev/ttyACM0::INSTR   ASRLCOM3::INSTR         a serial port
 *   GPIB[board]::primary[::secondary]::INSTR          GPIB, through a VISA library
 *   USB[board]::0x2A8D::0x1102::serial[::n]::INSTR    USBTMC, through a VISA library
 *   PXI[board]::device[::function]::INSTR             PXI, through a VISA library
 * </pre>
 *
 * Two names are our own: {@code inst0,port} names the port of a VXI-11 core channel that no portmapper tells, and
 * {@code ASRLnucleo::INSTR} or {@code ASRLusb:0483:374b::INSTR} a serial port by its USB identity ({@link SerialPorts}).
 */
public sealed interface ResourceName {
    /** {@return the name as VISA writes it in full; what {@link #parse} reads} */
    @Override
    String toString();

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
            return "TCPIP" + board + "::" + ResourceNames.bracketed(host) + "::" + port + "::SOCKET";
        }
    }

    /**
     * Name a device that speaks VXI-11.
     *
     * @param board number of the network board, 0 when the name had none
     * @param host host name or address, without the brackets of an IPv6 address
     * @param device name of the device there, for example {@code inst0}
     * @param corePort port of the core channel; empty when the portmapper is to be asked, as it usually is
     */
    record Vxi11(int board, String host, String device, OptionalInt corePort) implements ResourceName {
        @Override
        public String toString() {
            return "TCPIP" + board + "::" + ResourceNames.bracketed(host) + "::" + device
                    + (corePort.isPresent() ? "," + corePort.getAsInt() : "") + "::INSTR";
        }
    }

    /**
     * Name a device that speaks HiSLIP.
     *
     * @param board number of the network board, 0 when the name had none
     * @param host host name or address, without the brackets of an IPv6 address
     * @param device name of the device there, for example {@code hislip0}
     * @param port port, usually 4880
     */
    record Hislip(int board, String host, String device, int port) implements ResourceName {
        @Override
        public String toString() {
            return "TCPIP" + board + "::" + ResourceNames.bracketed(host) + "::" + device
                    + (port == ResourceNames.HISLIP_PORT ? "" : "," + port) + "::INSTR";
        }
    }

    /**
     * Name a serial port.
     *
     * @param port a device path or name such as {@code /dev/ttyACM0} or {@code COM3}, a bare port number, or a USB
     *        identity
     */
    record Serial(String port) implements ResourceName {
        @Override
        public String toString() {
            return "ASRL" + port + "::INSTR";
        }
    }

    /**
     * Name an instrument on a GPIB bus.
     *
     * @param board number of the GPIB board, 0 when the name had none
     * @param primary primary address, 0 to 30
     * @param secondary secondary address, 0 to 30; empty for none
     */
    record Gpib(int board, int primary, OptionalInt secondary) implements ResourceName {
        @Override
        public String toString() {
            return "GPIB" + board + "::" + primary
                    + (secondary.isPresent() ? "::" + secondary.getAsInt() : "") + "::INSTR";
        }
    }

    /**
     * Name an instrument on USB.
     *
     * @param board number of the USB board, 0 when the name had none
     * @param vendor the maker's number, for example 0x2A8D
     * @param product the model's number
     * @param serial serial number
     * @param interfaceNumber number of the USBTMC interface; empty for the first
     */
    record Usb(int board, int vendor, int product, String serial, OptionalInt interfaceNumber)
            implements
                ResourceName {
        @Override
        public String toString() {
            return String.format("USB%d::0x%04X::0x%04X::%s%s::INSTR", board, vendor, product, serial,
                    interfaceNumber.isPresent() ? "::" + interfaceNumber.getAsInt() : "");
        }
    }

    /**
     * Name a PXI module.
     *
     * @param board number of the PXI system, 0 when the name had none
     * @param place where it is, as VISA writes it, for example {@code 15}, {@code 3-18.2} or {@code CHASSIS1::SLOT3}
     */
    record Pxi(int board, String place) implements ResourceName {
        @Override
        public String toString() {
            return "PXI" + board + "::" + place + "::INSTR";
        }
    }

    /**
     * Read a resource name.
     *
     * @param text the name, as in the laboratory file
     * @return where to connect to
     * @throws ConfigurationException when it is no such name; it says what is wrong and how such a name is written
     */
    static ResourceName parse(String text) {
        return new ResourceNames(text).parse();
    }
}
