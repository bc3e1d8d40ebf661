package org.memloop.instrument.keysight;

import static org.memloop.instrument.keysight.WgfmuFunction.Type.BUFFERS;
import static org.memloop.instrument.keysight.WgfmuFunction.Type.CHARS;
import static org.memloop.instrument.keysight.WgfmuFunction.Type.DOUBLE;
import static org.memloop.instrument.keysight.WgfmuFunction.Type.DOUBLES;
import static org.memloop.instrument.keysight.WgfmuFunction.Type.INT;
import static org.memloop.instrument.keysight.WgfmuFunction.Type.INTS;
import static org.memloop.instrument.keysight.WgfmuFunction.Type.TEXT;
import static org.memloop.instrument.keysight.WgfmuFunction.Type.TEXTS;

import java.util.List;

/**
 * Name every function of the B1530A instrument library ({@code wgfmu.dll}) with its parameters, as the header
 * {@code wgfmu.h} declares them. All return an {@code int}, 0 for success.
 *
 * <p>B1530A user's guide, chapter "Instrument library reference".
 */
public enum WgfmuFunction {
    /** Begin a session with a mainframe: its VISA address. */
    OPEN_SESSION("openSession", TEXT),
    /** End the session. */
    CLOSE_SESSION("closeSession"),
    /** Reset all channels. */
    INITIALIZE("initialize"),
    /** Say how long an operation may take, seconds, at least 1. */
    SET_TIMEOUT("setTimeout", DOUBLE),
    /** Calibrate mainframe and modules: result, detail, its size. */
    DO_SELF_CALIBRATION("doSelfCalibration", INTS, CHARS, INTS),
    /** Test mainframe and modules: result, detail, its size. */
    DO_SELF_TEST("doSelfTest", INTS, CHARS, INTS),
    /** Tell how many channels there are. */
    GET_CHANNEL_ID_SIZE("getChannelIdSize", INTS),
    /** List the channels: ids, how many. */
    GET_CHANNEL_IDS("getChannelIds", INTS, INTS),

    /** Tell how long the next error's text is. */
    GET_ERROR_SIZE("getErrorSize", INTS),
    /** Take the next error's text: text, its size. */
    GET_ERROR("getError", CHARS, INTS),
    /** Tell how long the summary of errors is. */
    GET_ERROR_SUMMARY_SIZE("getErrorSummarySize", INTS),
    /** Read the summary of errors: text, its size. */
    GET_ERROR_SUMMARY("getErrorSummary", CHARS, INTS),
    /** Take warnings from a level on for errors. */
    TREAT_WARNINGS_AS_ERRORS("treatWarningsAsErrors", INT),
    /** Say from which level on warnings are kept. */
    SET_WARNING_LEVEL("setWarningLevel", INT),
    /** Tell the level of warnings. */
    GET_WARNING_LEVEL("getWarningLevel", INTS),
    /** Tell how long the summary of warnings is. */
    GET_WARNING_SUMMARY_SIZE("getWarningSummarySize", INTS),
    /** Read the summary of warnings: text, its size. */
    GET_WARNING_SUMMARY("getWarningSummary", CHARS, INTS),
    /** Write errors and warnings into a file. */
    OPEN_LOG_FILE("openLogFile", TEXT),
    /** Stop writing them. */
    CLOSE_LOG_FILE("closeLogFile"),

