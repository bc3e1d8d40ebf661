package org.memloop.link;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.memloop.bench.LinkException;

/**
 * Write down every byte that passes a link, as a transcript that tests can replay.
 *
 * <pre>
 *   > *IDN?                   sent, with a line feed at its end
 *   &lt; ACME,1,2,3              answered, with a line feed at its end
 *   >> 00 03 ff               sent, in hexadecimal digits: no line feed at its end, nothing before it, or a zero within
 *   &lt;&lt; 00 81                  answered, likewise
 *   # device clear            a remark: what passed beside the bytes, or failed
 * </pre>
 *
 * In lines of text {@code \xHH} stands for one byte and {@code \\} for a backslash. What comes in several pieces is written
 * in one.
 *
 * <p>A transcript that cannot be written any more stops the work, once, before anything is sent; what is sent after that,
 * to leave the instrument safe, passes and is not written down.
 */
public final class RecordingLink implements Link {
    private final Link inner;
    private final Transcript transcript;

    /**
     * Stand before a link and pass on bytes alone.
     *
     * @param inner the link; closed with this one
     * @param lines takes each line of the transcript
     */
    public RecordingLink(Link inner, Consumer<String> lines) {
        this(inner, new Transcript(inner.resource(), lines));
    }

    RecordingLink(Link inner, Transcript transcript) {
        this.inner = inner;
        this.transcript = transcript;
    }

    /**
     * Stand before a link and pass on all it can do, with a remark before each message and answer that says when it was.
     *
     * @param inner the link; closed with the one returned
     * @param nanos tells the time since the recording began, nanoseconds
     * @param lines takes each line of the transcript
     * @return the recorded link; a {@link MessageLink} where the inner one is
     */
    public static Link timed(Link inner, LongSupplier nanos, Consumer<String> lines) {
        Transcript transcript = new Transcript(inner.resource(), nanos, lines);
        RecordingLink recorded = new RecordingLink(inner, transcript);
        return inner instanceof MessageLink messages
                ? new RecordingMessageLink(messages, recorded, transcript)
                : recorded;
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
    public void write(byte[] bytes) {
        transcript.sent(bytes);
        try {
            inner.write(bytes);
        } catch (LinkException e) {
            transcript.failed(e);
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        try {
            int count = inner.read(into, offset, length, timeoutNanos);
            transcript.answered(into, offset, count);
            return count;
        } catch (LinkException e) {
            transcript.failed(e);
            throw e;
        }
    }

    /**
     * Write down what was sent or answered at once.
     *
     * @param direction {@code >} for what was sent, {@code <} for what was answered
     * @param bytes what
     * @return one line of a transcript
     */
    public static String line(char direction, byte[] bytes) {
        return Transcript.line(direction, bytes);
    }

    @Override
    public void close() {
        try {
            transcript.end();
        } finally {
            inner.close();
        }
    }
}
