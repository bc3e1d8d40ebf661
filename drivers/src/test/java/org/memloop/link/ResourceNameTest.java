package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.ConfigurationException;

class ResourceNameTest {
    @ParameterizedTest
    @CsvSource({"TCPIP::192.168.0.11::5025::SOCKET, TCPIP0::192.168.0.11::5025::SOCKET",
            "tcpip1::scope.lab::5025::socket, TCPIP1::scope.lab::5025::SOCKET",
            "TCPIP0::[fe80::1]::5025::SOCKET, TCPIP0::[fe80::1]::5025::SOCKET",
            "ASRL3::INSTR, ASRL3::INSTR", "ASRL/dev/ttyACM0::INSTR, ASRL/dev/ttyACM0::INSTR",
            "asrlCOM3::instr, ASRLCOM3::INSTR"})
    void readsNamesAndWritesThemBack(String text, String written) {
        assertEquals(written, ResourceName.parse(text).toString());
    }

    @Test
    void takesNamesApart() {
        assertEquals(new ResourceName.Socket(2, "fe80::1", 5024),
                ResourceName.parse("TCPIP2::[fe80::1]::5024::SOCKET"));
        assertEquals(new ResourceName.Serial("/dev/serial/by-id/usb-ST:1"),
                ResourceName.parse("ASRL/dev/serial/by-id/usb-ST:1::INSTR"));
    }

    @ParameterizedTest
    @CsvSource({"TCPIP::10.0.0.1::inst0::INSTR, VXI-11", "TCPIP::10.0.0.1::INSTR, VXI-11",
            "TCPIP::10.0.0.1, VXI-11", "TCPIP0::scope::hislip0::INSTR, HiSLIP", "GPIB0::17::INSTR, GPIB",
            "USB0::0x2A8D::0x9045::MY1::INSTR, USB"})
    void namesLinksThatAreNotThere(String text, String link) {
        String message = assertThrows(ConfigurationException.class, () -> ResourceName.parse(text)).getMessage();
        assertTrue(message.contains("'" + text + "' names a " + link + " link, which is not available"), message);
    }

    @ParameterizedTest
    @CsvSource({"TCPIP::host::5025, a socket is written", "TCPIP::host::70000::SOCKET, 70000 is not a port",
            "TCPIP::host::0::SOCKET, 0 is not a port", "TCPIP::ho st::5025::SOCKET, a socket is written",
            "ASRL::INSTR, a serial port is written", "192.168.0.11:5025, it should look like"})
    void saysWhatIsWrong(String text, String hint) {
        String message = assertThrows(ConfigurationException.class, () -> ResourceName.parse(text)).getMessage();
        assertTrue(message.contains(hint) && message.contains(text), message);
    }
}
