package org.memloop.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MeetingTest {
    @Test
    void theLotThatNothingDisturbedCounts() {
        AtomicLong looks = new AtomicLong();
        AtomicLong now = new AtomicLong();
        // between the two looks of a lot of 500 meetings 1 ms passes, in the eighth lot 0.1 ms
        LongSupplier clockNanos = () -> {
            long look = looks.getAndIncrement();
            return now.addAndGet(look % 2 == 0 ? 7 : look == 15 ? 100_000 : 1_000_000);
        };
        assertEquals(200, Meeting.nanos(2, clockNanos));
        assertEquals(40, looks.get());
    }
}
