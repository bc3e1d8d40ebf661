package org.memloop.instrument.raspberry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.spi.MockSpi;
import com.pi4j.plugin.mock.provider.spi.MockSpiProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;

/** The router on a Raspberry Pi against Pi4J's mock providers: every bit that is shifted, every edge of the two pins. */
class RaspberryRouterTest {
    private static final Geometry ARRAY = new Geometry(128, 64);
    private static final String PINS = "PI::SPI0.0::LATCH25::TRIGGER24";
    private static final StepTiming TIMING = new StepTiming(5e-6, 5e-6);

    private final Context context = Pi4J.newContextBuilder()
            .add(MockSpiProvider.newInstance(), MockDigitalOutputProvider.newInstance()).build();
    private final Pi4jPins pins = new Pi4jPins(context, PINS);
    private final MockSpi spi = (MockSpi) (Object) context.registry().get("register", com.pi4j.io.spi.Spi.class);
    private final List<String> edges = new ArrayList<>();
    private final RaspberryRouter router = new RaspberryRouter(pins, ARRAY, TIMING, "router", PINS);

    RaspberryRouterTest() {
        for (String name : List.of("latch", "trigger")) {
            context.registry().get(name, DigitalOutput.class).addListener(event -> {
                if (event.state() == DigitalState.HIGH) {
                    edges.add(name);
                }
            });
        }
        spi.readEntireMockBuffer(); // grounding at the start
    }

    @AfterEach
    void letGo() {
        router.close();
    }

    /** {@return what the registers hold after each latch, by the document: bit 255 is shifted in first, bit 0 last} */
    private List<BitSet> registers() {
        byte[] all = spi.readEntireMockBuffer();
        assertEquals(0, all.length % 32, "whole registers");
        List<BitSet> registers = new ArrayList<>();
        for (int start = 0; start < all.length; start += 32) {
            BitSet register = new BitSet();
            int line = 255;
            for (int i = 0; i < 32; i++) {
                for (int bit = 7; bit >= 0; bit--, line--) {
                    register.set(line, (all[start + i] >> bit & 1) == 1);
                }
            }
            registers.add(register);
        }
        return registers;
    }

    private static String bits(List<BitSet> registers) {
        return registers.toString();
    }

    @Test
    void everyCellAndPolarityHasTheTwoBitsOfTheAddressMap() {
        for (Pulse pulse : new Pulse[]{Pulse.SET, Pulse.HARD_RESET}) {
            int columns = pulse == Pulse.SET ? 128 : 192;
            int[] cells = new int[ARRAY.cells()];
            Arrays.setAll(cells, i -> i);
            router.load(PulseProgram.of(pulse, cells), 0, cells.length);
            assertEquals(List.of(), registers(), "nothing is shifted by loading");
            assertEquals(cells.length, router.fire());
            List<BitSet> registers = registers();
            assertEquals(cells.length + 1, registers.size());
            for (int cell : cells) {
                BitSet expected = new BitSet();
                expected.set(ARRAY.row(cell));
                expected.set(columns + ARRAY.column(cell));
                assertEquals(expected, registers.get(cell), ARRAY.describe(cell));
            }
            assertTrue(registers.getLast().isEmpty(), "grounded at the end");
        }
    }

    @Test
    void theExamplesOfTheDocumentHold() {
        int cell = ARRAY.cell(2, 5);
        router.load(PulseProgram.of(Pulse.SET, cell), 0, 1);
        router.fire();
        router.load(PulseProgram.of(Pulse.HARD_RESET, cell), 0, 1);
        router.fire();
        assertEquals("[{2, 133}, {}, {2, 197}, {}]", bits(registers()));
    }

    @Test
    void eachStepIsShiftedOnceLatchedAndTriggeredAsOftenAsItCounts() {
        PulseProgram program = PulseProgram.builder().add(0, Pulse.WEAK_RESET, 3).add(8191, Pulse.WEAK_RESET, 1)
                .build();
        router.load(program, 0, 2);
        long start = System.nanoTime();
        assertEquals(4, router.fire());
        long nanos = System.nanoTime() - start;
        assertEquals(List.of("latch", "trigger", "trigger", "trigger", "latch", "trigger", "latch"), edges);
        assertEquals("[{0, 192}, {127, 255}, {}]", bits(registers()));
        assertTrue(nanos >= 4 * 10_600, "pauses kept: " + nanos + " ns");
        assertThrows(InstrumentException.class, router::fire);
    }

    @Test
    void anInterruptStopsBetweenTwoPulsesAndGrounds() {
        router.load(PulseProgram.builder().add(5, Pulse.WEAK_RESET, 1000).build(), 0, 1);
        Thread.currentThread().interrupt();
        BenchException e = assertThrows(BenchException.class, router::fire);
        assertTrue(Thread.interrupted());
        assertEquals(Firing.POSSIBLE, e.firing());
        assertEquals(List.of("latch", "latch"), edges);
        assertTrue(registers().getLast().isEmpty());
    }

    @Test
    void groundingForgetsAndClosingGroundsOnce() {
        router.load(PulseProgram.of(Pulse.SET, 0), 0, 1);
        router.ground();
        assertThrows(InstrumentException.class, router::fire);
        registers();
        router.close();
        router.close();
        assertEquals("[latch, latch]", edges.toString());
    }

    @Test
    void whatIsNoStretchIsRefused() {
        PulseProgram mixed = PulseProgram.builder().add(0, Pulse.SET, 1).add(1, Pulse.READ, 1).build();
        assertThrows(IllegalArgumentException.class, () -> router.load(mixed, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> router.load(mixed, 1, 1));
        assertThrows(LimitException.class, () -> router.load(PulseProgram.of(Pulse.SET, 8192), 0, 1));
        assertTrue(assertThrows(ConfigurationException.class, () -> router.followSeconds(1e-6)).getMessage()
                .contains("cannot step by the triggers"));
        assertEquals(List.of(), edges);
    }

    @ParameterizedTest
    @CsvSource({"PI::SPI0.0::LATCH25", "TCPIP0::pi::5025::SOCKET", "PI::SPI0::LATCH1::TRIGGER2"})
    void aWrongAddressSaysHowItIsWritten(String resource) {
        String message = assertThrows(ConfigurationException.class, () -> Pi4jPins.open(resource)).getMessage();
        assertTrue(message.contains(resource) && message.contains("PI::SPI0.0::LATCH25::TRIGGER24"), message);
    }

    @Test
    void thisComputerIsNoRaspberryPi() {
        org.junit.jupiter.api.Assumptions.assumeFalse(System.getProperty("os.arch").startsWith("aarch"));
        String message = assertThrows(ConfigurationException.class, () -> Pi4jPins.open(PINS)).getMessage();
        assertTrue(message.contains("'Raspberry Pi'") && message.contains("but this computer is"), message);
    }
}
