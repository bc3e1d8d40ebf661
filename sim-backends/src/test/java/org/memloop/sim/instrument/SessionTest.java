package org.memloop.sim.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private int replies;
    private int requests;
    private boolean busy;
    private ScpiEngine engine;
    private Session session;

    @BeforeEach
    void open() {
        ScpiTable table = new ScpiTable(1);
        engine = new ScpiEngine(this, new Identity("Maker", "Model", "1", "2"), table);
        table.command(":STARt", _ -> busy = true);
        engine.busyWhile(() -> busy);
        session = engine.open(new Session.Listener() {
            @Override
            public void onReply() {
                replies++;
            }

            @Override
            public void onServiceRequest() {
                requests++;
            }
        });
        ask("*CLS");
    }

    private String ask(String message) {
        session.write(message.getBytes(StandardCharsets.ISO_8859_1));
        return session.available() ? text(session.read()) : "";
    }

    private static String text(Reply reply) {
        assertTrue(reply.complete());
        return new String(reply.bytes(), StandardCharsets.ISO_8859_1).strip();
    }

    @Test
    void keepsAnswersApartForEverySession() {
        try (Session other = engine.open(Session.Listener.NONE)) {
            session.write("*IDN?".getBytes(StandardCharsets.ISO_8859_1));
            assertFalse(other.available());
            assertEquals(0, other.poll());
            assertEquals(Session.MESSAGE_AVAILABLE, session.poll());
            assertEquals("Maker,Model,1,2", text(session.read()));
            assertEquals(0, session.poll());
        }
    }

    @Test
    void reportsInterruptedAndUnterminatedQueries() {
        session.write("*IDN?".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("-410,\"Query INTERRUPTED\"", ask(":SYST:ERR?"));
        assertEquals(0, session.read().bytes().length);
        assertEquals("-420,\"Query UNTERMINATED\";4", ask(":SYST:ERR?;*ESR?"));
    }

    @Test
    void requestsServiceOncePerReasonAndOnlyWhenEnabled() {
        ask(":NONSENSE");
        assertEquals(0, requests);
        ask("*CLS;*ESE 32;*SRE 36");
        ask(":NONSENSE");
        assertEquals(1, requests);
        assertEquals(4 + 32 + 64, session.poll());
        assertEquals(4 + 32, session.poll(), "the poll ends the request, not its reason");
        assertEquals("100", ask("*STB?"), "bit 6 is the master summary here");
        ask("*CLS");
        assertEquals(0, session.poll());
        ask(":NONSENSE");
        assertEquals(2, requests);
        ask("*CLS;*SRE 16");
        session.write("*IDN?".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(3, requests, "a message is available");
    }

    @Test
    void waitsForWhatIsPendingAndAnswersThen() {
        ask("*ESE 1;*SRE 32;:STAR;*OPC");
        assertEquals("", ask("*OPC?;*IDN?"));
        assertEquals("", ask("*IDN?"), "messages keep their order");
        assertEquals(0, requests);
        int before = replies;
        finish();
        assertEquals(before + 2, replies);
        assertEquals("1;Maker,Model,1,2", text(session.read()));
        assertEquals("Maker,Model,1,2", text(session.read()));
        assertEquals(1, requests);
    }

    private void finish() {
        synchronized (this) {
            busy = false;
            engine.changed();
        }
    }

    @Test
    void aDeviceClearForgetsWhatWasAsked() {
        ask(":STAR");
        assertEquals("", ask("*OPC?"));
        session.clear();
        finish();
        assertFalse(session.available());
        assertEquals("Maker,Model,1,2", ask("*IDN?"));
    }

    @Test
    void aMessagePutsTheInstrumentUnderRemoteControl() {
        session.remote(RemoteState.LOCAL);
        ask("*IDN?");
        assertEquals(RemoteState.REMOTE, session.remote());
        session.remote(RemoteState.LOCAL_WITH_LOCKOUT);
        ask("*IDN?");
        assertEquals(RemoteState.REMOTE_WITH_LOCKOUT, session.remote());
    }

    @Test
    void aBusTriggerIsATriggerCommand() {
        session.trigger();
        assertEquals("-211,\"Trigger ignored\"", ask(":SYST:ERR?"));
    }
}
