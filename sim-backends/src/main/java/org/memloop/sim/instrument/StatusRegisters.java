package org.memloop.sim.instrument;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Keep the error queue of SCPI and the standard registers of IEEE 488.2.
 *
 * <pre>
 *   errors ---------------------------> bit 2  \
 *   standard events (*ESR) & *ESE ----> bit 5   > status byte & *SRE --> bit 6, request for service
 *   the instrument's own registers ---> others /
 * </pre>
 */
final class StatusRegisters {
    static final int OPERATION_COMPLETE = 1;
    private static final int QUEUE_DEPTH = 30;
    private static final int QUERY_ERROR = 4;
    private static final int DEVICE_ERROR = 8;
    private static final int EXECUTION_ERROR = 16;
    private static final int COMMAND_ERROR = 32;
    private static final int POWER_ON = 128;
    private static final String NO_ERROR = "+0,\"No error\"";

    private final Deque<String> errors = new ArrayDeque<>();
    private int errorsBit = 4;
    private int events = POWER_ON;
    private int eventsEnabled;
    private int requestsEnabled;

    /** Have the error queue summed up in another bit of the status byte, or in none (0). */
    void sumErrorsInto(int bit) {
        errorsBit = bit;
    }

    void report(ScpiError error) {
        events |= switch (error.code() / 100) {
            case -1 -> COMMAND_ERROR;
            case -2 -> EXECUTION_ERROR;
            case -4 -> QUERY_ERROR;
            default -> DEVICE_ERROR;
        };
        if (errors.size() < QUEUE_DEPTH) {
            errors.addLast(error.entry());
        } else {
            errors.removeLast();
            errors.addLast(new ScpiError(ScpiError.QUEUE_OVERFLOW).entry());
        }
    }

    String nextError() {
        return errors.isEmpty() ? NO_ERROR : errors.removeFirst();
    }

    int errorCount() {
        return errors.size();
    }

    void clear() {
        errors.clear();
        events = 0;
    }

    void operationComplete() {
        events |= OPERATION_COMPLETE;
    }

    int takeEvents() {
        int read = events;
        events = 0;
        return read;
    }

    int eventsEnabled() {
        return eventsEnabled;
    }

    void enableEvents(int mask) {
        eventsEnabled = mask;
    }

    int requestsEnabled() {
        return requestsEnabled;
    }

    void enableRequests(int mask) {
        requestsEnabled = mask & ~Session.REQUEST_SERVICE;
    }

    /** {@return bits 2 and 5 of the status byte} */
    int summary() {
        return (errors.isEmpty() ? 0 : errorsBit) | ((events & eventsEnabled) == 0 ? 0 : Session.STANDARD_EVENT);
    }

    /** Read a mask of 8 bits. */
    static int mask(ScpiTable.Call call) throws ScpiError {
        call.atMost(1);
        double value = ScpiData.number(call.text(0), "");
        if (!(value >= 0 && value <= 255)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, String.format(Locale.ROOT, "%.0f", value));
        }
        return (int) Math.rint(value);
    }
}
