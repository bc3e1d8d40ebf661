package org.memloop.sim.instrument;

import java.util.Map;

/** Refuse a command with one of the numbers of SCPI-1999, volume 2, chapter 21.8. */
final class ScpiError extends Exception {
    static final int INVALID_CHARACTER = -101;
    static final int SYNTAX = -102;
    static final int DATA_TYPE = -104;
    static final int PARAMETER_NOT_ALLOWED = -108;
    static final int MISSING_PARAMETER = -109;
    static final int UNDEFINED_HEADER = -113;
    static final int HEADER_SUFFIX_OUT_OF_RANGE = -114;
    static final int INVALID_SUFFIX = -131;
    static final int SUFFIX_NOT_ALLOWED = -138;
    static final int INVALID_STRING = -151;
    static final int INVALID_BLOCK = -161;
    static final int TRIGGER_IGNORED = -211;
    static final int SETTINGS_CONFLICT = -221;
    static final int OUT_OF_RANGE = -222;
    static final int ILLEGAL_VALUE = -224;
    static final int STALE_DATA = -230;
    static final int QUEUE_OVERFLOW = -350;
    static final int INPUT_OVERRUN = -363;
    static final int QUERY_INTERRUPTED = -410;
    static final int QUERY_UNTERMINATED = -420;

    private static final long serialVersionUID = 1;
    private static final Map<Integer, String> TEXTS = Map.ofEntries(Map.entry(INVALID_CHARACTER, "Invalid character"),
            Map.entry(SYNTAX, "Syntax error"), Map.entry(DATA_TYPE, "Data type error"),
            Map.entry(PARAMETER_NOT_ALLOWED, "Parameter not allowed"),
            Map.entry(MISSING_PARAMETER, "Missing parameter"), Map.entry(UNDEFINED_HEADER, "Undefined header"),
            Map.entry(HEADER_SUFFIX_OUT_OF_RANGE, "Header suffix out of range"),
            Map.entry(INVALID_SUFFIX, "Invalid suffix"), Map.entry(SUFFIX_NOT_ALLOWED, "Suffix not allowed"),
            Map.entry(INVALID_STRING, "Invalid string data"), Map.entry(INVALID_BLOCK, "Invalid block data"),
            Map.entry(TRIGGER_IGNORED, "Trigger ignored"), Map.entry(SETTINGS_CONFLICT, "Settings conflict"),
            Map.entry(OUT_OF_RANGE, "Data out of range"), Map.entry(ILLEGAL_VALUE, "Illegal parameter value"),
            Map.entry(STALE_DATA, "Data corrupt or stale"), Map.entry(QUEUE_OVERFLOW, "Queue overflow"),
            Map.entry(INPUT_OVERRUN, "Input buffer overrun"), Map.entry(QUERY_INTERRUPTED, "Query INTERRUPTED"),
            Map.entry(QUERY_UNTERMINATED, "Query UNTERMINATED"));

    private final int code;

    ScpiError(int code) {
        super(TEXTS.get(code), null, false, false);
        this.code = code;
    }

    ScpiError(int code, String detail) {
        super(TEXTS.get(code) + "; " + detail.replace('"', '\''), null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Tell whether the message could not be understood, so that the rest of it is not carried out. */
    boolean isCommandError() {
        return code <= -100 && code > -200;
    }

    String entry() {
        return code + ",\"" + getMessage() + "\"";
    }
}
