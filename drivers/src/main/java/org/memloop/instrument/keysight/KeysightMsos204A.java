package org.memloop.instrument.keysight;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LinkException;
import org.memloop.instrument.Diagnosable;
import org.memloop.instrument.Diagnosis;
import org.memloop.instrument.Oscilloscope;
import org.memloop.instrument.OscilloscopeWiring;
import org.memloop.link.Link;
import org.memloop.scpi.ScpiSession;

/**
 * Drive a Keysight MSOS204A oscilloscope (Infiniium): the current returns through the 50 ohm of one channel, or through
 * a shunt across it; the router's trigger comes in at AUX or at another channel. {@link #scope()} has the rest of what it can do.
 *
 * <p>Every trigger fills one segment of 32 points that spans the pulse; the middle, from 10 % to 90 % of the width, is
 * averaged. Acquisition modes exclude one another, so segments of high resolution have a mode of their own (SEGHres);
 * an acquisition of one segment uses the plain HRESolution mode, because segmented memory starts at two.
 *
 * <p>The screen is set to -20 uA .. 140 uA, which is -1 mV .. 7 mV over 50 ohm. Samples nearer to its ends than three times the
 * input noise count as saturated: some of the conversions averaged in them were clipped, which bends the mean.
 *
 * <p>Commands: Infiniium programmer's guide, chapters on acquisition, timebase, trigger and waveform.
 */
public final class KeysightMsos204A implements Oscilloscope, Diagnosable {
    private static final String HEADERS_OFF = ":SYST:HEAD OFF"; // first: with headers on, answers repeat the question
    private static final String SHOWN = ":CHAN%d:DISP %s";
    private static final String INPUT = ":CHAN%1$d:INP %2$s;:CHAN%1$d:RANG %3$s;:CHAN%1$d:OFFS %4$s";
    private static final String TRIGGER = ":TRIG:MODE EDGE;:TRIG:EDGE:SOUR %1$s;:TRIG:EDGE:SLOP POS;:TRIG:LEV %1$s,1.5;:TRIG:SWE TRIG";
    private static final String TRANSFER = ":WAV:SOUR CHAN%d;:WAV:FORM WORD;:WAV:BYT MSBF;:WAV:STR OFF;:WAV:VIEW ALL;:WAV:SEGM:ALL ON";
    private static final String ONE = ":ACQ:MODE HRES;:TIM:RANG %2$s";
    private static final String MANY = ":ACQ:MODE SEGH;:ACQ:SEGM:COUN %1$d;:TIM:RANG %2$s";
    private static final String SINGLE = "*CLS;:SING";
    private static final String ARMED = ":AER?";
    private static final String DONE = ":ADER?";
    private static final String DATA = ":WAV:DATA?";
    private static final String STOP = ":STOP";
    private static final String ERROR = ":SYST:ERR? STR"; // without STR the answer is a bare number

    private static final String MODEL = "MSOS204A";
    private static final int POINTS = 32;
    private static final int SEGMENTS_MAX = 8192;
    private static final double TERMINATION_OHMS = 50;
    private static final double RANGE_AMPS = 160e-6;
    private static final double OFFSET_AMPS = 60e-6;
    private static final double FULL_SCALE_VOLTS_MAX = 8; // 1 V a division
    private static final double SETTLED_FROM = 0.1;
    private static final double SETTLED_TO = 0.9;

    private static final double NOISE_VOLTS = 130e-6;
    private static final int CONVERTER_BITS = 10;
    private static final int CONVERSIONS_PER_POINT = 64;
    private static final double HEADROOM = 3;

    private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long ARM_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TRIGGER_NANOS = TimeUnit.SECONDS.toNanos(2); // the router has fired by then
    private static final long TRANSFER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long SELF_TEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final ScpiSession session;
    private final Capabilities.Identity identity;
    private final OscilloscopeWiring wiring;
    private boolean lent;
    private String shape = "";
    private int segments;
    private double widthSeconds;
    private boolean closed;

    /**
     * Make sure who is there, reset it and set channel 1, trigger and transfer.
     *
     * @param link how to reach it; closed with the driver
     * @param role what it does for the bench, for messages
     */
    public KeysightMsos204A(Link link, String role) {
        this(link, role, OscilloscopeWiring.USUAL);
    }

