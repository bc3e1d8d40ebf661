package org.memloop.scpi;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.LinkException;
import org.memloop.instrument.Diagnosis;
import org.memloop.link.Link;
import org.memloop.link.MessageLink;

/**
 * Hold a SCPI conversation with one instrument (SCPI-1999, IEEE 488.2). A line feed ends every message, and END where the
 * link has it ({@link MessageLink}). Several commands go into one message with {@code ;}.
 *
 * <p>An answer that comes too late would be taken for the answer to the next question. Therefore a session whose read
 * failed asks nothing any more; it still sends, so that outputs can be switched off.
 */
public final class ScpiSession implements AutoCloseable {
    private static final long POLL_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int QUEUE_DEPTH_MAX = 40;
    private static final Pattern ERROR = Pattern.compile("([+-]?\\d+)(?:\\s*,\\s*(.*))?");
    private static final String ERROR_QUERY = ":SYST:ERR?";

    private final Link link;
    private final String role;
    private final String errorQuery;
    private final String terminator;
    private final Answers answers;
    private long answerNanos;
    private boolean checking = true;
    private String lost = "";

    /**
     * Speak with an instrument that answers {@code :SYST:ERR?} with number and text.
     *
     * @param link how to reach it; closed with the session
     * @param role what it does for the bench, for messages
     */
    public ScpiSession(Link link, String role) {
        this(link, role, ERROR_QUERY);
    }

    /**
     * Speak with an instrument.
     *
     * @param link how to reach it; closed with the session
     * @param role what it does for the bench, for messages
     * @param errorQuery how to ask for one entry of its error queue with number and text
     */
    public ScpiSession(Link link, String role, String errorQuery) {
        this(link, role, errorQuery, "\n");
    }

    /**
     * Speak with an instrument whose messages end in another way.
     *
     * @param link how to reach it; closed with the session
     * @param role what it does for the bench, for messages
     * @param errorQuery how to ask for one entry of its error queue with number and text
     * @param terminator what ends a message to it, for example CR LF
     */
    public ScpiSession(Link link, String role, String errorQuery, String terminator) {
        this.terminator = terminator;
        this.link = link;
        this.role = role;
        this.errorQuery = errorQuery;
        this.answers = new Answers(link);
        this.answerNanos = link.answerNanos();
    }

    /**
     * Change how long an answer may take; as long as the link says unless told, usually 3 s.
     *
     * @param nanos from the question to the end of the answer, nanoseconds
     */
    public void answerWithin(long nanos) {
        answerNanos = nanos;
    }

    /**
     * Switch {@link #checkErrors} on or off; it is on unless told.
     *
     * @param on whether the error queue is read
     */
    public void checking(boolean on) {
        checking = on;
    }

    /** {@return the role and the resource name of the instrument, as messages name it} */
    public String instrument() {
        return role + " at " + link.resource();
    }

    /**
     * Send a message that is not answered.
     *
     * @param message one command, or several joined with {@code ;}
     * @throws LinkException when it cannot be sent
     */
    public void write(String message) {
        try {
            link.write((message + terminator).getBytes(StandardCharsets.ISO_8859_1));
        } catch (LinkException e) {
            throw new LinkException(role, message, e.getMessage(), e);
        }
    }

    /**
     * Send a message and read the line that answers it.
     *
     * @param message a query, or several joined with {@code ;}
     * @return the answer without its line feed
     * @throws LinkException when no whole line came in time
     */
    public String query(String message) {
        return query(message, answerNanos);
    }

    /**
     * Send a message and read the line that answers it, with a time limit of its own.
     *
     * @param message a query, or several joined with {@code ;}
     * @param timeoutNanos from the question to the end of the answer, nanoseconds
     * @return the answer without its line feed
     * @throws LinkException when no whole line came in time
     */
    public String query(String message, long timeoutNanos) {
        ask(message);
        try {
            return answers.line(System.nanoTime() + timeoutNanos);
        } catch (LinkException e) {
            throw lose(message, e);
        }
    }

    /**
     * Send a message and read the number that answers it.
     *
     * @param message a query
     * @return the number
     * @throws LinkException when something else came
     */
    public double queryNumber(String message) {
        String answer = query(message);
        try {
            return Double.parseDouble(answer.strip());
        } catch (NumberFormatException e) {
            throw new LinkException(role, message, "answered '" + printable(answer) + "', which is not a number", e);
        }
    }

    /**
     * Send a message and read the binary block that answers it. The bytes are counted, never searched: a body may
     * contain line feeds. An indefinite block ({@code #0}) has no count; it ends with END, or on a link without it at a
     * line feed after which the link is quiet, so ask for definite ones there.
     *
     * @param message a query
     * @param timeoutNanos from the question to the end of the answer, nanoseconds
     * @return the body of the block
     * @throws LinkException when something else came, or not all of it in time
     */
    public byte[] queryBlock(String message, long timeoutNanos) {
        ask(message);
        try {
            return answers.block(System.nanoTime() + timeoutNanos);
        } catch (LinkException e) {
            throw lose(message, e);
        }
    }

