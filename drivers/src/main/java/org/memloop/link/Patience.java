package org.memloop.link;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Say how long a link waits where its caller does not say it.
 *
 * @param connectNanos for a connection, nanoseconds
 * @param operationNanos for one operation: a part of a message that is sent, a poll, a clear, a trigger, nanoseconds
 */
public record Patience(long connectNanos, long operationNanos) {
    /** Three seconds each. */
    public static final Patience USUAL = new Patience(TimeUnit.SECONDS.toNanos(3), TimeUnit.SECONDS.toNanos(3));

    /** How much later than the instrument itself should have told of a time-out it is taken for lost. */
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    int operationMillis() {
        return millis(operationNanos);
    }

    /** {@return a time for protocols that count milliseconds and in which 0 means anything} */
    static int millis(long nanos) {
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos + 999_999), 1, Integer.MAX_VALUE / 2);
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3g s", nanos * 1e-9);
    }
}