    /**
     * Make sure who is there, reset it and set channel, trigger and transfer.
     *
     * @param link how to reach it; closed with the driver
     * @param role what it does for the bench, for messages
     * @param wiring where current and trigger reach it
     */
    public KeysightMsos204A(Link link, String role, OscilloscopeWiring wiring) {
        this.wiring = wiring;
        if (wiring.channel() > InfiniiumScope.CHANNELS || RANGE_AMPS * wiring.ohms() > FULL_SCALE_VOLTS_MAX) {
            throw new ConfigurationException(role + ": the " + MODEL + " has channels 1 to " + InfiniiumScope.CHANNELS
                    + " and shows 8 V at most, which 160 uA make over 50 kohm; the wiring says " + wiring);
        }
        session = new ScpiSession(link, role, ERROR);
        session.write(HEADERS_OFF);
        identity = session.identify(MODEL);
        session.write("*RST;*CLS");
        session.query("*OPC?", RESET_NANOS);
        setUp();
    }

    private void setUp() {
        session.send(HEADERS_OFF);
        int channel = wiring.channel();
        List<String> shown = new ArrayList<>();
        for (int i = 1; i <= InfiniiumScope.CHANNELS; i++) {
            shown.add(String.format(Locale.ROOT, SHOWN, i, i == channel ? "ON" : "OFF"));
        }
        session.send(String.join(";", shown));
        session.send(String.format(Locale.ROOT, INPUT, channel,
                wiring.input() == OscilloscopeWiring.Input.TERMINATED ? "DC50" : "DC",
                ScpiSession.number(RANGE_AMPS * wiring.ohms()), ScpiSession.number(OFFSET_AMPS * wiring.ohms())));
        session.send(String.format(Locale.ROOT, TRIGGER, wiring.trigger()));
        session.send(":TIM:REF LEFT;:TIM:POS 0");
        session.send(":ACQ:INT OFF;:ACQ:AVER OFF;:ACQ:SRAT AUTO;:ACQ:POIN " + POINTS);
        session.send(String.format(Locale.ROOT, TRANSFER, channel));
        shape = "";
        lent = false;
    }

    /**
     * Use the oscilloscope for anything else. The next {@link #arm} sets it up for pulses on the array again.
     *
     * @return its channels, acquisition, measurements and screen; valid until then
     */
    public InfiniiumScope scope() {
        lent = true;
        return new InfiniiumScope(session);
    }

    @Override
    public Capabilities.Identity identity() {
        return identity;
    }

    @Override
    public double inputOhms() {
        return wiring.ohms();
    }

