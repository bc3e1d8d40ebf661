package org.memloop.instrument.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import org.memloop.instrument.router.RouterFrames.Message;
import org.memloop.instrument.router.RouterFrames.Splitter;
import org.memloop.instrument.router.RouterFrames.Splitter.Found;

class RouterFramesTest {
    private final Random random = new Random(11);

    @Test
    void everyMessageComesBackFromItsFrame() {
        for (int length = 0; length <= RouterFrames.MAX_BODY; length += length < 1100 ? 1 : 97) {
            for (int zeros = 0; zeros <= 2; zeros++) {
                Message message = message(length, zeros);
                byte[] frame = RouterFrames.frame(message);
                for (int i = 0; i < frame.length; i++) {
                    assertEquals(i == 0 || i == frame.length - 1, frame[i] == 0, "zero at " + i);
                }
                assertEquals(List.of(message), split(new Splitter(), frame));
            }
        }
        assertThrows(IllegalArgumentException.class,
                () -> RouterFrames.frame(new Message(1, 1, new byte[RouterFrames.MAX_BODY + 1])));
    }

    @Test
    void noDamagedFrameIsTakenForAMessage() {
        for (int round = 0; round < 20_000; round++) {
            byte[] frame = RouterFrames.frame(message(random.nextInt(40), random.nextInt(3)));
            int at = 1 + random.nextInt(frame.length - 2);
            switch (round % 3) {
                case 0 -> frame[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> frame[at] = (byte) (frame[at] + 1 + random.nextInt(255));
                default -> { // a byte got lost
                    byte[] shorter = new byte[frame.length - 1];
                    System.arraycopy(frame, 0, shorter, 0, at);
                    System.arraycopy(frame, at + 1, shorter, at, shorter.length - at);
                    frame = shorter;
                }
            }
            assertEquals(List.of(), split(new Splitter(), frame));
        }
    }

    @Test
    void afterAnyNoiseTheSecondOfTwoFramesIsFound() {
        for (int round = 0; round < 5_000; round++) {
            Splitter splitter = new Splitter();
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            split(splitter, noise);
            Message message = message(random.nextInt(40), 1);
            split(splitter, RouterFrames.frame(message));
            assertEquals(message, split(splitter, RouterFrames.frame(message)).getLast());
        }
    }

    @Test
    void textBetweenFramesIsToldFromThem() {
        Splitter splitter = new Splitter();
        Message message = message(9, 1);
        StringBuilder text = new StringBuilder();
        for (byte[] part : List.of("boot\r\n".getBytes(), RouterFrames.frame(message), "status\n".getBytes(),
                RouterFrames.frame(message))) {
            for (byte next : part) {
                if (splitter.accept(next) == Found.TEXT) {
                    text.append((char) next);
                }
            }
        }
        assertEquals("boot\r\nstatus\n", text.toString());
    }

    @Test
    void aFrameLongerThanAnyMessageIsGivenUp() {
        Splitter splitter = new Splitter();
        splitter.accept((byte) 0);
        Found found = Found.NOTHING;
        for (int i = 0; i < 2 * RouterFrames.MAX_BODY && found == Found.NOTHING; i++) {
            found = splitter.accept((byte) 7);
        }
        assertEquals(Found.DAMAGED, found);
        assertTrue(!splitter.inside());
    }

    private Message message(int length, int zeros) {
        byte[] body = new byte[length];
        random.nextBytes(body);
        for (int i = 0; i < length; i++) {
            if (zeros == 2 ? i % 254 == 253 : zeros == 0 && body[i] == 0) {
                body[i] = (byte) (zeros == 2 ? 0 : 1);
            }
        }
        return new Message(1 + random.nextInt(8), random.nextInt(65536), body);
    }

    private static List<Message> split(Splitter splitter, byte[] bytes) {
        List<Message> found = new ArrayList<>();
        for (byte next : bytes) {
            if (splitter.accept(next) == Found.MESSAGE) {
                found.add(splitter.message());
            }
        }
        return found;
    }
}
