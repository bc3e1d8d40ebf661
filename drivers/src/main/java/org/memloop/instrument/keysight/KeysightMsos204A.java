package org.memloop.instrument.keysight;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.LinkException;
import org.memloop.instrument.Oscilloscope;
import org.memloop.link.Link;
import org.memloop.scpi.ScpiSession;

/**
 * Drive a Keysight MSOS204A oscilloscope (Infiniium): the current returns through the 50 ohm of channel 1, the router's
 * trigger comes in at AUX.
 *
 * <p>Every trigger fills one segment of 32 points that spans the pulse; the middle, from 10 % to 90 % of the width, is
 * averaged. Acquisition modes exclude one another, so segments of high resolution have a mode of their own (SEGHres);
 * an acquisition of one segment uses the plain HRESolution mode, because segmented memory starts at two.
 *
 * <p>The screen is set to -1 mV .. 7 mV, which is -20 uA .. 140 uA. Samples nearer to its ends than three times the
 * input noise count as saturated: some of the conversions averaged in them were clipped, which bends the mean.
 *
 * <p>Commands: Infiniium programmer's guide, chapters on acquisition, timebase, trigger and waveform.
 */
public final class KeysightMsos204A implements Oscilloscope {
    private static final String HEADERS_OFF = ":SYST:HEAD OFF"; // first: with headers on, answers repeat the question
    private static final String[] SETUP = {
            ":CHAN1:DISP ON;:CHAN2:DISP OFF;:CHAN3:DISP OFF;:CHAN4:DISP OFF",
            ":CHAN1:INP DC50;:CHAN1:RANG 0.008;:CHAN1:OFFS 0.003",
            ":TRIG:MODE EDGE;:TRIG:EDGE:SOUR AUX;:TRIG:EDGE:SLOP POS;:TRIG:LEV AUX,1.5;:TRIG:SWE TRIG",
            ":TIM:REF LEFT;:TIM:POS 0",
            ":ACQ:INT OFF;:ACQ:AVER OFF;:ACQ:SRAT AUTO;:ACQ:POIN 32",
            ":WAV:SOUR CHAN1;:WAV:FORM WORD;:WAV:BYT MSBF;:WAV:STR OFF;:WAV:VIEW ALL;:WAV:SEGM:ALL ON"};
    private static final String ONE = ":ACQ:MODE HRES;:TIM:RANG %2$s";
    private static final String MANY = ":ACQ:MODE SEGH;:ACQ:SEGM:COUN %1$d;:TIM:RANG %2$s";
    private static final String SINGLE = "*CLS;:SING";
    private static final String ARMED = ":AER?";
    private static final String DONE = ":ADER?";
    private static final String PREAMBLE = ":WAV:PRE?";
    private static final String DATA = ":WAV:DATA?";
    private static final String STOP = ":STOP";
    private static final String ERROR = ":SYST:ERR? STR"; // without STR the answer is a bare number

    private static final String MODEL = "MSOS204A";
    private static final int POINTS = 32;
    private static final int SEGMENTS_MAX = 8192;
    private static final double INPUT_OHMS = 50;
    private static final double RANGE_VOLTS = 8e-3;
    private static final double OFFSET_VOLTS = 3e-3;
    private static final double SETTLED_FROM = 0.1;
    private static final double SETTLED_TO = 0.9;
    private static final short HOLE = 31232;

    private static final double NOISE_VOLTS = 130e-6;
    private static final int CONVERTER_BITS = 10;
    private static final int CONVERSIONS_PER_POINT = 64;
    private static final double HEADROOM_VOLTS = 3 * NOISE_VOLTS;

    private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long ARM_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TRIGGER_NANOS = TimeUnit.SECONDS.toNanos(2); // the router has fired by then
    private static final long TRANSFER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ScpiSession session;
    private final Capabilities.Identity identity;
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
        session = new ScpiSession(link, role, ERROR);
        session.write(HEADERS_OFF);
        identity = session.identify(MODEL);
        session.write("*RST;*CLS");
        session.query("*OPC?", RESET_NANOS);
        session.send(HEADERS_OFF);
        for (String message : SETUP) {
            session.send(message);
        }
    }

    @Override
    public Capabilities.Identity identity() {
        return identity;
    }

    @Override
    public double inputOhms() {
        return INPUT_OHMS;
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
        double step = RANGE_VOLTS / (1 << CONVERTER_BITS) / Math.sqrt(CONVERSIONS_PER_POINT); // 4 conversions, 1 bit
        int averaged = settledPoints();
        double variance = (NOISE_VOLTS * NOISE_VOLTS / CONVERSIONS_PER_POINT + step * step / 12) / averaged;
        return new Capabilities.ReadAccuracy(step / averaged / INPUT_OHMS, Math.sqrt(variance) / INPUT_OHMS);
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
        Scale scale = new Scale(session.instrument(), session.query(PREAMBLE));
        byte[] block = session.queryBlock(DATA, TRANSFER_NANOS);
        return means(expected, scale, ByteBuffer.wrap(block).asShortBuffer());
    }

    /** Hold the fields of the preamble that matter: points, time axis and voltage axis. */
    private record Scale(String instrument, int points, double xIncrement, double xOrigin, double yIncrement,
            double yOrigin) {
        private Scale(String instrument, String preamble) {
            this(instrument, fields(instrument, preamble), preamble);
        }

        private Scale(String instrument, double[] f, String preamble) {
            this(instrument, (int) f[2], f[4], f[5], f[7], f[8]);
            if (points < 1 || !(xIncrement > 0) || !(yIncrement > 0)) {
                throw new LinkException(instrument, PREAMBLE, "no axis can be made of '" + preamble + "'", null);
            }
        }

        private static double[] fields(String instrument, String preamble) {
            try {
                String[] texts = preamble.split(",");
                double[] values = new double[10];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Double.parseDouble(texts[i].strip());
                }
                return values;
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new LinkException(instrument, PREAMBLE, "answered '" + preamble + "', which is no preamble", e);
            }
        }
    }

    private Segments means(int expected, Scale scale, ShortBuffer samples) {
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
        double high = (OFFSET_VOLTS + RANGE_VOLTS / 2 - HEADROOM_VOLTS - scale.yOrigin()) / scale.yIncrement();
        double low = (OFFSET_VOLTS - RANGE_VOLTS / 2 + HEADROOM_VOLTS - scale.yOrigin()) / scale.yIncrement();
        for (int segment = 0; segment < expected; segment++) {
            long sum = 0;
            int used = 0;
            for (int i = segment * perSegment + from; i <= segment * perSegment + to; i++) {
                short raw = samples.get(i);
                if (raw != HOLE) {
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