    @Override
    public int maxSegments() {
        return SEGMENTS_MAX;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A point averages m = 64 conversions (from 6.4 ns a point, pulses of 0.2 us, upwards), which adds 3 bits to the
     * converter's 10; a segment's mean takes the n points from 10 % to 90 % of its 32. With full scale F = 8 mV, input
     * noise s = 130 uV rms (2 GHz, 1 mV/div, typical; measure the own instrument's with the input open) and R = 50 ohm:
     *
     * <pre>
     *   L = F / 2^(10+3)                    step of a point, 0.98 uV
     *   resolution = L / (n R)
     *   noise = sqrt(s^2/(m n) + L^2/(12 n)) / R
     * </pre>
     */
    @Override
    public Capabilities.ReadAccuracy accuracy() {
        double step = RANGE_AMPS * wiring.ohms() / (1 << CONVERTER_BITS) / Math.sqrt(CONVERSIONS_PER_POINT); // 4 conversions, 1 bit
        int averaged = settledPoints();
        double variance = (noiseVolts() * noiseVolts() / CONVERSIONS_PER_POINT + step * step / 12) / averaged;
        return new Capabilities.ReadAccuracy(step / averaged / wiring.ohms(), Math.sqrt(variance) / wiring.ohms());
    }

    /** Noise grows with the range: at 1 mV a division it is the amplifier's, above it a share of full scale. */
    private double noiseVolts() {
        return NOISE_VOLTS * Math.max(1, wiring.ohms() / TERMINATION_OHMS);
    }

    private static int settledPoints() {
        return last(POINTS, 0, 1.0 / POINTS, 1) - first(0, 1.0 / POINTS, 1) + 1;
    }

    /**
     * Get ready to record.
     *
     * @param segments how many triggers will come, 1 to {@link #maxSegments()}
     * @param widthSeconds length of the pulse that each trigger starts
     */
    @Override
    public void arm(int segments, double widthSeconds) {
        if (segments < 1 || segments > SEGMENTS_MAX) {
            throw new IllegalArgumentException(segments + " segments, 1 to " + SEGMENTS_MAX + " are possible");
        }
        if (lent) {
            session.write("*RST;*CLS");
            session.query("*OPC?", RESET_NANOS);
            setUp();
        }
        String wanted = String.format(Locale.ROOT, segments == 1 ? ONE : MANY, segments,
                ScpiSession.number(widthSeconds));
        if (!wanted.equals(shape)) {
            shape = "";
            session.send(wanted);
            shape = wanted;
        }
        this.segments = segments;
        this.widthSeconds = widthSeconds;
        session.write(SINGLE);
        session.awaitEvent(ARMED, ARM_NANOS, "the oscilloscope did not arm; is somebody using its front panel?");
    }

    @Override
    public Segments fetch() {
        if (segments == 0) {
            throw new IllegalStateException("fetch() without arm()");
        }
        int expected = segments;
        segments = 0;
        try {
            session.awaitEvent(DONE, TRIGGER_NANOS, "fewer than " + expected
                    + " triggers came; is the trigger cable at AUX, and does it reach 1.5 V?");
        } catch (LinkException e) {
            session.write(STOP);
            throw e;
        }
        InfiniiumScale scale = InfiniiumScale.of(session.instrument(), session.query(InfiniiumScale.PREAMBLE));
        byte[] block = session.queryBlock(DATA, TRANSFER_NANOS);
        return means(expected, scale, ByteBuffer.wrap(block).asShortBuffer());
    }

    private Segments means(int expected, InfiniiumScale scale, ShortBuffer samples) {
        int count = samples.remaining();
        int perSegment = count / expected;
        if (perSegment * expected != count || (scale.points() != perSegment && scale.points() != count)) {
            throw new LinkException(session.instrument(), DATA, "sent " + count + " samples where " + expected
                    + " segments of " + scale.points() + " points were expected", null);
        }
        double[] volts = new double[expected];
        boolean[] saturated = new boolean[expected];
        int from = first(scale.xOrigin(), scale.xIncrement(), widthSeconds);
        int to = last(perSegment, scale.xOrigin(), scale.xIncrement(), widthSeconds);
        double middle = OFFSET_AMPS * wiring.ohms();
        double reach = RANGE_AMPS / 2 * wiring.ohms() - HEADROOM * noiseVolts();
        double high = (middle + reach - scale.yOrigin()) / scale.yIncrement();
        double low = (middle - reach - scale.yOrigin()) / scale.yIncrement();
        for (int segment = 0; segment < expected; segment++) {
            long sum = 0;
            int used = 0;
            for (int i = segment * perSegment + from; i <= segment * perSegment + to; i++) {
                short raw = samples.get(i);
                if (raw != InfiniiumScale.HOLE) {
                    sum += raw;
                    used++;
                    saturated[segment] |= raw >= high || raw <= low;
                }
            }
            if (used == 0) {
                throw new LinkException(session.instrument(), DATA,
                        "segment " + segment + " holds no sample between 10 % and 90 % of the pulse", null);
            }
            volts[segment] = (double) sum / used * scale.yIncrement() + scale.yOrigin();
        }
        return new Segments(volts, saturated);
    }

    /** Both ends give way a millionth of a point, so that a rounded time axis cannot lose one. */
    private static int first(double origin, double increment, double width) {
        return (int) Math.max(0, Math.ceil((SETTLED_FROM * width - origin) / increment - 1e-6));
    }

    private static int last(int points, double origin, double increment, double width) {
        return (int) Math.min(points - 1, Math.floor((SETTLED_TO * width - origin) / increment + 1e-6));
    }

    @Override
    public Diagnosis diagnose() {
        return session.diagnose(SELF_TEST_NANOS, true);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            session.write(STOP);
        } catch (BenchException _) {
            // it only listens: an oscilloscope that cannot be reached harms nothing
        } finally {
            session.close();
        }
    }
}
