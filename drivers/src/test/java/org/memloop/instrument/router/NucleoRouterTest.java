package org.memloop.instrument.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LimitException;
import org.memloop.bench.LinkException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.StepTiming;
import org.memloop.instrument.router.RouterFrames.Message;
import org.memloop.link.Link;

class NucleoRouterTest {
    private static final int BOOT = 0xB007;
    private static final Geometry ARRAY = new Geometry(128, 64);
    private static final PulseProgram TWO_STEPS = PulseProgram.builder().add(ARRAY.cell(2, 5), Pulse.WEAK_RESET, 1)
            .add(ARRAY.cell(127, 63), Pulse.WEAK_RESET, 300).build();

    private final ScriptedLink link = new ScriptedLink();

    @Test
    void theBytesOnTheWireAreThoseOfTheDocument() {
        byte[] hello = RouterHello.body(0x12345678, 5000);
        assertEquals("00030101064d4c523101077856341288130105e86bc56b00",
                HexFormat.of().formatHex(RouterFrames.frame(new Message(1, 1, hello))));
    }

    @Test
    void aProgramIsLoadedAndFiredOnce() {
        NucleoRouter router = router();
        link.sent.clear();
        router.load(TWO_STEPS, 0, 2);
        assertEquals(301, router.fire());
        assertEquals(List.of("LOAD_BEGIN", "LOAD_STEPS", "LOAD_COMMIT", "FIRE"), link.requests());
        assertEquals(List.of("00030302020101010202010104018813010358020103881301054ebb37f600",
                "0003040302010101010101010c0205017f3fac02a3b1378c00",
                "0003050402010101032d01010101010109faf68997d0dbeada00", "000306050201010105921ccd1600"),
                link.sent.stream().map(RouterFrames::frame).map(HexFormat.of()::formatHex).toList());
        assertEquals(Firing.NONE, assertThrows(InstrumentException.class, router::fire).firing());
        assertEquals(4, link.sent.size());
    }

    @Test
    void aRouterOfAnotherVersionIsRefusedWithBothVersions() {
        link.onHello = message -> Optional.of(refusal(message, RouterRefusal.WRONG_VERSION, 2));
        String refused = assertThrows(ConfigurationException.class, this::router).getMessage();
        assertTrue(refused.contains("version 2") && refused.contains("version 1"), refused);

        link.onHello = message -> Optional.of(new Message(0x81, message.sequence(), new byte[]{9, 0}));
        String answered = assertThrows(ConfigurationException.class, this::router).getMessage();
        assertTrue(answered.contains("version 9") && answered.contains("update the program"), answered);
    }

    @Test
    void aRefusedLoadFiresNothingAndSaysWhy() {
        NucleoRouter router = router();
        link.onOther = message -> Optional.of(refusal(message, RouterRefusal.WATCHDOG, 5100));
        InstrumentException e = assertThrows(InstrumentException.class, () -> router.load(TWO_STEPS, 0, 2));
        assertEquals(Firing.NONE, e.firing());
        assertTrue(e.getMessage().contains("the host was silent for 5100 ms"), e.getMessage());
    }

    @Test
    void anUnknownRefusalIsStillTold() {
        NucleoRouter router = router();
        link.onOther = message -> Optional.of(new Message(RouterMessage.REFUSED, message.sequence(),
                new byte[]{3, 99, 7, 0, 0, 0}));
        String told = assertThrows(InstrumentException.class, () -> router.load(TWO_STEPS, 0, 2)).getMessage();
        assertTrue(told.contains("refusal 99, detail 7"), told);
    }

    @Test
    void aLostReplyIsAskedForAgainWithTheSameSequenceNumber() {
        NucleoRouter router = router();
        router.load(TWO_STEPS, 0, 2);
        link.sent.clear();
        link.lose = 2;
        assertEquals(301, router.fire());
        assertEquals(List.of("FIRE", "FIRE", "FIRE"), link.requests());
        assertEquals(1, link.sent.stream().distinct().count());
    }

    @Test
    void silenceAfterFireLeavesPulsesPossible() {
        NucleoRouter router = router();
        router.load(TWO_STEPS, 0, 2);
        link.onOther = message -> Optional.empty();
        LinkException e = assertThrows(LinkException.class, router::fire);
        assertEquals(Firing.POSSIBLE, e.firing());
        assertTrue(e.getMessage().startsWith("router, asked 'FIRE': no answer on a script within 500 ms"),
                e.getMessage());
        assertTrue(link.requests().contains("GROUND"));
    }

    @Test
    void aRouterThatStartedAnewOrMiscountedIsNotBelieved() {
        NucleoRouter router = router();
        router.load(TWO_STEPS, 0, 2);
        link.triggers = 300;
        InstrumentException few = assertThrows(InstrumentException.class, router::fire);
        assertEquals(Firing.POSSIBLE, few.firing());
        assertTrue(few.getMessage().contains("done after 300 of 301 triggers"), few.getMessage());

        router.load(TWO_STEPS, 0, 2);
        link.boot++;
        InstrumentException anew = assertThrows(InstrumentException.class, router::fire);
        assertEquals(Firing.POSSIBLE, anew.firing());
        assertTrue(anew.getMessage().contains("started anew"), anew.getMessage());
    }