    /** Set a channel's mode: 2000 DC, 2001 fast IV, 2002 PG, 2003 SMU. */
    SET_OPERATION_MODE("setOperationMode", INT, INT),
    /** Tell a channel's mode. */
    GET_OPERATION_MODE("getOperationMode", INT, INTS),
    /** Set the range of a channel's output: 3000 auto, 3001 3 V, 3002 5 V, 3003 -10..0 V, 3004 0..10 V. */
    SET_FORCE_VOLTAGE_RANGE("setForceVoltageRange", INT, INT),
    /** Tell the range of a channel's output. */
    GET_FORCE_VOLTAGE_RANGE("getForceVoltageRange", INT, INTS),
    /** Set what a channel measures: 4000 volts, 4001 current. */
    SET_MEASURE_MODE("setMeasureMode", INT, INT),
    /** Tell what a channel measures. */
    GET_MEASURE_MODE("getMeasureMode", INT, INTS),
    /** Set the range of volts: 5001 5 V, 5002 10 V. */
    SET_MEASURE_VOLTAGE_RANGE("setMeasureVoltageRange", INT, INT),
    /** Tell the range of volts. */
    GET_MEASURE_VOLTAGE_RANGE("getMeasureVoltageRange", INT, INTS),
    /** Set the range of current: 6001 1 uA, 6002 10 uA, 6003 100 uA, 6004 1 mA, 6005 10 mA. */
    SET_MEASURE_CURRENT_RANGE("setMeasureCurrentRange", INT, INT),
    /** Tell the range of current. */
    GET_MEASURE_CURRENT_RANGE("getMeasureCurrentRange", INT, INTS),
    /** Delay a channel's output, -50 ns to 50 ns. */
    SET_FORCE_DELAY("setForceDelay", INT, DOUBLE),
    /** Tell the delay of a channel's output. */
    GET_FORCE_DELAY("getForceDelay", INT, DOUBLES),
    /** Delay a channel's measurement, -50 ns to 50 ns. */
    SET_MEASURE_DELAY("setMeasureDelay", INT, DOUBLE),
    /** Tell the delay of a channel's measurement. */
    GET_MEASURE_DELAY("getMeasureDelay", INT, DOUBLES),
    /** Let a channel measure (7001) or not (7000). */
    SET_MEASURE_ENABLED("setMeasureEnabled", INT, INT),
    /** Tell whether a channel measures. */
    IS_MEASURE_ENABLED("isMeasureEnabled", INT, INTS),
    /** Set when the trigger output acts (8000 never, 8001 execution, 8002 sequence, 8003 pattern, 8004 event), polarity. */
    SET_TRIGGER_OUT_MODE("setTriggerOutMode", INT, INT, INT),
    /** Tell when the trigger output acts: mode, polarity. */
    GET_TRIGGER_OUT_MODE("getTriggerOutMode", INT, INTS, INTS),
    /** Connect a channel's output. */
    CONNECT("connect", INT),
    /** Disconnect a channel's output. */
    DISCONNECT("disconnect", INT),

    /** Forget patterns, sequences, errors and warnings; hardware stays as it is. */
    CLEAR("clear"),
    /** Begin a pattern: name, first volts. */
    CREATE_PATTERN("createPattern", TEXT, DOUBLE),
    /** Add a point to a pattern: seconds after the last, volts. */
    ADD_VECTOR("addVector", TEXT, DOUBLE, DOUBLE),
    /** Add points to a pattern: seconds, volts, how many. */
    ADD_VECTORS("addVectors", TEXT, DOUBLES, DOUBLES, INT),
    /** Set a point of a pattern: seconds since its start, volts. */
    SET_VECTOR("setVector", TEXT, DOUBLE, DOUBLE),
    /** Set points of a pattern: seconds, volts, how many. */
    SET_VECTORS("setVectors", TEXT, DOUBLES, DOUBLES, INT),
    /** Make a pattern of two: name, first, second, axis (9000 time, 9001 volts). */
    CREATE_MERGED_PATTERN("createMergedPattern", TEXT, TEXT, TEXT, INT),
    /** Stretch a pattern: name, from, factor of time, of volts. */
    CREATE_MULTIPLIED_PATTERN("createMultipliedPattern", TEXT, TEXT, DOUBLE, DOUBLE),
    /** Shift a pattern: name, from, seconds, volts. */
    CREATE_OFFSET_PATTERN("createOffsetPattern", TEXT, TEXT, DOUBLE, DOUBLE),
    /** Measure during a pattern: pattern, event, start, points, interval, averaging, 12000 averaged or 12001 raw. */
    SET_MEASURE_EVENT("setMeasureEvent", TEXT, TEXT, DOUBLE, INT, DOUBLE, DOUBLE, INT),
    /** Change the current range during a pattern: pattern, event, seconds, range. */
    SET_RANGE_EVENT("setRangeEvent", TEXT, TEXT, DOUBLE, INT),
    /** Give a trigger during a pattern: pattern, event, seconds, duration. */
    SET_TRIGGER_OUT_EVENT("setTriggerOutEvent", TEXT, TEXT, DOUBLE, DOUBLE),
    /** Let a channel play a pattern: channel, pattern, how often. */
    ADD_SEQUENCE("addSequence", INT, TEXT, DOUBLE),
    /** Let a channel play patterns: channel, patterns, how often each, how many. */
    ADD_SEQUENCES("addSequences", INT, TEXTS, DOUBLES, INT),

