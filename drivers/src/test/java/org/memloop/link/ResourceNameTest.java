package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;

class ResourceNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "TCPIP::192.168.0.11::5025::SOCKET | TCPIP0::192.168.0.11::5025::SOCKET",
            "tcpip1::scope.lab::5025::socket | TCPIP1::scope.lab::5025::SOCKET",
            "TCPIP0::[fe80::1]::5025::SOCKET | TCPIP0::[fe80::1]::5025::SOCKET",
            "ASRL3::INSTR | ASRL3::INSTR", "ASRL/dev/ttyACM0::INSTR | ASRL/dev/ttyACM0::INSTR",
            "asrlCOM3::instr | ASRLCOM3::INSTR", "ASRL/dev/ttyUSB0 | ASRL/dev/ttyUSB0::INSTR",
            "ASRLusb:0483:374b::INSTR | ASRLusb:0483:374b::INSTR",
            "TCPIP::10.0.0.1::inst0::INSTR | TCPIP0::10.0.0.1::inst0::INSTR",
            "TCPIP::10.0.0.1::INSTR | TCPIP0::10.0.0.1::inst0::INSTR",
            "TCPIP::10.0.0.1 | TCPIP0::10.0.0.1::inst0::INSTR",
            "TCPIP::gateway::gpib0,12::INSTR | TCPIP0::gateway::gpib0,12::INSTR",
            "TCPIP::10.0.0.1::INST1,40000::INSTR | TCPIP0::10.0.0.1::inst1,40000::INSTR",
            "TCPIP2::[fe80::1]::INSTR | TCPIP2::[fe80::1]::inst0::INSTR",
            "TCPIP0::scope::hislip0::INSTR | TCPIP0::scope::hislip0::INSTR",
            "TCPIP0::scope::HISLIP1,4881 | TCPIP0::scope::hislip1,4881::INSTR",
            "TCPIP0::scope::hislip0,4880::INSTR | TCPIP0::scope::hislip0::INSTR",
            "GPIB0::17::INSTR | GPIB0::17::INSTR", "gpib::5::2 | GPIB0::5::2::INSTR",
            "USB0::0x2A8D::0x1102::MY1::INSTR | USB0::0x2A8D::0x1102::MY1::INSTR",
            "USB::10893::4354::MY1::0::INSTR | USB0::0x2A8D::0x1102::MY1::0::INSTR",
            "PXI0::15::INSTR | PXI0::15::INSTR", "PXI::3-18.2::INSTR | PXI0::3-18.2::INSTR",
            "pxi0::chassis1::slot3::instr | PXI0::CHASSIS1::SLOT3::INSTR"})
    void readsNamesAndWritesThemBack(String text, String written) {
        assertEquals(written, ResourceName.parse(text).toString());
        assertEquals(ResourceName.parse(text), ResourceName.parse(written));
    }

    @Test
    void takesNamesApart() {
        assertEquals(new ResourceName.Socket(2, "fe80::1", 5024),
                ResourceName.parse("TCPIP2::[fe80::1]::5024::SOCKET"));
        assertEquals(new ResourceName.Serial("/dev/serial/by-id/usb-ST:1"),
                ResourceName.parse("ASRL/dev/serial/by-id/usb-ST:1::INSTR"));
        assertEquals(new ResourceName.Vxi11(0, "127.0.0.1", "inst0", OptionalInt.of(40000)),
                ResourceName.parse("TCPIP::127.0.0.1::inst0,40000::INSTR"));
        assertEquals(new ResourceName.Hislip(0, "127.0.0.1", "hislip0", 4880),
                ResourceName.parse("TCPIP::127.0.0.1::hislip0::INSTR"));
        assertEquals(new ResourceName.Gpib(1, 17, OptionalInt.of(3)), ResourceName.parse("GPIB1::17::3::INSTR"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"TCPIP::host::5025 | a socket is written TCPIP::host::5025::SOCKET",
            "TCPIP::host::70000::SOCKET | the port '70000' is not a number from 1 to 65535",
            "TCPIP::host::0::SOCKET | the port '0' is not a number from 1 to 65535",
            "TCPIP::host::SOCKET | host or port is missing; a socket is written",
            "TCPIP::ho st::5025::SOCKET | 'ho st' is no host name or address",
            "TCPIP::fe80:1::5025::SOCKET | stands in brackets",
            "TCPIP::INSTR | the host is missing", "TCPIP::host::hislip0,99999::INSTR | the port '99999'",
            "TCPIP::host::inst0::x::INSTR | there is 'x' too much", "TCPIP::host::;::INSTR | ';' is no device name",
            "ASRL::INSTR | the port is missing; a serial port is written",
            "ASRL/dev/ttyACM0::SOCKET | it ends with 'SOCKET' instead of INSTR",
            "192.168.0.11:5025 | it should look like", "COM3 | 'COM3' is no kind of link",
            "GPIB0::31::INSTR | the primary address '31' is not a number from 0 to 30",
            "GPIB0::INSTR | the address is missing; write GPIB0::17::INSTR",
            "GPIB0::17::1::2::INSTR | there are too many parts", "GPIB0::INTFC | INTFC is not an instrument",
            "USB0::0x2A8D::0x1102::INSTR | maker, model or serial number is missing",
            "USB0::0x2A8DX::0x1102::MY1::INSTR | the maker's number '0x2A8DX' is not a number",
            "USB0::1::2::MY1::SOCKET | only TCPIP names end with ::SOCKET",
            "PXI0::abc::INSTR | 'abc' is no place of a module", "VXI0::1::INSTR | there is no link of the kind VXI0"})
    void saysWhatIsWrong(String text, String hint) {
        String message = assertThrows(ConfigurationException.class, () -> ResourceName.parse(text)).getMessage();
        assertTrue(message.contains(hint) && message.contains("'" + text + "' is not a resource name: "), message);
    }
}
