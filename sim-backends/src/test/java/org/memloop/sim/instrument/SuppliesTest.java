package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two supplies of the thesis's bench feed the chip: one VDD5, the other VDD, VDDR and VDDC together. */
class SuppliesTest {
    private final Faults faults = new Faults(1);
    private final Wiring wiring = new Wiring(new Resistor(1e4), faults);
    private final KeysightE36312AEmulator high = new KeysightE36312AEmulator(wiring, "supply-5v", 1);
    private final AgilentE3631AEmulator low = new AgilentE3631AEmulator(wiring, "supply-1v2", 2);

    @BeforeEach
    void powerUp() {
        wiring.connect(SupplyPin.VDD5, high.output(1));
        for (SupplyPin pin : new SupplyPin[]{SupplyPin.VDD, SupplyPin.VDDR, SupplyPin.VDDC}) {
            wiring.connect(pin, low.output(1));
        }
        say(high, "VOLT 5,(@1);CURR 0.1,(@1);:OUTP ON,(@1)");
        say(low, "APPL P6V,1.2,0.1;:OUTP ON");
        select();
    }

    private String say(EmulatedInstrument instrument, String message) {
        return new String(instrument.handle(message.getBytes(StandardCharsets.ISO_8859_1)),
                StandardCharsets.ISO_8859_1).strip();
    }

    private void select() {
        BitSet lines = new BitSet();
        lines.set(0);
        lines.set(2);
        wiring.latch(lines);
    }

    private double amps() {
        return wiring.drive(1, 3, 1e-6);
    }

    @Test
    void aChipWithItsSuppliesWorksAndDrawsWhatItDraws() {
        assertEquals(1e-4, amps(), 1e-9);
        assertEquals(5, Double.parseDouble(say(high, "MEAS:VOLT? (@1)")), 5e-3);
        assertEquals(2e-3, Double.parseDouble(say(high, "MEAS:CURR? (@1)")), 0.3e-3);
        assertEquals(1.2, Double.parseDouble(say(low, "MEAS:VOLT? P6V")), 3e-3);
        assertEquals(0.24e-3, Double.parseDouble(say(low, "MEAS:CURR? P6V")), 0.3e-3);
        assertEquals("+2", say(low, "STAT:QUES:INST:ISUM1:COND?"), "constant voltage");
        assertEquals("+1", say(high, "STAT:QUES:INST:ISUM1:COND?"), "constant voltage, the bits of this model");
        assertEquals("+0", say(high, "STAT:QUES:INST:ISUM2:COND?"), "off");
    }

    @ParameterizedTest
    @CsvSource({"'VOLT 3.5,(@1)',true,false", "'VOLT 2,(@1)',false,false", "'OUTP OFF,(@1)',false,false",
            "'VOLT:PROT 4.5,(@1)',false,false", "'CURR 0.0005,(@1)',false,false"})
    void aBrownOutStopsShiftingAndALossForgetsTheRegisters(String command, boolean remembers, boolean shifts) {
        say(high, command);
        assertEquals("+0,\"No error\"", say(high, "SYST:ERR?"));
        assertEquals(remembers, !wiring.grounded());
        wiring.latch(new BitSet());
        select();
        assertEquals(remembers || shifts, !wiring.grounded());
    }

    @ParameterizedTest
    @CsvSource({"'APPL P6V,0.9'", "OUTP OFF", "'APPL P6V,1.2,0.0001'"})
    void withoutTheDigitalSuppliesNoCurrentFlowsAndItComesBack(String command) {
        say(low, command);
        assertEquals(0, amps());
        assertEquals(0, wiring.pulses());
        say(low, "APPL P6V,1.2,0.1;:OUTP ON");
        assertEquals(1e-4, amps(), 1e-9);
    }

    @Test
    void linesAreHeldNearVdd5() {
        say(high, "VOLT 4.2,(@1)");
        assertEquals(4.7e-4, wiring.drive(6, 6, 1e-6), 1e-6);
    }

    @Test
    void tooMuchKillsTheChip() {
        say(low, "APPL P6V,2.5");
        say(low, "APPL P6V,1.2");
        assertEquals(0, amps());
        assertTrue(wiring.powerText().contains("broken"));
        assertTrue(Double.parseDouble(say(low, "MEAS:CURR? P6V")) > 10e-3, "a broken chip draws more");
    }

    @Test
    void protectionTripsAndIsClearedByHand() {
        say(high, "CURR:PROT:STAT ON,(@1);:CURR 0.001,(@1)");
        assertEquals("1;0", say(high, "CURR:PROT:TRIP? (@1);:VOLT:PROT:TRIP? (@1)"));
        assertEquals(0, Double.parseDouble(say(high, "MEAS:VOLT? (@1)")), 1e-3);
        say(high, "CURR 0.1,(@1)");
        assertEquals("1", say(high, "CURR:PROT:TRIP? (@1)"), "stays tripped");
        say(high, "OUTP:PROT:CLE (@1)");
        assertEquals("0", say(high, "CURR:PROT:TRIP? (@1)"));
        select();
        assertEquals(1e-4, amps(), 1e-9);
    }

    @Test
    void aSupplyTripsOnDemand() {
        faults.set("supply-5v", FaultRule.once(Fault.SUPPLY_TRIP, 3));
        assertEquals(1e-4, amps(), 1e-9);
        assertEquals(1e-4, amps(), 1e-9);
        assertEquals(0, amps());
        assertTrue(wiring.grounded(), "and the registers forgot");
        assertEquals("1", say(high, "VOLT:PROT:TRIP? (@1)"));
    }

    @Test
    void aCableThatIsOnAgainFeedsTheChipBeforeTheNextPulse() {
        faults.set("supply-5v", FaultRule.always(Fault.UNPLUGGED));
        assertEquals(0, amps());
        select();
        assertEquals(0, amps());
        faults.clear("supply-5v");
        select();
        assertEquals(1e-4, amps(), 1e-9);
    }

    @Test
    void listsTrackingAndSelection() {
        say(high, "VOLT 3,(@2,3);:CURR 0.5,(@2:3)");
        assertEquals("+5.00000E+00,+3.00000E+00,+3.00000E+00", say(high, "VOLT? (@1:3)"));
        say(high, "VOLT 7,(@2,1)");
        assertEquals("-222", say(high, "SYST:ERR?").split(",")[0]);
        assertEquals("+3.00000E+00", say(high, "VOLT? (@2)"), "all or none");
        say(low, "OUTP:TRAC ON;:APPL P25V,12,0.5");
        assertEquals("\"-12.000000,+1.000000\"", say(low, "APPL? N25V"));
        say(low, "INST N25V;VOLT -9");
        assertEquals("\"+9.000000,+0.500000\"", say(low, "APPL? P25V"));
        assertEquals("N25V;3", say(low, "INST?;INST:NSEL?"));
    }

    @Test
    void aCurrentLimitCanRequestService() {
        boolean[] asked = new boolean[1];
        try (Session session = low.open(new Session.Listener() {
            @Override
            public void onServiceRequest() {
                asked[0] = true;
            }
        })) {
            session.write(
                    "*CLS;*SRE 8;:STAT:QUES:ENAB 8192;:STAT:QUES:INST:ENAB 2".getBytes(StandardCharsets.US_ASCII));
            session.write(":STAT:QUES:INST:ISUM1:ENAB 1".getBytes(StandardCharsets.US_ASCII));
            assertFalse(asked[0]);
            session.write("APPL P6V,1.2,0.0001".getBytes(StandardCharsets.US_ASCII));
            assertTrue(asked[0]);
            assertEquals(8 + 64, session.poll());
        }
    }
}