    /** Tell how many points a pattern has. */
    GET_PATTERN_FORCE_VALUE_SIZE("getPatternForceValueSize", TEXT, INTS),
    /** Read a pattern's points: pattern, offset, how many, seconds, volts. */
    GET_PATTERN_FORCE_VALUES("getPatternForceValues", TEXT, INT, INTS, DOUBLES, DOUBLES),
    /** Read one point of a pattern: pattern, index, seconds, volts. */
    GET_PATTERN_FORCE_VALUE("getPatternForceValue", TEXT, INT, DOUBLES, DOUBLES),
    /** Tell a pattern's volts at a time. */
    GET_PATTERN_INTERPOLATED_FORCE_VALUE("getPatternInterpolatedForceValue", TEXT, DOUBLE, DOUBLES),
    /** Tell how many samples a pattern takes. */
    GET_PATTERN_MEASURE_TIME_SIZE("getPatternMeasureTimeSize", TEXT, INTS),
    /** Read when a pattern's samples are taken: pattern, offset, how many, seconds. */
    GET_PATTERN_MEASURE_TIMES("getPatternMeasureTimes", TEXT, INT, INTS, DOUBLES),
    /** Read when one sample of a pattern is taken. */
    GET_PATTERN_MEASURE_TIME("getPatternMeasureTime", TEXT, INT, DOUBLES),
    /** Tell how many points a channel's sequence has. */
    GET_FORCE_VALUE_SIZE("getForceValueSize", INT, DOUBLES),
    /** Read a sequence's points: channel, offset, how many, seconds, volts. */
    GET_FORCE_VALUES("getForceValues", INT, DOUBLE, INTS, DOUBLES, DOUBLES),
    /** Read one point of a sequence: channel, index, seconds, volts. */
    GET_FORCE_VALUE("getForceValue", INT, DOUBLE, DOUBLES, DOUBLES),
    /** Tell a sequence's volts at a time. */
    GET_INTERPOLATED_FORCE_VALUE("getInterpolatedForceValue", INT, DOUBLE, DOUBLES),
    /** Tell how many samples a sequence takes. */
    GET_MEASURE_TIME_SIZE("getMeasureTimeSize", INT, INTS),
    /** Read when a sequence's samples are taken: channel, offset, how many, seconds. */
    GET_MEASURE_TIMES("getMeasureTimes", INT, INT, INTS, DOUBLES),
    /** Read when one sample of a sequence is taken. */
    GET_MEASURE_TIME("getMeasureTime", INT, INT, DOUBLES),
    /** Tell how many measure events a sequence has. */
    GET_MEASURE_EVENT_SIZE("getMeasureEventSize", INT, INTS),
    /** List measure events: channel, offset, how many, patterns, events, cycles, loops, counts, offsets, sizes. */
    GET_MEASURE_EVENTS("getMeasureEvents", INT, INT, INTS, BUFFERS, BUFFERS, INTS, DOUBLES, INTS, INTS, INTS),
    /** Read one measure event: channel, index, pattern, event, cycle, loop, count, offset, size. */
    GET_MEASURE_EVENT("getMeasureEvent", INT, INT, CHARS, CHARS, INTS, DOUBLES, INTS, INTS, INTS),
    /** Read what one measure event does: channel, index, start, points, interval, averaging, raw. */
    GET_MEASURE_EVENT_ATTRIBUTE("getMeasureEventAttribute", INT, INT, DOUBLES, INTS, DOUBLES, DOUBLES, INTS),
    /** Write patterns and sequences into a CSV file. */
    EXPORT_ASCII("exportAscii", TEXT),

