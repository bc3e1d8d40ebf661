package org.memloop.instrument.keysight;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.instrument.GeneratorWiring;
import org.memloop.scpi.ScpiSession;

/**
 * Use the two outputs of an 81160A one by one: single pulses, bursts and arbitrary waveforms, started by the program or by an
 * edge at the external input, into a load that is stated.
 *
 * <pre>
 *   order that never crosses     LOW above HIGH is refused: going up HIGH comes first, going down LOW
 *                                a width beyond the period is refused: widening the period comes first
 *   volts at the load            programmed for the load that is stated; into another one, V (Z / (Z + 50)) (Zs + 50) / Zs
 * </pre>
 *
 * What an output gives into an open circuit, which a line of the array is, is held to what the array bears there, whichever
 * load is stated: the column's to the tighter limits of bit and source lines, since a router may select either. Levels are
 * programmed into the instrument's own output limits as well.
 *
 * <p>Commands and ranges: 81160A user's guide, chapter on remote commands.
 */
public final class Agilent81160AOutputs {
    static final int OUTPUTS = 2;

    private static final double SOURCE_OHMS = 50;
    private static final double MATCHED_VOLTS = 5;
    private static final double LOAD_OHMS_MIN = 0.3;
    private static final double LOAD_OHMS_MAX = 1e6;
    private static final double AMPLITUDE_VOLTS_MIN = 0.05;
    private static final double WIDTH_SECONDS_MIN = 1.5e-9;
    private static final double PERIOD_SECONDS_MIN = 3.03e-9;
    private static final double SECONDS_MAX = 1e6;
    private static final double EDGE_SECONDS_MIN = 1e-9;
    private static final double EDGE_SECONDS_MAX = 1e3;
    private static final double EDGE_SHARE = 1.6;
    private static final int POINTS_MAX = 524_288;
    private static final int FULL_SCALE = 8191;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,11}");
    private static final long OUTPUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ScpiSession session;
    private final Limits ceiling;
    private final GeneratorWiring wiring;

    Agilent81160AOutputs(ScpiSession session, Limits ceiling, GeneratorWiring wiring) {
        this.session = session;
        this.ceiling = ceiling;
        this.wiring = wiring;
    }

    /** Say what starts a pulse, a burst or one period of a waveform. */
    public enum Start {
        /** {@link #trigger}. */
        PROGRAM("MAN"),
        /** A rising edge at the external input. */
        EXTERNAL("EXT");

        private final String word;

        Start(String word) {
            this.word = word;
        }
    }

    /**
     * Describe a pulse.
     *
     * @param lowVolts level before and after it, volts at the load
     * @param highVolts level of it, volts at the load
     * @param widthSeconds from half height to half height, seconds
     * @param edgeSeconds of both edges, from 10 % to 90 %, seconds
     * @param delaySeconds from its start to its leading edge, seconds
     */
    public record Shape(double lowVolts, double highVolts, double widthSeconds, double edgeSeconds,
            double delaySeconds) {}

    /**
     * State what hangs on an output; levels refer to it.
     *
     * @param output 1 or 2
     * @param ohms 0.3 ohm to 1 megohm, the last for an open circuit
     */
    public void load(int output, double ohms) {
        require(output, "load", ohms, LOAD_OHMS_MIN, LOAD_OHMS_MAX, "ohm");
        session.send(String.format(Locale.ROOT, ":OUTP%d:IMP:EXT %s", output, number(ohms)));
    }

    /**
     * Make an output give pulses, one or a burst at each start; it is off until {@link #on}.
     *
     * @param output 1 or 2
     * @param shape the pulse
     * @param count pulses at each start, at least 1
     * @param periodSeconds from one pulse of a burst to the next, seconds
     * @param start what starts it
     * @throws LimitException before anything is sent, when the instrument or the array does not allow it
     */
    public void pulses(int output, Shape shape, int count, double periodSeconds, Start start) {
        require(output, "count", count, 1, Integer.MAX_VALUE, "");
        require(output, "width", shape.widthSeconds(), WIDTH_SECONDS_MIN, SECONDS_MAX, "s");
        require(output, "edge", shape.edgeSeconds(), EDGE_SECONDS_MIN, EDGE_SECONDS_MAX, "s");
        require(output, "delay", shape.delaySeconds(), 0, SECONDS_MAX, "s");
        require(output, "period", periodSeconds, Math.max(PERIOD_SECONDS_MIN,
                shape.widthSeconds() + EDGE_SHARE * shape.edgeSeconds()), SECONDS_MAX, "s");
        double ohms = session.queryNumber(String.format(Locale.ROOT, ":OUTP%d:IMP:EXT?", output));
        admit(output, shape.lowVolts(), shape.highVolts(), ohms, shape.widthSeconds(), periodSeconds);
        begin(output, start);
        send(output, ":FUNC%d PULS");
        send(output, ":TRIG%d:COUN " + count);
        double width = session.queryNumber(String.format(Locale.ROOT, ":PULS:WIDT%d?", output));
        String period = ":PULS:PER%d " + number(periodSeconds);
        String wide = ":PULS:WIDT%d " + number(shape.widthSeconds());
        send(output, ":PULS:TRAN%1$d " + number(EDGE_SECONDS_MIN) + ";:PULS:TRAN%1$d:TRA " + number(EDGE_SECONDS_MIN));
        send(output, shape.widthSeconds() > width ? period : wide);
        send(output, shape.widthSeconds() > width ? wide : period);
        send(output, ":PULS:TRAN%1$d " + number(shape.edgeSeconds()) + ";:PULS:TRAN%1$d:TRA "
                + number(shape.edgeSeconds()));
        send(output, ":PULS:DEL%d " + number(shape.delaySeconds()));
        levels(output, shape.lowVolts(), shape.highVolts());
    }

    /**
     * Make an output give an arbitrary waveform, once at each start; it is off until {@link #on}.
     *
     * @param output 1 or 2
     * @param name what the instrument keeps it as: a letter, then letters and digits, 12 at most
     * @param samples the waveform, each -1 (low) to 1 (high), 2 to 524288 of them
     * @param seconds how long one period takes
     * @param lowVolts level of -1, volts at the load
     * @param highVolts level of 1, volts at the load
     * @param start what starts it
     * @throws LimitException before anything is sent, when the instrument or the array does not allow it
     */
    public void arbitrary(int output, String name, double[] samples, double seconds, double lowVolts, double highVolts,
            Start start) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a waveform: a letter, then letters and digits,"
                            + " 12 at most");
        }
        require(output, "number of samples", samples.length, 2, POINTS_MAX, "");
        require(output, "period", seconds, PERIOD_SECONDS_MIN, SECONDS_MAX, "s");
        ByteBuffer block = ByteBuffer.allocate(2 * samples.length);
        for (double sample : samples) {
            require(output, "sample", sample, -1, 1, "");
            block.putShort((short) Math.round(sample * FULL_SCALE));
        }
        double ohms = session.queryNumber(String.format(Locale.ROOT, ":OUTP%d:IMP:EXT?", output));
        admit(output, lowVolts, highVolts, ohms, seconds, Double.POSITIVE_INFINITY);
        begin(output, start);
        session.send(":FORM:BORD NORM");
        String digits = String.valueOf(block.capacity());
        send(output, ":DATA%d:DAC VOLATILE,#" + digits.length() + digits
                + new String(block.array(), StandardCharsets.ISO_8859_1).replace("%", "%%"));
        send(output, ":DATA%d:COPY " + name + ",VOLATILE");
        send(output, ":FUNC%d:USER " + name);
        send(output, ":FUNC%d USER");
        send(output, ":FREQ%d " + number(1 / seconds));
        send(output, ":TRIG%d:COUN 1");
        levels(output, lowVolts, highVolts);
    }

    /** Off and waiting for nobody while settings change. */
    private void begin(int output, Start start) {
        send(output, ":OUTP%d OFF");
        send(output, ":ARM:SENS%1$d EDGE;:ARM:SOUR%1$d " + start.word);
    }

    private void levels(int output, double low, double high) {
        send(output, ":VOLT%d:LIM:STAT OFF");
        double present = session.queryNumber(String.format(Locale.ROOT, ":VOLT%d:HIGH?", output));
        String up = ":VOLT%d:HIGH " + number(high);
        String down = ":VOLT%d:LOW " + number(low);
        send(output, high > present ? up : down);
        send(output, high > present ? down : up);
        send(output, ":VOLT%1$d:LIM:LOW " + number(Math.min(low, 0) - 0.1) + ";:VOLT%1$d:LIM:HIGH " + number(high + 0.1)
                + ";:VOLT%1$d:LIM:STAT ON");
    }

    private void admit(int output, double low, double high, double ohms, double widthSeconds, double periodSeconds) {
        double reach = MATCHED_VOLTS * 2 * ohms / (ohms + SOURCE_OHMS);
        require(output, "high level", high, -reach, reach, "V");
        require(output, "low level", low, -reach, reach, "V");
        require(output, "amplitude", high - low, AMPLITUDE_VOLTS_MIN * 2 * ohms / (ohms + SOURCE_OHMS), reach, "V");
        double open = Math.max(Math.abs(low), Math.abs(high)) * (ohms + SOURCE_OHMS) / ohms;
        boolean column = output == wiring.columnOutput();
        for (Pulse.Polarity polarity : Pulse.Polarity.values()) {
            ceiling.check(new Pulse("on output " + output, polarity, column ? open : 0, column ? 0 : open, widthSeconds,
                    false), periodSeconds - widthSeconds);
        }
    }

    /**
     * Start what waits for the program, and wait until it has been given.
     */
    public void trigger() {
        session.write("*TRG");
        session.query("*OPC?", OUTPUT_NANOS);
        session.checkErrors("*TRG");
    }

    /**
     * Switch an output on.
     *
     * @param output 1 or 2
     */
    public void on(int output) {
        send(output, ":OUTP%d ON");
        session.query("*OPC?", OUTPUT_NANOS);
    }

    /**
     * Switch an output off.
     *
     * @param output 1 or 2
     */
    public void off(int output) {
        send(output, ":OUTP%d OFF");
    }

    private void send(int output, String form) {
        session.send(String.format(Locale.ROOT, form, output));
    }

    private static String number(double value) {
        return ScpiSession.number(value);
    }

    private void require(int output, String what, double value, double min, double max, String unit) {
        if (output < 1 || output > OUTPUTS) {
            throw new IllegalArgumentException("there are outputs 1 and 2, and none of number " + output);
        }
        if (!(value >= min && value <= max)) {
            throw new LimitException(String.format(Locale.ROOT,
                    "%s, output %d: %s %.6g %s is not within %.6g to %.6g; nothing was changed", session.instrument(),
                    output, what, value, unit, min, max));
        }
    }
}
