package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Cut a program message into its units (IEEE 488.2 chapter 7, SCPI-1999 volume 1 chapter 6).
 *
 * <pre>
 *   message    unit { ; unit }
 *   unit       [:] node { : node } [?] [ space data { , data } ]      or  * name [?] [ space data ... ]
 * </pre>
 *
 * A header without a leading colon continues in the place where the one before it ended; one with a colon starts at the
 * root; a common command ({@code *}) leaves the place alone.
 */
final class ScpiParser {
    /** Hold one command or query: its header from the root, and its data as they were written. */
    record Unit(List<String> path, boolean query, List<String> data) {}

    private final String message;
    private int at;
    private List<String> place = List.of();

    ScpiParser(String message) {
        this.message = message;
        skipSeparators();
    }

    boolean more() {
        return at < message.length();
    }

    Unit next() throws ScpiError {
        List<String> path = header();
        boolean query = at < message.length() && message.charAt(at) == '?';
        if (query) {
            at++;
        }
        if (at < message.length() && !isSpace(message.charAt(at)) && message.charAt(at) != ';') {
            throw new ScpiError(ScpiError.SYNTAX);
        }
        List<String> data = data();
        skipSeparators();
        return new Unit(path, query, data);
    }

    private List<String> header() throws ScpiError {
        boolean common = message.charAt(at) == '*';
        boolean fromRoot = message.charAt(at) == ':';
        List<String> path = new ArrayList<>(fromRoot || common ? List.of() : place);
        if (fromRoot) {
            at++;
        }
        do {
            int start = at;
            if (common) {
                at++;
            }
            while (at < message.length() && isName(message.charAt(at))) {
                at++;
            }
            if (at == start) {
                throw new ScpiError(isPrintable(at) ? ScpiError.SYNTAX : ScpiError.INVALID_CHARACTER);
            }
            path.add(message.substring(start, at));
        } while (!common && at < message.length() && message.charAt(at) == ':' && ++at > 0);
        if (!common) {
            place = List.copyOf(path.subList(0, path.size() - 1));
        }
        return path;
    }

    private List<String> data() throws ScpiError {
        List<String> data = new ArrayList<>();
        skipSpaces();
        while (at < message.length() && message.charAt(at) != ';') {
            int start = at;
            while (at < message.length() && message.charAt(at) != ';' && message.charAt(at) != ',') {
                skipElement();
            }
            String element = message.substring(start, at).strip();
            boolean comma = at < message.length() && message.charAt(at) == ',';
            if (element.isEmpty()) {
                throw new ScpiError(ScpiError.SYNTAX);
            }
            data.add(element);
            if (comma) {
                at++;
                skipSpaces();
                if (at == message.length() || message.charAt(at) == ';') {
                    throw new ScpiError(ScpiError.MISSING_PARAMETER);
                }
            }
        }
        return data;
    }

    /** Pass one character, or everything that belongs together: a string, a list in parentheses, a block. */
    private void skipElement() throws ScpiError {
        char c = message.charAt(at);
        if (c == '"' || c == '\'') {
            at = after(c, ScpiError.INVALID_STRING);
        } else if (c == '(') {
            at = after(')', ScpiError.SYNTAX);
        } else if (c == '#' && at + 1 < message.length() && Character.isDigit(message.charAt(at + 1))) {
            int digits = message.charAt(at + 1) - '0';
            try {
                int length = Integer.parseInt(message, at + 2, at + 2 + digits, 10);
                at = digits == 0 ? message.length() : at + 2 + digits + length;
            } catch (NumberFormatException | IndexOutOfBoundsException _) {
                throw new ScpiError(ScpiError.INVALID_BLOCK);
            }
            if (at > message.length()) {
                throw new ScpiError(ScpiError.INVALID_BLOCK);
            }
        } else {
            at++;
        }
    }

    private int after(char end, int error) throws ScpiError {
        int found = message.indexOf(end, at + 1);
        if (found < 0) {
            throw new ScpiError(error);
        }
        return found + 1;
    }

    private void skipSpaces() {
        while (at < message.length() && isSpace(message.charAt(at))) {
            at++;
        }
    }

    private void skipSeparators() {
        while (at < message.length() && (isSpace(message.charAt(at)) || message.charAt(at) == ';')) {
            at++;
        }
    }

    private boolean isPrintable(int index) {
        return index >= message.length() || (message.charAt(index) > ' ' && message.charAt(index) < 127);
    }

    private static boolean isSpace(char c) {
        return c <= ' ';
    }

    private static boolean isName(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }
}
