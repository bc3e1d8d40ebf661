package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.memloop.bench.BenchException;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.instrument.router.RouterFrames;
import org.memloop.link.Link;
import org.memloop.link.MessageLink;
import org.memloop.link.Patience;
import org.memloop.link.SerialLink;
import org.memloop.scpi.ScpiSession;
import org.memloop.sim.instrument.Agilent81160AEmulator;
import org.memloop.sim.instrument.CountingDevice;
import org.memloop.sim.instrument.Fault;
import org.memloop.sim.instrument.FaultRule;
import org.memloop.sim.instrument.Faults;
import org.memloop.sim.instrument.FaultyInstrument;
import org.memloop.sim.instrument.Resistor;
import org.memloop.sim.instrument.RouterEmulator;
import org.memloop.sim.instrument.Wiring;
import org.memloop.sim.server.Linked.Kind;

/**
 * Fire a pulse over every link while something is wrong with it: the error says what, comes in time, and the die never
 * gets more than the one pulse that was asked for, whatever is opened again afterwards.
 */
@Timeout(30)
class FaultyLinksTest {
    private static final String ROLE = "generator";
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** When an answer is late by that, twice as long is allowed until the error is told: links have a grace of 0.5 s. */
    private static final long TOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final Patience PATIENCE = new Patience(TimeUnit.SECONDS.toNanos(2), ANSWER_NANOS);

    private final Wiring wiring = new Wiring(new Resistor(10e3));
    private final Faults faults = new Faults(1);
    private final Linked linked = new Linked(
            new FaultyInstrument(new Agilent81160AEmulator(wiring), ROLE, faults, wiring::nowSeconds));

    @AfterEach
    void switchOff() {
        linked.close();
    }

    /**
     * Say what a fault does.
     *
     * @param rule of the fault
     * @param fired how many pulses the die gets
     * @param told what the error says
     */
    private record Case(FaultRule rule, long fired, String... told) {
        @Override
        public String toString() {
            return rule.fault().text();
        }
    }

    static Stream<Arguments> everyLinkAndFault() {
        List<Case> cases = List.of(new Case(FaultRule.always(Fault.SILENT), 0, "no answer within"),
                new Case(FaultRule.always(Fault.GARBAGE), 0, "which is not a number"),
                new Case(FaultRule.always(Fault.TRUNCATED), 1, "without a line feed, then nothing"),
                new Case(FaultRule.always(Fault.DROP_REPLY), 1, "no answer within"),
                new Case(FaultRule.always(Fault.HANG_UP), 0, "closed the connection", "the connection broke",
                        "connection to the instrument is lost"),
                new Case(FaultRule.always(Fault.DELAYED).delayed(1), 1, "no answer within"));
        return Arrays.stream(Kind.values()).flatMap(kind -> cases.stream().map(fault -> arguments(kind, fault)));
    }

    private static void prepare(ScpiSession session) {
        session.send("*RST;*CLS;:FUNC1 PULS;:ARM:SOUR1 MAN;:TRIG1:COUN 1;:OUTP1 ON");
    }

