package org.memloop.sim.instrument;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Exchange messages with an instrument over any number of sessions (IEEE 488.2, chapter 6): run program messages one
 * after the other, keep responses until they are read, and request service when a bit that is enabled rises.
 */
final class MessageExchange {
    private static final int WAITING_MAX = 256;

    /** Carry out program messages. */
    interface Core {
        /** Take up a message; what it asks for comes out as it is carried out. */
        Work begin(byte[] message);

        /** {@return the status byte without MAV and RQS} */
        int summary();

        /** {@return which bits of the status byte request service} */
        int enabled();

        /** Note an error of the exchange itself, -363 or one of the -4xx. */
        void report(ScpiError error);

        void trigger();

        /** Stop what is running. */
        void abort();

        /** {@return measurement data that wait beside the answers to queries, in instruments that keep them apart} */
        default Deque<byte[]> data() {
            return new ArrayDeque<>(0);
        }

        /** {@return whether answers wait until they are read, whatever is asked meanwhile} */
        default boolean keepsAnswers() {
            return false;
        }
    }

    /** Carry out one message. */
    interface Work {
        /** Go on as far as possible. {@return whether the message has been carried out to its end} */
        boolean advance(ByteArrayOutputStream response);
    }

    private final Object lock;
    private final Core core;
    private final List<Link> links = new ArrayList<>();
    private RemoteState remote = RemoteState.LOCAL;

    MessageExchange(Object lock, Core core) {
        this.lock = lock;
        this.core = core;
    }

    Session open(Session.Listener listener) {
        synchronized (lock) {
            Link link = new Link(listener);
            links.add(link);
            return link;
        }
    }

    /** Go on with messages that wait for the instrument, and look at the status byte anew. */
    void changed() {
        for (Link link : List.copyOf(links)) {
            link.work();
        }
        links.forEach(Link::look);
    }

    /** Hold one session. */
    private final class Link implements Session {
        private final Listener listener;
        private final Deque<byte[]> waiting = new ArrayDeque<>();
        private Optional<Work> running = Optional.empty();
        private ByteArrayOutputStream response = new ByteArrayOutputStream();
        private final Deque<byte[]> output = new ArrayDeque<>();
        private int seen;
        private boolean requesting;

        Link(Listener listener) {
            this.listener = listener;
            seen = reasons();
        }

        @Override
        public void write(byte[] message) {
            synchronized (lock) {
                remote = remote == RemoteState.LOCAL
                        ? RemoteState.REMOTE
                        : remote == RemoteState.LOCAL_WITH_LOCKOUT ? RemoteState.REMOTE_WITH_LOCKOUT : remote;
                if (!output.isEmpty() && !core.keepsAnswers()) {
                    output.clear();
                    core.report(new ScpiError(ScpiError.QUERY_INTERRUPTED));
                }
                if (waiting.size() < WAITING_MAX) {
                    waiting.addLast(message.clone());
                } else {
                    core.report(new ScpiError(ScpiError.INPUT_OVERRUN));
                }
                changed();
            }
        }

        private void work() {
            while (running.isPresent() || !waiting.isEmpty()) {
                if (running.isEmpty()) {
                    running = Optional.of(core.begin(waiting.removeFirst()));
                    response = new ByteArrayOutputStream();
                }
                int data = core.data().size();
                if (!running.get().advance(response)) {
                    return;
                }
                running = Optional.empty();
                if (response.size() > 0) {
                    output.addLast(response.toByteArray());
                }
                if (response.size() > 0 || core.data().size() > data) {
                    listener.onReply();
                }
            }
        }

        /** Request service when one of the reasons for it is new. */
        private void look() {
            int now = reasons();
            boolean risen = (now & ~seen) != 0;
            seen = now;
            if (now == 0) {
                requesting = false;
            } else if (risen && !requesting) {
                requesting = true;
                listener.onServiceRequest();
            }
        }

        private int reasons() {
            return status() & core.enabled();
        }

        private int status() {
            return core.summary() | (output.isEmpty() ? 0 : MESSAGE_AVAILABLE);
        }

        @Override
        public boolean available() {
            synchronized (lock) {
                return !output.isEmpty() || !core.data().isEmpty();
            }
        }

        @Override
        public Reply read() {
            synchronized (lock) {
                if (!available()) {
                    if (running.isEmpty()) {
                        core.report(new ScpiError(ScpiError.QUERY_UNTERMINATED));
                        changed();
                    }
                    return Reply.NONE;
                }
                byte[] bytes = output.isEmpty() ? core.data().removeFirst() : output.removeFirst();
                look();
                return Reply.of(bytes);
            }
        }

        @Override
        public int poll() {
            synchronized (lock) {
                int polled = status() | (requesting ? REQUEST_SERVICE : 0);
                requesting = false;
                return polled;
            }
        }

        @Override
        public void trigger() {
            synchronized (lock) {
                core.trigger();
                changed();
            }
        }

        @Override
        public void clear() {
            synchronized (lock) {
                waiting.clear();
                running = Optional.empty();
                output.clear();
                core.abort();
                changed();
            }
        }

        @Override
        public void remote(RemoteState state) {
            synchronized (lock) {
                remote = state;
            }
        }

        @Override
        public RemoteState remote() {
            synchronized (lock) {
                return remote;
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                links.remove(this);
            }
        }
    }
}
