package org.memloop.sim.instrument;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Declare what an instrument understands. A header pattern writes the short form in capitals, optional nodes in
 * brackets, and {@code <n>} where a channel number may stand:
 *
 * <pre>
 *   :PULSe:TRANsition&lt;n&gt;[:LEADing]      understands :PULS:TRAN2, :pulse:transition2:lead, :PULS:TRAN ...
 * </pre>
 */
final class ScpiTable {
    /** Carry out a command. */
    interface Action {
        void run(Call call) throws ScpiError;
    }

    /** Answer a query with text. */
    interface Text {
        String answer(Call call) throws ScpiError;
    }

    /** Answer a query with bytes. */
    interface Bytes {
        byte[] answer(Call call) throws ScpiError;
    }

    /** Hold what a matched header was sent with; channels count from 0. */
    record Call(int channel, List<String> data) {
        String text(int index) throws ScpiError {
            if (index >= data.size()) {
                throw new ScpiError(ScpiError.MISSING_PARAMETER);
            }
            return data.get(index);
        }

        void atMost(int count) throws ScpiError {
            if (data.size() > count) {
                throw new ScpiError(ScpiError.PARAMETER_NOT_ALLOWED);
            }
        }
    }

    /** Hold what one header does. */
    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private boolean numbered;
        private Action action;
        private Bytes query;
    }

    private record Part(String name, boolean numbered, boolean optional) {}

    private static final Pattern PART = Pattern.compile("(\\[)?:?(\\*?[A-Za-z0-9]+?)(<n>)?\\]?(?=[:\\[]|$)");
    private static final Pattern SUFFIX = Pattern.compile("(.*?)(\\d*)");

    /**
     * Describe a declared setting.
     *
     * @param header its header in short form, without optional nodes, with {@code <n>} where a channel number may stand
     * @param choices the words it may be, the short form of each in capitals; empty for a number
     * @param unit unit of a number
     */
    record Setting(String header, List<String> choices, String unit) {
        String header(int channel) {
            return header.replace("<n>", String.valueOf(channel + 1));
        }

        boolean numbered() {
            return header.contains("<n>");
        }
    }

    private final Node root = new Node();
    private final List<Setting> settings = new ArrayList<>();
    private final List<Supplier<Runnable>> keepers = new ArrayList<>();
    private final List<Runnable> resets = new ArrayList<>();
    private final int channels;
    private IntUnaryOperator twin = IntUnaryOperator.identity();
    private String unmirrored = "";

    ScpiTable(int channels) {
        this.channels = channels;
    }

    int channels() {
        return channels;
    }

    /** Declare a command. */
    ScpiTable command(String pattern, Action action) {
        leaves(pattern).forEach(node -> node.action = action);
        return this;
    }

    /** Declare a query that takes no data. */
    ScpiTable query(String pattern, Text answer) {
        return queryWith(pattern, 0, answer);
    }

    /** Declare a query that takes up to a number of data elements. */
    ScpiTable queryWith(String pattern, int dataMax, Text answer) {
        return bytes(pattern, dataMax, call -> answer.answer(call).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Declare a query that is answered with bytes, such as a block. */
    ScpiTable bytes(String pattern, int dataMax, Bytes answer) {
        leaves(pattern).forEach(node -> node.query = call -> {
            call.atMost(dataMax);
            return answer.answer(call);
        });
        return this;
    }

    /** Have something done at {@code *RST}, and now. */
    ScpiTable onReset(Runnable reset) {
        resets.add(reset);
        reset.run();
        return this;
    }

    /** Note what a pattern sets. */
    void setting(String pattern, List<String> choices, String unit) {
        StringBuilder header = new StringBuilder();
        for (Part part : parts(pattern)) {
            if (!part.optional()) {
                header.append(':').append(ScpiData.shortForm(part.name())).append(part.numbered() ? "<n>" : "");
            }
        }
        settings.add(new Setting(header.toString(), choices, unit));
    }

    List<Setting> settings() {
        return List.copyOf(settings);
    }

    /** Have something kept by {@code *SAV}: what is supplied at that moment is run by {@code *RCL}. */
    void keep(Supplier<Runnable> keeper) {
        keepers.add(keeper);
    }

    /** Have numbers kept by {@code *SAV}. */
    void keep(double[] values) {
        keep(() -> {
            double[] kept = values.clone();
            return () -> System.arraycopy(kept, 0, values, 0, kept.length);
        });
    }

    /** Have switches kept by {@code *SAV}. */
    void keep(boolean[] values) {
        keep(() -> {
            boolean[] kept = values.clone();
            return () -> System.arraycopy(kept, 0, values, 0, kept.length);
        });
    }

    /** {@return what restores everything that is kept to what it is now} */
    Runnable snapshot() {
        List<Runnable> kept = keepers.stream().map(Supplier::get).toList();
        return () -> kept.forEach(Runnable::run);
    }

    /**
     * Have what is set on one channel set on its twin too.
     *
     * @param partner the twin of a channel; the channel itself when it has none
     * @param except header whose commands are not repeated
     */
    void mirror(IntUnaryOperator partner, String except) {
        twin = partner;
        unmirrored = except;
    }

    /** Copy the settings of one channel to another; twice, for those that others stand in the way of at first. */
    void copy(int from, int to, String except) throws ScpiError {
        for (int round = 0; round < 2; round++) {
            for (Setting setting : settings) {
                if (setting.numbered() && !setting.header().equals(except)) {
                    byte[] value = run(new ScpiParser(setting.header(from) + "?").next());
                    try {
                        run(new ScpiParser(setting.header(to) + " " + new String(value, StandardCharsets.ISO_8859_1))
                                .next());
                    } catch (ScpiError _) {
                        // in conflict with a setting still to be copied
                    }
                }
            }
        }
    }

    void reset() {
        resets.forEach(Runnable::run);
    }

    /** Find and run what a unit asks for; empty for a command. */
    byte[] run(ScpiParser.Unit unit) throws ScpiError {
        Node node = root;
        int channel = 0;
        boolean numbered = false;
        for (String name : unit.path()) {
            String upper = name.toUpperCase(Locale.ROOT);
            Node child = node.children.get(upper);
            if (child == null) {
                Matcher matcher = SUFFIX.matcher(upper);
                matcher.matches();
                child = node.children.get(matcher.group(1));
                if (child == null || !child.numbered || matcher.group(2).isEmpty()) {
                    throw new ScpiError(ScpiError.UNDEFINED_HEADER, header(unit));
                }
                channel = channel(matcher.group(2), header(unit));
            }
            node = child;
            numbered |= node.numbered;
        }
        Call call = new Call(channel, unit.data());
        if (unit.query() && node.query != null) {
            return node.query.answer(call);
        }
        if (!unit.query() && node.action != null) {
            node.action.run(call);
            int partner = twin.applyAsInt(channel);
            if (partner != channel && numbered && !header(unit).startsWith(unmirrored)) {
                node.action.run(new Call(partner, unit.data()));
            }
            return new byte[0];
        }
        throw new ScpiError(ScpiError.UNDEFINED_HEADER, header(unit));
    }

    private int channel(String digits, String header) throws ScpiError {
        int number = digits.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (number < 1 || number > channels) {
            throw new ScpiError(ScpiError.HEADER_SUFFIX_OUT_OF_RANGE, header);
        }
        return number - 1;
    }

    static String header(ScpiParser.Unit unit) {
        String path = String.join(":", unit.path()).toUpperCase(Locale.ROOT);
        return path.startsWith("*") ? path : ":" + path;
    }

    private List<Node> leaves(String pattern) {
        List<Node> leaves = new ArrayList<>();
        grow(root, parts(pattern), leaves);
        return leaves;
    }

    private static List<Part> parts(String pattern) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(pattern);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            parts.add(new Part(matcher.group(2), matcher.group(3) != null, matcher.group(1) != null));
            end = matcher.end();
        }
        if (end != pattern.length()) {
            throw new IllegalArgumentException("'" + pattern + "' is not a header pattern, from character " + end);
        }
        return parts;
    }

    private static void grow(Node node, List<Part> parts, List<Node> leaves) {
        if (parts.isEmpty()) {
            leaves.add(node);
            return;
        }
        Part part = parts.getFirst();
        List<Part> rest = parts.subList(1, parts.size());
        Node child = node.children.computeIfAbsent(ScpiData.shortForm(part.name()), _ -> new Node());
        node.children.put(part.name().toUpperCase(Locale.ROOT), child);
        child.numbered |= part.numbered();
        grow(child, rest, leaves);
        if (part.optional()) {
            grow(node, rest, leaves);
        }
    }
}