    /** Send the setup to all channels. */
    UPDATE("update"),
    /** Send the setup to one channel. */
    UPDATE_CHANNEL("updateChannel", INT),
    /** Start all connected channels together. */
    EXECUTE("execute"),
    /** Stop all channels; outputs stay where they are. */
    ABORT("abort"),
    /** Stop one channel; its output stays where it is. */
    ABORT_CHANNEL("abortChannel", INT),
    /** Tell what the run does: status, elapsed and total seconds. */
    GET_STATUS("getStatus", INTS, DOUBLES, DOUBLES),
    /** Tell what a channel does: status, elapsed and total seconds. */
    GET_CHANNEL_STATUS("getChannelStatus", INT, INTS, DOUBLES, DOUBLES),
    /** Block until the run has ended. */
    WAIT_UNTIL_COMPLETED("waitUntilCompleted"),
    /** Tell how many samples there are, and how many there will be. */
    GET_MEASURE_VALUE_SIZE("getMeasureValueSize", INT, INTS, INTS),
    /** Read samples: channel, offset, how many, seconds, values. */
    GET_MEASURE_VALUES("getMeasureValues", INT, INT, INTS, DOUBLES, DOUBLES),
    /** Read one sample: channel, index, seconds, value. */
    GET_MEASURE_VALUE("getMeasureValue", INT, INT, DOUBLES, DOUBLES),
    /** Tell how many measure events are over, and how many there will be. */
    GET_COMPLETED_MEASURE_EVENT_SIZE("getCompletedMeasureEventSize", INT, INTS, INTS),
    /** Tell whether one event is over: channel, pattern, event, cycle, loop, count, completed, index, offset, size. */
    IS_MEASURE_EVENT_COMPLETED("isMeasureEventCompleted", INT, TEXT, TEXT, INT, DOUBLE, INT, INTS, INTS, INTS, INTS),

    /** Put a constant voltage out. */
    DCFORCE_VOLTAGE("dcforceVoltage", INT, DOUBLE),
    /** Measure once. */
    DCMEASURE_VALUE("dcmeasureValue", INT, DOUBLES),
    /** Measure the mean of some samples: channel, points, interval in 5 ns, value. */
    DCMEASURE_AVERAGED_VALUE("dcmeasureAveragedValue", INT, INT, INT, DOUBLES);

    /** Say what a parameter is in C, and what a caller passes for it. */
    public enum Type {
        /** An {@code int}; an Integer. */
        INT,
        /** A {@code double}; a Double. */
        DOUBLE,
        /** A {@code const char*}; a String. */
        TEXT,
        /** A {@code const char**}; an array of String. */
        TEXTS,
        /** An {@code int*}, read and written; an array of int. */
        INTS,
        /** A {@code double*}, read and written; an array of double. */
        DOUBLES,
        /** A {@code char*} that a text is written to; an array of byte. */
        CHARS,
        /** A {@code char**} that texts are written to; an array of arrays of byte. */
        BUFFERS
    }

    private final String suffix;
    private final List<Type> parameters;

    WgfmuFunction(String suffix, Type... parameters) {
        this.suffix = suffix;
        this.parameters = List.of(parameters);
    }

    /** {@return the name under which the library exports it} */
    public String symbol() {
        return "WGFMU_" + suffix;
    }

    /** {@return its parameters, in order} */
    public List<Type> parameters() {
        return parameters;
    }
}