    @Test
    void anInterruptStopsTheWaitingAndGroundsTheLines() {
        NucleoRouter router = router();
        router.load(TWO_STEPS, 0, 2);
        link.state = RouterState.RUNNING;
        link.interruptAfterFire = true;
        BenchException e = assertThrows(LinkException.class, router::fire);
        assertTrue(Thread.interrupted());
        assertEquals(Firing.POSSIBLE, e.firing());
        assertEquals("GROUND", link.requests().getLast());
    }

    @Test
    void whatIsNoStretchOfOnePulseIsRefusedBeforeAnythingIsSent() {
        NucleoRouter router = router();
        link.sent.clear();
        PulseProgram mixed = PulseProgram.builder().add(0, Pulse.SET, 1).add(1, Pulse.READ, 1).build();
        assertThrows(IllegalArgumentException.class, () -> router.load(mixed, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> router.load(mixed, 1, 1));
        assertThrows(LimitException.class, () -> router.load(PulseProgram.of(Pulse.SET, 8192), 0, 1));
        assertEquals(List.of(), link.sent);
    }

    @Test
    void pausesOutOfRangeAreRefused() {
        String told = assertThrows(ConfigurationException.class,
                () -> new NucleoRouter(link, new StepTiming(3, 0), "router")).getMessage();
        assertTrue(told.contains("settleSeconds must be 0 to 2 s"), told);
    }

    @Test
    void closingGroundsOnceAndLetsGoOfTheLink() {
        NucleoRouter router = router();
        router.close();
        router.close();
        assertEquals(List.of("HELLO", "GROUND"), link.requests());
        assertEquals(1, link.closings);
    }

    private NucleoRouter router() {
        return new NucleoRouter(link, StepTiming.USUAL, "router");
    }

    private static Message refusal(Message request, RouterRefusal why, int detail) {
        return new Message(RouterMessage.REFUSED, request.sequence(), ByteBuffer.allocate(6)
                .order(ByteOrder.LITTLE_ENDIAN).put((byte) request.code()).put((byte) why.code()).putInt(detail)
                .array());
    }

    /** Answer as a router would, unless told otherwise. */
    private static final class ScriptedLink implements Link {
        private final RouterFrames.Splitter splitter = new RouterFrames.Splitter();
        private final List<Message> sent = new ArrayList<>();
        private byte[] waiting = {};
        private int boot = BOOT;
        private RouterState state = RouterState.DONE;
        private long triggers = 301;
        private int loadId;
        private int lose;
        private int closings;
        private boolean interruptAfterFire;
        private Function<Message, Optional<Message>> onHello = this::greet;
        private Function<Message, Optional<Message>> onOther = this::answer;

        List<String> requests() {
            return sent.stream().map(message -> RouterMessage.of(message.code()).orElseThrow().name()).toList();
        }

        private Optional<Message> greet(Message message) {
            return Optional.of(new Message(0x81, message.sequence(), new RouterGreeting(1, message.fields().getInt(6),
                    BOOT, RouterState.IDLE, "1.0.0", 128, 64, 8192, 1024, "S1", "test board", Optional.empty())
                    .encode()));
        }

        private Optional<Message> answer(Message message) {
            if (message.code() == RouterMessage.LOAD_BEGIN.code()) {
                loadId = message.fields().getInt();
            }
            byte[] body = new RouterStatus(boot, state, loadId, 2, 2, triggers, triggers).encode();
            return Optional.of(new Message(message.code() | 0x80, message.sequence(), body));
        }

        @Override
        public String resource() {
            return "a script";
        }

        @Override
        public void write(byte[] bytes) {
            for (byte next : bytes) {
                if (splitter.accept(next) == RouterFrames.Splitter.Found.MESSAGE) {
                    Message message = splitter.message();
                    sent.add(message);
                    waiting = (message.code() == 1 ? onHello : onOther).apply(message)
                            .filter(_ -> lose-- <= 0).map(RouterFrames::frame).orElse(new byte[0]);
                }
            }
        }

        @Override
        public int read(byte[] into, int offset, int length, long timeoutNanos) {
            if (Thread.currentThread().isInterrupted()) {
                throw new LinkException("a script", "", "interrupted", null);
            }
            if (waiting.length == 0) {
                long end = System.nanoTime() + timeoutNanos;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                throw new LinkException("a script", "", "nothing came", null);
            }
            int count = waiting.length;
            System.arraycopy(waiting, 0, into, offset, count);
            waiting = new byte[0];
            if (interruptAfterFire && sent.getLast().code() == RouterMessage.FIRE.code()) {
                Thread.currentThread().interrupt();
            }
            return count;
        }

        @Override
        public void close() {
            closings++;
        }
    }
}
