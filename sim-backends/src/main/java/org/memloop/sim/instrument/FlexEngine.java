package org.memloop.sim.instrument;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Carry out FLEX messages: short mnemonics, arguments between commas, commands joined by semicolons, answers ended by
 * CR LF. Answers to queries and measurement data wait in buffers of their own until they are read.
 *
 * <pre>
 *   status byte    bit 0 data ready     bit 4 ready for the next command     bit 5 error     bit 6 service requested
 * </pre>
 */
final class FlexEngine implements MessageExchange.Core {
    /** Carry out a command; what it answers, empty for nothing. */
    interface Action {
        String run(Arguments arguments) throws FlexError;
    }

    private record Command(int least, int most, Action action) {}

    private static final int DATA_READY = 1;
    private static final int READY = 16;
    private static final int ERROR = 32;
    private static final int QUEUE_DEPTH = 4;

    private final Identity identity;
    private final Map<String, Command> commands = new HashMap<>();
    private final MessageExchange exchange;
    private final Deque<FlexError.Kind> errors = new ArrayDeque<>();
    private final Deque<byte[]> data = new ArrayDeque<>();
    private int dataItems;
    private int enabled;
    private Runnable onAbort = () -> {};

    /** Hold the arguments of one command; those left out at the end have defaults. */
    record Arguments(List<String> texts) {
        int count() {
            return texts.size();
        }

        boolean has(int index) {
            return index < texts.size() && !texts.get(index).isEmpty();
        }

        double number(int index) throws FlexError {
            if (!has(index)) {
                throw new FlexError(FlexError.Kind.PARAMETER_COUNT);
            }
            try {
                return Double.parseDouble(texts.get(index));
            } catch (NumberFormatException _) {
                throw new FlexError(FlexError.Kind.NUMERIC_SYNTAX);
            }
        }

        double number(int index, double otherwise) throws FlexError {
            return has(index) ? number(index) : otherwise;
        }

        /** Read a number within limits. */
        double within(int index, double min, double max, double otherwise) throws FlexError {
            double value = number(index, otherwise);
            if (!(value >= min && value <= max)) {
                throw new FlexError(FlexError.Kind.PARAMETER_VALUE);
            }
            return value;
        }

        /** Read a whole number within limits. */
        int whole(int index, int min, int max, int otherwise) throws FlexError {
            double value = within(index, min, max, otherwise);
            if (value != Math.rint(value)) {
                throw new FlexError(FlexError.Kind.NUMERIC_SYNTAX);
            }
            return (int) value;
        }
    }

    FlexEngine(Object lock, Identity identity) {
        this.identity = identity;
        exchange = new MessageExchange(lock, this);
        query("*IDN?", 0, _ -> identity.toString());
        query("*OPC?", 0, _ -> "1");
        query("*TST?", 1, _ -> "0");
        query("*STB?", 0, _ -> String.valueOf(statusByte()));
        query("*SRE?", 0, _ -> String.valueOf(enabled));
        command("*SRE", 1, 1, arguments -> enabled = arguments.whole(0, 0, 255, 0) & ~Session.REQUEST_SERVICE);
        command("*OPC", 0, 0, _ -> {});
        command("*CLS", 0, 0, _ -> errors.clear());
        query("ERR?", 1, arguments -> {
            StringBuilder codes = new StringBuilder();
            boolean one = arguments.whole(0, 0, 1, 0) == 1;
            for (int i = 0; i < (one ? 1 : QUEUE_DEPTH); i++) {
                codes.append(i == 0 ? "" : ",")
                        .append(Optional.ofNullable(errors.pollFirst()).map(FlexError.Kind::code).orElse(0));
            }
            return codes.toString();
        });
        query("ERRX?", 1, arguments -> {
            boolean keep = arguments.whole(0, 0, 1, 0) == 1;
            return Optional.ofNullable(keep ? errors.peekFirst() : errors.pollFirst())
                    .map(kind -> "+%d,\"%s\"".formatted(kind.code(), kind.text())).orElse("+0,\"No Error.\"");
        });
        query("EMG?", 1, arguments -> message(arguments.whole(0, 0, 9999, 0)));
        query("NUB?", 0, _ -> String.valueOf(dataItems));
        command("BC", 0, 0, _ -> clearData());
    }