    /**
     * Ask until the answer is 1; meant for event registers that clear when they are read.
     *
     * @param question the query
     * @param timeoutNanos how long to go on asking, nanoseconds
     * @param advice what it means when the event never comes
     * @throws LinkException when the event did not come in time
     */
    public void awaitEvent(String question, long timeoutNanos, String advice) {
        long deadline = System.nanoTime() + timeoutNanos;
        while (queryNumber(question) == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new LinkException(role, question,
                        String.format(Locale.ROOT, "still 0 after %.3g s; %s", timeoutNanos * 1e-9, advice), null);
            }
            LockSupport.parkNanos(POLL_PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new LinkException(role, question, "interrupted while waiting for the event", null);
            }
        }
    }

    /**
     * Read the instrument's error queue until it is empty, unless checking is off. One round trip when all is well.
     *
     * @param sent what was sent since the last check, for the message
     * @throws InstrumentException quoting what was sent and the errors
     */
    public void checkErrors(String sent) {
        if (!checking) {
            return;
        }
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < QUEUE_DEPTH_MAX; i++) {
            String entry = query(errorQuery);
            Matcher matcher = ERROR.matcher(entry.strip());
            if (!matcher.matches()) {
                throw new LinkException(role, errorQuery,
                        "answered '" + printable(entry) + "', which is no entry of an error queue", null);
            }
            if (new BigDecimal(matcher.group(1)).signum() == 0) {
                break;
            }
            errors.add(entry.strip());
        }
        if (!errors.isEmpty()) {
            throw new InstrumentException(instrument(), sent, String.join("; ", errors), "");
        }
    }

    /**
     * Send a message that is not answered and check the error queue.
     *
     * @param message one command, or several joined with {@code ;}
     * @throws InstrumentException quoting the message and the errors
     */
    public void send(String message) {
        write(message);
        checkErrors(message);
    }

    /**
     * Ask the instrument who it is and make sure it is the expected model.
     *
     * @param expectedModel model number, the second field of the answer to {@code *IDN?}
     * @return who it is
     * @throws ConfigurationException naming both models when it is another
     * @throws LinkException when the answer is no identity
     */
    public Capabilities.Identity identify(String expectedModel) {
        String idn = query("*IDN?").strip();
        String[] fields = idn.split(",", -1);
        if (fields.length != 4 || !idn.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new LinkException(role, "*IDN?",
                    "answered '" + printable(idn) + "', which is not maker,model,serial,firmware", null);
        }
        if (!fields[1].strip().equalsIgnoreCase(expectedModel)) {
            throw new ConfigurationException(instrument() + " should be a '" + expectedModel + "' but answered '" + idn
                    + "'; check its address and the driver named for this role");
        }
        return new Capabilities.Identity(role, idn, link.resource());
    }

    /**
     * Let the instrument test itself ({@code *TST?}), and read its options ({@code *OPT?}) and its error queue.
     *
     * @param timeoutNanos how long the test may take, nanoseconds
     * @param knowsOptions whether the model answers the question for its options
     * @return what came of it
     * @throws LinkException when it does not answer
     */
    public Diagnosis diagnose(long timeoutNanos, boolean knowsOptions) {
        List<String> troubles = new ArrayList<>();
        String test = query("*TST?", timeoutNanos).strip();
        if (!test.matches("[+-]?0")) {
            troubles.add("self-test: " + printable(test));
        }
        String options = knowsOptions ? query("*OPT?").strip() : "";
        try {
            checkErrors("*TST?");
        } catch (InstrumentException e) {
            troubles.add("error queue: " + e.getMessage());
        }
        return new Diagnosis(options.equals("0") ? "" : options, troubles);
    }

    /**
     * Write a number the way instruments read it, whatever the locale: seven significant digits, which is finer than
     * any setting.
     *
     * @param value a finite number
     * @return decimal, with an exponent where that is shorter to read
     */
    public static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(7)).stripTrailingZeros();
        double size = Math.abs(value);
        return size == 0
                ? "0"
                : size >= 1e-3 && size < 1e6
                        ? rounded.toPlainString()
                        : String.format(Locale.ROOT, "%sE%d",
                                rounded.scaleByPowerOfTen(-exponent(rounded)).toPlainString(),
                                exponent(rounded));
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    /**
     * Stop what the instrument is doing, drop what it has not yet sent (device clear), and go on with a conversation that
     * was lost. Settings stay.
     *
     * @throws LinkException when it was not confirmed in time, or the link is a raw socket or a serial port, which have no
     *         device clear
     */
    public void clear() {
        if (!(link instanceof MessageLink message)) {
            throw new LinkException(role, "device clear", link.resource()
                    + " is a link without device clear; open the bench again, or use VXI-11 or HiSLIP", null);
        }
        message.clear();
        answers.forget();
        lost = "";
    }

    private void ask(String message) {
        if (!lost.isEmpty()) {
            throw new LinkException(role, message, "not asked, because the conversation was lost earlier (" + lost
                    + "); open the bench again", null);
        }
        if (answers.unread() > 0) {
            lost = "it sent " + answers.unread() + " bytes nobody asked for";
            throw new LinkException(role, message, "not asked, because the conversation is out of step: " + lost, null);
        }
        write(message);
    }

    private LinkException lose(String message, LinkException cause) {
        lost = cause.getMessage();
        return new LinkException(role, message, cause.getMessage(), cause);
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().limit(60).forEach(c -> out.append(c >= ' ' && c < 127
                ? String.valueOf((char) c)
                : String.format(Locale.ROOT, "\\x%02x", c)));
        return out.append(text.length() > 60 ? "..." : "").toString();
    }

    @Override
    public void close() {
        link.close();
    }
}
