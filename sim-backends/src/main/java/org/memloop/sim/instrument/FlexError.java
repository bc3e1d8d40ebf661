package org.memloop.sim.instrument;

/** Refuse a FLEX command with one of the numbers of the B1500A's programming guide. */
final class FlexError extends Exception {
    /** Name an error. */
    enum Kind {
        UNDEFINED_COMMAND(100, "Undefined GPIB command."),
        NUMERIC_SYNTAX(102, "Incorrect numeric data syntax."),
        PARAMETER_VALUE(120, "Incorrect parameter value."),
        CHANNEL_NUMBER(121, "Channel number must be 1 to 10."),
        PARAMETER_COUNT(122, "Number of parameters must be corrected."),
        COMPLIANCE(123, "Compliance must be set correctly."),
        RANGE(124, "Incorrect range value for this channel."),
        NO_MODULE(153, "No module for the selected channel."),
        NOT_THIS_CHANNEL(151, "This command is not allowed to this channel."),
        OUTPUT_OFF(200, "Channel output switch must be ON."),
        NO_SWEEP(203, "Sweep source must be set before measurement."),
        NO_MODE(204, "Measurement mode must be set before measurement."),
        SAME_MODE(206, "Primary and secondary sweep sources must be of one output mode.");

        private final int code;
        private final String text;

        Kind(int code, String text) {
            this.code = code;
            this.text = text;
        }

        int code() {
            return code;
        }

        String text() {
            return text;
        }
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;

    FlexError(Kind kind) {
        super(kind.text(), null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
