package org.memloop.sim.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.memloop.sim.instrument.EmulatedInstrument;
import org.memloop.sim.instrument.Identity;
import org.memloop.sim.instrument.RemoteState;
import org.memloop.sim.instrument.Pace;
import org.memloop.sim.instrument.Reply;
import org.memloop.sim.instrument.Session;

/**
 * Answer {@code *IDN?} with given bytes and polls with a given status, as the servers of recorded exchanges did.
 *
 * @param heard all messages, as they came
 */
record ScriptedInstrument(String idn, int status, BlockingQueue<String> heard) implements EmulatedInstrument {
    ScriptedInstrument(String idn, int status) {
        this(idn, status, new LinkedBlockingQueue<>());
    }

    @Override
    public Identity identity() {
        return new Identity("ACME", "SIM", "1", "0");
    }

    @Override
    public Pace pace() {
        return Pace.GENERATOR;
    }

    @Override
    public boolean errorsWaiting() {
        return false;
    }

    @Override
    public Session open(Session.Listener listener) {
        Deque<Reply> output = new ArrayDeque<>();
        return new Session() {
            @Override
            public void write(byte[] message) {
                String text = new String(message, StandardCharsets.ISO_8859_1);
                heard.add(text);
                if (text.equals("*IDN?")) {
                    output.add(Reply.of(idn.getBytes(StandardCharsets.ISO_8859_1)));
                    listener.onReply();
                }
            }

            @Override
            public boolean available() {
                return !output.isEmpty();
            }

            @Override
            public Reply read() {
                return output.isEmpty() ? Reply.NONE : output.remove();
            }

            @Override
            public int poll() {
                return status;
            }

            @Override
            public void trigger() {}

            @Override
            public void clear() {
                output.clear();
            }

            @Override
            public void remote(RemoteState state) {}

            @Override
            public RemoteState remote() {
                return RemoteState.REMOTE;
            }

            @Override
            public void close() {}
        };
    }
}
