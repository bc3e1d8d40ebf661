package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.memloop.bench.LinkException;
import org.memloop.link.SerialPorts.Found;

class SerialPortsTest {
    private static final Found BOARD = new Found("/dev/ttyACM0", "ST-Link", 0x0483, 0x374b, "066CFF30");
    private static final Found OTHER_BOARD = new Found("/dev/ttyACM1", "ST-Link", 0x0483, 0x374e, "004D0020");
    private static final Found CABLE = new Found("/dev/ttyUSB0", "FT232R", 0x0403, 0x6001, "");
    private static final Found BUILT_IN = new Found("/dev/ttyS0", "Serial", -1, -1, "");

    private static SerialPorts ports(Found... found) {
        return new SerialPorts(List.of(found));
    }

    @Test
    void findsTheNucleoWhateverItsPortIsCalledToday() {
        assertEquals("/dev/ttyACM0", ports(BUILT_IN, CABLE, BOARD).path("nucleo"));
        assertEquals("/dev/ttyACM1", ports(BOARD, OTHER_BOARD).path("nucleo:004d0020"));
        assertEquals("/dev/ttyUSB0", ports(BOARD, CABLE).path("usb:0403:6001"));
        assertEquals("/dev/ttyACM0", ports(BOARD, CABLE).path("USB:483:374B:066cff30"));
        assertEquals("/dev/ttyACM7", ports().path("/dev/ttyACM7"), "a path is taken as it is");
    }

    @Test
    void listsThePortsWhenNoneIsMeant() {
        String message = assertThrows(LinkException.class, () -> ports(CABLE, BUILT_IN).path("nucleo")).getMessage();
        assertEquals(
                "ASRLnucleo::INSTR: no serial port belongs to an ST-LINK of a Nucleo board; found on this computer: "
                        + "/dev/ttyUSB0 (usb:0403:6001), /dev/ttyS0",
                message);
        message = assertThrows(LinkException.class, () -> ports().path("nucleo")).getMessage();
        assertTrue(message.endsWith("none was found on this computer, check cable and power"), message);
    }

    @Test
    void asksWhichWhenSeveralAreMeant() {
        String message = assertThrows(LinkException.class, () -> ports(BOARD, OTHER_BOARD).path("nucleo")).getMessage();
        assertEquals("ASRLnucleo::INSTR: 2 serial ports belong to an ST-LINK of a Nucleo board; say which: "
                + "ASRLnucleo:066CFF30::INSTR (/dev/ttyACM0), ASRLnucleo:004D0020::INSTR (/dev/ttyACM1)", message);
    }
}
