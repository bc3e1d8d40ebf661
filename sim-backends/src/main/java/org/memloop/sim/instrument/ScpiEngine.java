package org.memloop.sim.instrument;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Carry out program messages with a command table, and keep the status registers of IEEE 488.2 and the error queue of
 * SCPI. A message that cannot be understood is dropped from there on; a command that cannot be carried out is not.
 */
final class ScpiEngine {
    private static final int QUEUE_DEPTH = 30;
    private static final int OPERATION_COMPLETE = 1;
    private static final int QUERY_ERROR = 4;
    private static final int DEVICE_ERROR = 8;
    private static final int EXECUTION_ERROR = 16;
    private static final int COMMAND_ERROR = 32;
    private static final int POWER_ON = 128;
    private static final String NO_ERROR = "+0,\"No error\"";

    private final Object lock;
    private final ScpiTable table;
    private final Deque<String> errors = new ArrayDeque<>();
    private Runnable onClear = () -> {};
    private boolean headers;
    private int events = POWER_ON;
    private int eventsEnabled;
    private int requestsEnabled;

    /** Run a table under the monitor of a lock, with the common commands added to it. */
    ScpiEngine(Object lock, String idn, ScpiTable table) {
        this.lock = lock;
        this.table = table;
        table.query("*IDN", _ -> idn).command("*RST", call -> {
            call.atMost(0);
            table.reset();
        });
        table.command("*CLS", _ -> {
            errors.clear();
            events = 0;
            onClear.run();
        });
        table.command("*OPC", _ -> events |= OPERATION_COMPLETE).query("*OPC", _ -> "1");
        table.command("*WAI", _ -> {}).query("*TST", _ -> "0");
        table.command("*TRG", _ -> {
            throw new ScpiError(ScpiError.TRIGGER_IGNORED); // unless the instrument declares its own
        });
        table.command("*ESE", call -> eventsEnabled = mask(call)).query("*ESE", _ -> String.valueOf(eventsEnabled));
        table.command("*SRE", call -> requestsEnabled = mask(call) & ~64);
        table.query("*SRE", _ -> String.valueOf(requestsEnabled));
        table.query("*STB", _ -> String.valueOf(status())).query("*ESR", _ -> {
            int read = events;
            events = 0;
            return String.valueOf(read);
        });
        table.query(":SYSTem:ERRor[:NEXT]", _ -> nextError());
    }

    /** Have something more done at {@code *CLS}. */
    void onClear(Runnable action) {
        onClear = action;
    }

    /** Repeat the header before each answer, as some makers' instruments do on demand. */
    void headers(boolean on) {
        headers = on;
    }

    String nextError() {
        return errors.isEmpty() ? NO_ERROR : errors.removeFirst();
    }

    byte[] handle(byte[] message) {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        synchronized (lock) {
            ScpiParser parser = new ScpiParser(new String(message, StandardCharsets.ISO_8859_1));
            boolean understood = true;
            while (understood && parser.more()) {
                try {
                    run(parser.next(), response);
                } catch (ScpiError e) {
                    report(e);
                    understood = !e.isCommandError();
                }
            }
        }
        if (response.size() > 0) {
            response.write('\n');
        }
        return response.toByteArray();
    }

    private void run(ScpiParser.Unit unit, ByteArrayOutputStream response) throws ScpiError {
        byte[] answer = table.run(unit);
        if (!unit.query()) {
            return;
        }
        if (response.size() > 0) {
            response.write(';');
        }
        if (headers && !unit.path().getFirst().startsWith("*")) {
            response.writeBytes((ScpiTable.header(unit) + " ").getBytes(StandardCharsets.ISO_8859_1));
        }
        response.writeBytes(answer);
    }

    private void report(ScpiError error) {
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

    /** Sum up: bit 2 error queue, bit 5 standard events, bit 6 master summary. */
    private int status() {
        int summary = (errors.isEmpty() ? 0 : 4) | ((events & eventsEnabled) == 0 ? 0 : 32);
        return summary | ((summary & requestsEnabled) == 0 ? 0 : 64);
    }

    private static int mask(ScpiTable.Call call) throws ScpiError {
        call.atMost(1);
        double value = ScpiData.number(call.text(0), "");
        if (value < 0 || value > 255) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, String.format(Locale.ROOT, "%.0f", value));
        }
        return (int) value;
    }
}
