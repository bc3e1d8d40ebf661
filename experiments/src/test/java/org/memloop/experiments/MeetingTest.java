package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MeetingTest {
    @Test
    void theLotInTheMiddleCounts() {
        AtomicLong looks = new AtomicLong();
        AtomicLong now = new AtomicLong();
        // 500 meetings take 1 ms in the first nine lots, 0.1 ms in the next two, 0.01 ms in all others
        LongSupplier clockNanos = () -> {
            long look = looks.getAndIncrement();
            long lot = look / 2;
            return now.addAndGet(look % 2 == 0 ? 7 : lot < 9 ? 1_000_000 : lot < 11 ? 100_000 : 10_000);
        };
        assertEquals(200, Meeting.nanos(2, clockNanos));
        assertEquals(40, looks.get());
    }
}