    @ParameterizedTest
    @MethodSource("everyLinkAndFault")
    void aFaultIsToldInTimeAndFiresNothingTwice(Kind kind, Case fault) {
        try (ScpiSession session = new ScpiSession(linked.open(kind, PATIENCE), ROLE)) {
            prepare(session);
            session.answerWithin(ANSWER_NANOS);
            faults.set(ROLE, fault.rule());
            long start = System.nanoTime();
            LinkException e = assertThrows(LinkException.class, () -> session.queryNumber("*TRG;*OPC?"));
            long took = System.nanoTime() - start;
            assertTrue(Arrays.stream(fault.told()).anyMatch(e.getMessage()::contains), e.getMessage());
            assertTrue(e.getMessage().startsWith("generator, asked '*TRG;*OPC?': "), e.getMessage());
            assertTrue(took < TOLD_NANOS, "told after " + took + " ns");
            assertEquals(fault.fired(), wiring.pulses());
        }
        faults.clear();
        try (ScpiSession again = new ScpiSession(linked.open(kind, PATIENCE), ROLE)) {
            assertEquals("81160A", again.query("*IDN?").split(",")[1]);
            assertEquals(fault.fired(), wiring.pulses(), "a link that is opened again sends nothing again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherInstrumentIsNamed(Kind kind) {
        faults.set(ROLE, FaultRule.always(Fault.WRONG_IDENTITY));
        try (ScpiSession session = new ScpiSession(linked.open(kind, PATIENCE), ROLE)) {
            String message = assertThrows(ConfigurationException.class, () -> session.identify("81160A")).getMessage();
            assertTrue(message.contains("should be a '81160A' but answered 'Unknown Maker,UM-1,0,0.0'")
                    && message.contains(linked.resource(kind)), message);
        }
    }

    /** After a clear the late answer to one question is not taken for the answer to the next. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void aClearBringsALostConversationBack(Kind kind) {
        try (ScpiSession session = new ScpiSession(linked.open(kind, PATIENCE), ROLE)) {
            prepare(session);
            session.answerWithin(ANSWER_NANOS);
            faults.set(ROLE, FaultRule.always(Fault.DELAYED).delayed(0.5));
            assertThrows(LinkException.class, () -> session.query("*TRG;*OPC?"));
            faults.clear();
            assertTrue(assertThrows(LinkException.class, () -> session.query("*IDN?")).getMessage()
                    .contains("not asked"));
            session.clear();
            assertEquals("81160A", session.query("*IDN?").split(",")[1]);
            assertEquals(1, wiring.pulses());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void aTriggerGoesOnceWhateverComesBack(Kind kind) {
        try (ScpiSession session = new ScpiSession(linked.open(kind, PATIENCE), ROLE)) {
            prepare(session);
        }
        for (Fault fault : new Fault[]{Fault.SILENT, Fault.DROP_REPLY, Fault.DELAYED}) {
            long before = wiring.pulses();
            faults.set(ROLE, FaultRule.always(fault));
            try (MessageLink link = (MessageLink) linked.open(kind, PATIENCE)) {
                link.trigger();
                link.poll();
            }
            faults.clear();
            try (ScpiSession after = new ScpiSession(linked.open(kind, PATIENCE), ROLE)) {
                after.query("*OPC?"); // over HiSLIP the trigger may still be on its way
            }
            assertEquals(before + 1, wiring.pulses(), fault.text());
        }
    }

    /** All at the same time, since the router's time-outs are long. */
    @Test
    void noFaultOfASerialLineFiresTwice() throws Exception {
        assumeTrue(PseudoTerminal.available(), "this system has no pseudo-terminals");
        Map<FaultRule, String> told = Map.of(FaultRule.always(Fault.SILENT), "no answer",
                FaultRule.always(Fault.HANG_UP), "no answer", FaultRule.always(Fault.GARBAGE), "no sense in",
                FaultRule.always(Fault.TRUNCATED), "router", FaultRule.always(Fault.DROP_REPLY), "router",
                FaultRule.always(Fault.DELAYED).delayed(3), "no answer", FaultRule.always(Fault.SERIAL_NOISE),
                "router");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<FaultRule, Future<String>> outcomes = new HashMap<>();
            told.keySet().forEach(rule -> outcomes.put(rule, threads.submit(() -> fireOverASerialLine(rule))));
            for (Map.Entry<FaultRule, Future<String>> outcome : outcomes.entrySet()) {
                String message = outcome.getValue().get();
                assertTrue(message.contains(told.get(outcome.getKey())), outcome.getKey().fault() + ": " + message);
            }
        }
    }

    private static String fireOverASerialLine(FaultRule rule) {
        CountingDevice device = new CountingDevice(new Geometry(128, 64));
        Wiring lines = new Wiring(device);
        Faults wrong = new Faults(1);
        lines.connect(() -> new Wiring.Drive(0.9, 4.5, 0.6e-6));
        String message;
        try (RouterServer server = new RouterServer(
                new RouterEmulator(lines, device.geometry(), System::nanoTime, 4), wrong, lines::nowSeconds, 3, 0)) {
            Link link = SerialLink.open(server.devicePath(), RouterFrames.BAUD, SerialLink.WRITE_TIMEOUT);
            try (NucleoRouter router = new NucleoRouter(link, StepTiming.USUAL, "router")) {
                router.load(PulseProgram.builder().add(7, Pulse.SET, 1).build(), 0, 1);
                wrong.set("router", rule);
                message = assertThrows(BenchException.class, router::fire, rule.fault().text()).getMessage();
                wrong.clear();
            }
        }
        assertTrue(device.total() <= 1, rule.fault() + " fired " + device.total() + " times");
        return message;
    }

    @Test
    void nothingIsSentAgainWhenALinkIsOpenedAnew() {
        for (Kind kind : Kind.values()) {
            long before = wiring.pulses();
            try (ScpiSession session = new ScpiSession(linked.open(kind, PATIENCE), ROLE)) {
                prepare(session);
                faults.set(ROLE, FaultRule.once(Fault.HANG_UP, 2));
                session.query("*TRG;*OPC?");
                assertThrows(LinkException.class, () -> session.query("*TRG;*OPC?"));
                assertThrows(LinkException.class, () -> session.query("*TRG;*OPC?"));
                faults.clear();
                assertThrows(LinkException.class, () -> session.query("*TRG;*OPC?"), "a lost link stays lost");
            }
            assertEquals(before + 1, wiring.pulses(), kind.name());
        }
    }
}
