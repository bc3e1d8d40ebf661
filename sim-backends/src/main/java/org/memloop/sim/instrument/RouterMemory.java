package org.memloop.sim.instrument;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

import org.memloop.instrument.router.RouterFrames;
import org.memloop.instrument.router.RouterFrames.Message;
import org.memloop.instrument.router.RouterMessage;
import org.memloop.instrument.router.RouterRefusal;

/** Remember the last request and its reply, so that a repeated request is answered and not done again. */
final class RouterMemory {
    /** Say how a request relates to the last one. */
    enum Recall {
        NEW,
        REPEATED,
        REUSED
    }

    private Optional<Message> last = Optional.empty();
    private Optional<byte[]> reply = Optional.empty();

    void forget() {
        last = Optional.empty();
        reply = Optional.empty();
    }

    Recall recall(Message message) {
        if (last.isEmpty() || last.get().sequence() != message.sequence()) {
            return Recall.NEW;
        }
        return last.get().equals(message) ? Recall.REPEATED : Recall.REUSED;
    }

    /** Take up a new request; one that still waits for its reply is given up. */
    void begin(Message message) {
        last = Optional.of(message);
        reply = Optional.empty();
    }

    /** {@return whether the last request has no reply yet} */
    boolean owesReply() {
        return last.isPresent() && reply.isEmpty();
    }

    Optional<byte[]> lastReply() {
        return reply;
    }

    /** Frame the reply to the last request, and remember it. */
    byte[] reply(int code, byte[] body) {
        byte[] frame = RouterFrames.frame(new Message(code, last.orElseThrow().sequence(), body));
        reply = Optional.of(frame);
        return frame;
    }

    /** Frame a refusal of the last request, and remember it. */
    byte[] refuse(RouterRefusal refusal, long detail) {
        byte[] frame = refusal(last.orElseThrow(), refusal, detail);
        reply = Optional.of(frame);
        return frame;
    }

    /** Frame a refusal of any request: its code u8, the refusal's code u8, a detail u32. */
    static byte[] refusal(Message request, RouterRefusal refusal, long detail) {
        byte[] body = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN).put((byte) request.code())
                .put((byte) refusal.code()).putInt((int) detail).array();
        return RouterFrames.frame(new Message(RouterMessage.REFUSED, request.sequence(), body));
    }
}
