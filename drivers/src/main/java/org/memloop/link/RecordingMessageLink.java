package org.memloop.link;

import org.memloop.bench.LinkException;

/** Write down what passes a link that carries messages, and do beside the bytes what that link can do. */
final class RecordingMessageLink implements MessageLink {
    private final MessageLink inner;
    private final RecordingLink bytes;
    private final Transcript transcript;

    RecordingMessageLink(MessageLink inner, RecordingLink bytes, Transcript transcript) {
        this.inner = inner;
        this.bytes = bytes;
        this.transcript = transcript;
    }

    @Override
    public String resource() {
        return inner.resource();
    }

    @Override
    public long answerNanos() {
        return inner.answerNanos();
    }

    @Override
    public void write(byte[] message) {
        bytes.write(message);
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        return bytes.read(into, offset, length, timeoutNanos);
    }

    @Override
    public boolean ended() {
        return inner.ended();
    }

    @Override
    public int poll() {
        try {
            int status = inner.poll();
            transcript.remark("serial poll: " + status);
            return status;
        } catch (LinkException e) {
            transcript.failed(e);
            throw e;
        }
    }

    @Override
    public void clear() {
        doing("device clear", inner::clear);
    }

    @Override
    public void trigger() {
        doing("trigger", inner::trigger);
    }

    @Override
    public void onServiceRequest(Runnable listener) {
        inner.onServiceRequest(listener);
    }

    @Override
    public Access access() {
        Access access = inner.access();
        return new Access() {
            @Override
            public void lock(long timeoutNanos) {
                doing("lock", () -> access.lock(timeoutNanos));
            }

            @Override
            public void unlock() {
                doing("unlock", access::unlock);
            }

            @Override
            public void remote() {
                doing("remote", access::remote);
            }

            @Override
            public void local() {
                doing("local", access::local);
            }
        };
    }

    private void doing(String what, Runnable action) {
        transcript.remark(what);
        try {
            action.run();
        } catch (LinkException e) {
            transcript.failed(e);
            throw e;
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
