package org.memloop.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LinkException;

class RecordingLinkTest {
    private final List<String> lines = new ArrayList<>();
    private final Told told = new Told();

    /** A link that answers what it is given and remembers what it is asked. */
    private static final class Told implements MessageLink {
        private final List<String> done = new ArrayList<>();
        private byte[] answer = {};

        @Override
        public String resource() {
            return "GPIB0::17::INSTR";
        }

        @Override
        public long answerNanos() {
            return 7;
        }

        @Override
        public void write(byte[] bytes) {
            done.add("write " + new String(bytes, StandardCharsets.ISO_8859_1).strip());
        }

        @Override
        public int read(byte[] into, int offset, int length, long timeoutNanos) {
            if (answer.length > length) {
                throw new LinkException(resource(), "", "no answer within 3.00 s", null);
            }
            System.arraycopy(answer, 0, into, offset, answer.length);
            return answer.length;
        }

        @Override
        public boolean ended() {
            return answer.length > 0;
        }

        @Override
        public int poll() {
            done.add("poll");
            return 0x50;
        }

        @Override
        public void clear() {
            done.add("clear");
        }

        @Override
        public void trigger() {
            done.add("trigger");
        }

        @Override
        public void onServiceRequest(Runnable listener) {
            done.add("listen");
            listener.run();
        }

        @Override
        public Access access() {
            return new Access() {
                @Override
                public void lock(long timeoutNanos) {
                    throw new LinkException(resource(), "lock", "locked by another", null);
                }

                @Override
                public void unlock() {
                    done.add("unlock");
                }

                @Override
                public void remote() {
                    done.add("remote");
                }

                @Override
                public void local() {
                    done.add("local");
                }
            };
        }

        @Override
        public void close() {
            done.add("close");
        }
    }

    private MessageLink recorded() {
        return assertInstanceOf(MessageLink.class, RecordingLink.timed(told, () -> 1_500_000, lines::add));
    }

    @Test
    void everyByteComesBackFromTheLines() {
        byte[] all = new byte[4096];
        new Random(1).nextBytes(all);
        byte[] odd = "\n\n \n  spaced  \n\\x41\\\n\r\nend".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(odd, 0, all, 4096 - odd.length, odd.length);
        told.answer = all;
        try (MessageLink link = recorded()) {
            link.read(new byte[5000], 1, 4999, 1);
        }
        TranscriptLink replay = new TranscriptLink(String.join("\n", lines));
        byte[] back = new byte[all.length];
        for (int have = 0; have < back.length;) {
            have += replay.read(back, have, back.length - have, 1);
        }
        assertArrayEquals(all, back);
        replay.assertFinished();
    }

    @Test
    void doesWhatALinkOfMessagesDoes() {
        MessageLink link = recorded();
        assertEquals(7, link.answerNanos());
        assertFalse(link.ended());
        told.answer = new byte[]{'1', '\n'};
        link.write("*IDN?\n".getBytes(StandardCharsets.US_ASCII));
        link.read(new byte[8], 0, 8, 1);
        assertTrue(link.ended());
        assertEquals(0x50, link.poll());
        link.clear();
        link.trigger();
        link.onServiceRequest(() -> told.done.add("requested"));
        assertThrows(LinkException.class, () -> link.access().lock(1));
        link.access().unlock();
        link.access().remote();
        link.access().local();
        told.answer = new byte[9];
        assertThrows(LinkException.class, () -> link.read(new byte[8], 0, 8, 1));
        link.close();
        assertEquals(List.of("write *IDN?", "poll", "clear", "trigger", "listen", "requested", "unlock", "remote",
                "local", "close"), told.done);
        assertEquals(List.of("> *IDN?", "< 1", "# serial poll: 80", "# device clear", "# trigger", "# lock",
                "# failed: GPIB0::17::INSTR, asked 'lock': locked by another", "# unlock", "# remote", "# local",
                "# failed: GPIB0::17::INSTR: no answer within 3.00 s"),
                lines.stream().filter(line -> !line.equals("# 0.001500 s")).toList());
    }

    @Test
    void aFullDiskStopsTheWorkOnceAndThenLetsItBeLeftSafe() {
        Link link = RecordingLink.timed(told, () -> 0, _ -> {
            throw new UncheckedIOException(new IOException("no space left"));
        });
        byte[] message = ":OUTP1 ON\n".getBytes(StandardCharsets.US_ASCII);
        String problem = assertThrows(ConfigurationException.class, () -> link.write(message)).getMessage();
        assertTrue(problem.startsWith("GPIB0::17::INSTR: its transcript cannot be written"), problem);
        assertEquals(List.of(), told.done);
        link.write(":OUTP1 OFF\n".getBytes(StandardCharsets.US_ASCII));
        link.close();
        assertEquals(List.of("write :OUTP1 OFF", "close"), told.done);
    }
}