    private static String message(int code) throws FlexError {
        for (FlexError.Kind kind : FlexError.Kind.values()) {
            if (kind.code() == code) {
                return kind.text();
            }
        }
        if (code == 0) {
            return "No Error.";
        }
        throw new FlexError(FlexError.Kind.PARAMETER_VALUE);
    }

    /** Change something, or refuse to. */
    interface Change {
        void run(Arguments arguments) throws FlexError;
    }

    void command(String mnemonic, int least, int most, Change change) {
        commands.put(mnemonic, new Command(least, most, arguments -> {
            change.run(arguments);
            return "";
        }));
    }

    void query(String mnemonic, int most, Action action) {
        commands.put(mnemonic, new Command(0, most, action));
    }

    void onAbort(Runnable action) {
        onAbort = action;
    }

    /** Put measurement data into the buffer. */
    void put(String items, int count) {
        data.addLast((items + "\r\n").getBytes(StandardCharsets.US_ASCII));
        dataItems += count;
    }

    void clearData() {
        data.clear();
        dataItems = 0;
    }

    void clearErrors() {
        errors.clear();
    }

    @Override
    public MessageExchange.Work begin(byte[] message) {
        return response -> {
            for (String unit : new String(message, StandardCharsets.ISO_8859_1).split(";")) {
                if (!unit.isBlank() && !run(unit.strip(), response)) {
                    break;
                }
            }
            return true;
        };
    }

    /** Carry out one command. {@return whether it was understood, so that those after it may follow} */
    private boolean run(String unit, ByteArrayOutputStream response) {
        String[] words = unit.split("\\s+", 2);
        // FLEX takes DV1,0,1 for DV 1,0,1; a mnemonic has no digits
        int end = 0;
        while (end < words[0].length() && !Character.isDigit(words[0].charAt(end)) && words[0].charAt(end) != '-') {
            end++;
        }
        String mnemonic = words[0].substring(0, end).toUpperCase(Locale.ROOT);
        String rest = (words[0].substring(end) + " " + (words.length > 1 ? words[1] : "")).strip();
        Command command = commands.get(mnemonic);
        if (command == null) {
            report(FlexError.Kind.UNDEFINED_COMMAND);
            return false;
        }
        List<String> texts = rest.isEmpty() ? List.of() : List.of(rest.split("\\s*,\\s*", -1));
        if (texts.size() < command.least || texts.size() > command.most) {
            report(FlexError.Kind.PARAMETER_COUNT);
            return true;
        }
        try {
            String answer = command.action.run(new Arguments(texts));
            if (!answer.isEmpty()) {
                response.writeBytes((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (FlexError e) {
            report(e.kind());
        }
        return true;
    }

    private void report(FlexError.Kind kind) {
        if (errors.size() < QUEUE_DEPTH) {
            errors.addLast(kind);
        }
    }

    private int statusByte() {
        int bits = summary();
        return bits | ((bits & enabled) == 0 ? 0 : Session.REQUEST_SERVICE);
    }

    @Override
    public int summary() {
        return READY | (data.isEmpty() ? 0 : DATA_READY) | (errors.isEmpty() ? 0 : ERROR);
    }

    @Override
    public int enabled() {
        return enabled;
    }

    @Override
    public void report(ScpiError error) {
        // FLEX has no words for errors of the exchange itself
    }

    @Override
    public void trigger() {
        run("XE", new ByteArrayOutputStream());
    }

    @Override
    public void abort() {
        clearData();
        onAbort.run();
    }

    @Override
    public Deque<byte[]> data() {
        if (data.isEmpty()) {
            dataItems = 0;
        }
        return data;
    }

    @Override
    public boolean keepsAnswers() {
        return true;
    }

    boolean errorsWaiting() {
        return !errors.isEmpty();
    }

    Session open(Session.Listener listener) {
        return exchange.open(listener);
    }
}
