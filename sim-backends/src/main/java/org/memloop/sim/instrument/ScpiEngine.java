package org.memloop.sim.instrument;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Carry out program messages with a command table: the common commands of IEEE 488.2, the error queue of SCPI, and
 * waiting for what is pending. A message that cannot be understood is dropped from there on; a command that cannot be
 * carried out is not.
 */
final class ScpiEngine implements MessageExchange.Core {
    private static final int MEMORIES = 10;

    private final Identity identity;
    private final ScpiTable table;
    private final StatusRegisters status = new StatusRegisters();
    private final MessageExchange exchange;
    private Runnable onClear = () -> {};
    private Runnable onAbort = () -> {};
    private BooleanSupplier busy = () -> false;
    private BooleanSupplier blocked = () -> false;
    private IntSupplier ownSummary = () -> 0;
    private final Map<Integer, Runnable> saved = new HashMap<>();
    private boolean headers;
    private boolean completionWanted;
    private boolean answering;

    /** Run a table under the monitor of a lock, with the common commands added to it. */
    ScpiEngine(Object lock, Identity identity, ScpiTable table) {
        this.identity = identity;
        this.table = table;
        exchange = new MessageExchange(lock, this);
        table.query("*IDN", _ -> identity.toString()).command("*RST", call -> {
            call.atMost(0);
            completionWanted = false;
            table.reset();
        });
        table.command("*CLS", call -> {
            call.atMost(0);
            status.clear();
            completionWanted = false;
            onClear.run();
        });
        table.command("*OPC", call -> {
            call.atMost(0);
            completionWanted = true;
        }).query("*OPC", _ -> "1");
        table.command("*WAI", call -> call.atMost(0)).query("*TST", _ -> "0");
        table.command("*TRG", _ -> {
            throw new ScpiError(ScpiError.TRIGGER_IGNORED); // unless the instrument declares its own
        });
        table.command("*ESE", call -> status.enableEvents(StatusRegisters.mask(call)));
        table.query("*ESE", _ -> String.valueOf(status.eventsEnabled()));
        table.command("*SRE", call -> status.enableRequests(StatusRegisters.mask(call)));
        table.query("*SRE", _ -> String.valueOf(status.requestsEnabled()));
        table.query("*STB", _ -> String.valueOf(statusByte()));
        table.query("*ESR", _ -> String.valueOf(status.takeEvents()));
        table.query(":SYSTem:ERRor[:NEXT]", _ -> status.nextError());
        table.query(":SYSTem:ERRor:COUNt", _ -> String.valueOf(status.errorCount()));
        table.query(":SYSTem:VERSion", _ -> "1999.0").query("*OPT", _ -> "0");
        table.command("*SAV", call -> saved.put(memory(call), table.snapshot()));
        table.command("*RCL", call -> saved.getOrDefault(memory(call), table::reset).run());
        table.query("*LRN", _ -> settings());
    }

    private static int memory(ScpiTable.Call call) throws ScpiError {
        call.atMost(1);
        double number = ScpiData.number(call.text(0), "");
        if (!(number >= 0 && number < MEMORIES)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(0));
        }
        return (int) number;
    }

    /** Answer with the commands that bring every setting to its present value. */
    private String settings() throws ScpiError {
        StringJoiner commands = new StringJoiner(";");
        for (ScpiTable.Setting setting : table.settings()) {
            for (int channel = 0; channel < (setting.numbered() ? table.channels() : 1); channel++) {
                String header = setting.header(channel);
                byte[] value = table.run(new ScpiParser(header + "?").next());
                commands.add(header + " " + new String(value, StandardCharsets.ISO_8859_1));
            }
        }
        return commands.toString();
    }

    ScpiTable table() {
        return table;
    }

    StatusRegisters status() {
        return status;
    }

    /** Have something more done at {@code *CLS}. */
    void onClear(Runnable action) {
        onClear = action;
    }

    /** Have something stopped at a device clear. */
    void onAbort(Runnable action) {
        onAbort = action;
    }

    /** State when operations are pending, which {@code *OPC}, {@code *OPC?} and {@code *WAI} wait for. */
    void busyWhile(BooleanSupplier pending) {
        busy = pending;
    }

    /** State when no further command can be carried out. */
    void blockedWhile(BooleanSupplier waiting) {
        blocked = waiting;
    }

    /** Add bits of the instrument's own registers to the status byte. */
    void summary(IntSupplier bits) {
        ownSummary = bits;
    }

    /** Repeat the header before each answer, as some makers' instruments do on demand. */
    void headers(boolean on) {
        headers = on;
    }

    String nextError() {
        return status.nextError();
    }

    boolean errorsWaiting() {
        return status.errorCount() > 0;
    }

    Session open(Session.Listener listener) {
        return exchange.open(listener);
    }

    /** Go on with what waited, after something happened in the instrument that no message brought about. */
    void changed() {
        exchange.changed();
    }

    @Override
    public MessageExchange.Work begin(byte[] message) {
        return new Message(new ScpiParser(new String(message, StandardCharsets.ISO_8859_1)));
    }

    /** Carry out the units of one message. */
    private final class Message implements MessageExchange.Work {
        private final ScpiParser parser;
        private ScpiParser.Unit unit;
        private boolean understood = true;

        Message(ScpiParser parser) {
            this.parser = parser;
        }

        @Override
        public boolean advance(ByteArrayOutputStream response) {
            while (understood && (unit != null || parser.more())) {
                try {
                    unit = unit == null ? parser.next() : unit;
                    if (mustWait(unit)) {
                        return false;
                    }
                    run(unit, response);
                } catch (ScpiError e) {
                    report(e);
                    understood = !e.isCommandError();
                }
                unit = null;
            }
            if (response.size() > 0) {
                response.write('\n');
            }
            return true;
        }
    }

    private boolean mustWait(ScpiParser.Unit unit) {
        String header = ScpiTable.header(unit);
        boolean waits = header.equals("*WAI") || unit.query() && header.equals("*OPC");
        return blocked.getAsBoolean() || waits && busy.getAsBoolean();
    }

    private void run(ScpiParser.Unit unit, ByteArrayOutputStream response) throws ScpiError {
        answering = response.size() > 0;
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

    @Override
    public void report(ScpiError error) {
        status.report(error);
    }

    @Override
    public int summary() {
        if (completionWanted && !busy.getAsBoolean()) {
            completionWanted = false;
            status.operationComplete();
        }
        return status.summary() | ownSummary.getAsInt();
    }

    @Override
    public int enabled() {
        return status.requestsEnabled();
    }

    /** Answer {@code *STB?}: bit 6 is the master summary here, and not a request. */
    private int statusByte() {
        int bits = summary() | (answering ? Session.MESSAGE_AVAILABLE : 0);
        return bits | ((bits & enabled()) == 0 ? 0 : Session.REQUEST_SERVICE);
    }

    @Override
    public void trigger() {
        try {
            table.run(new ScpiParser("*TRG").next());
        } catch (ScpiError e) {
            report(e);
        }
    }

    @Override
    public void abort() {
        completionWanted = false;
        onAbort.run();
    }
}
