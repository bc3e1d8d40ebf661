package org.memloop.instrument.keysight;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.memloop.bench.LinkException;
import org.memloop.scpi.ScpiSession;

/**
 * Use an Infiniium as an oscilloscope: single acquisitions, averages, segments, what it measures itself, and its screen.
 *
 * <pre>
 *   arm      *CLS;:SING      then :AER? until 1; whoever makes the signal may do so now
 *   wait     :ADER? until 1
 *   read     :WAV:SOUR :WAV:PRE? :WAV:DATA?         definite block of words, most significant byte first
 * </pre>
 *
 * Commands: Infiniium programmer's guide, chapters on channel, acquire, waveform, measure and display.
 */
public final class InfiniiumScope {
    static final int CHANNELS = 4;

    private static final double NO_NUMBER = 9.9e37;
    private static final int AVERAGES_MAX = 65_534;
    private static final int SEGMENTS_MAX = 8192;
    private static final long ARM_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TRANSFER_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ScpiSession session;
    private int segments = 1;

    InfiniiumScope(ScpiSession session) {
        this.session = session;
    }

    /**
     * Hold one recorded waveform.
     *
     * @param startSeconds time of the first point, from the trigger, seconds
     * @param stepSeconds from point to point, seconds
     * @param volts the points, volts
     * @param valid whether each point was sampled; where not, its volts are 0
     * @param averages how many acquisitions were averaged, 1 for none
     */
    public record Waveform(double startSeconds, double stepSeconds, double[] volts, boolean[] valid, int averages) {}

    /** Name what the instrument measures by itself. */
    public enum Measurement {
        /** Highest voltage. */
        MAXIMUM("VMAX?"),
        /** Lowest voltage. */
        MINIMUM("VMIN?"),
        /** Upper level of a pulse. */
        TOP("VTOP?"),
        /** Lower level of a pulse. */
        BASE("VBAS?"),
        /** From base to top. */
        AMPLITUDE("VAMP?"),
        /** From lowest to highest. */
        PEAK_TO_PEAK("VPP?"),
        /** Mean of what the screen shows. */
        MEAN("VAV? DISP"),
        /** Width of the first pulse, at half height. */
        PULSE_WIDTH("PWID?"),
        /** From 10 % to 90 % of the first rising edge. */
        RISE_TIME("RIS?"),
        /** From 90 % to 10 % of the first falling edge. */
        FALL_TIME("FALL?"),
        /** Period. */
        PERIOD("PER?");

        private final String query;

        Measurement(String query) {
            this.query = query;
        }
    }

    /**
     * Show a channel.
     *
     * @param channel 1 to 4
     * @param rangeVolts height of the screen, volts
     * @param offsetVolts middle of the screen, volts
     * @param terminated whether the input is terminated with 50 ohm; 1 megohm otherwise
     */
    public void channel(int channel, double rangeVolts, double offsetVolts, boolean terminated) {
        require(channel);
        session.send(String.format(Locale.ROOT,
                ":CHAN%1$d:DISP ON;:CHAN%1$d:INP %2$s;:CHAN%1$d:RANG %3$s;:CHAN%1$d:OFFS %4$s",
                channel, terminated ? "DC50" : "DC", number(rangeVolts), number(offsetVolts)));
    }

    /**
     * Say how long is recorded, how finely and how often.
     *
     * @param seconds width of the screen, seconds
     * @param points how many points
     * @param averages how many acquisitions are averaged, 1 for none
     * @param segments how many triggers are recorded one after the other, 1 for a plain acquisition
     */
    public void acquisition(double seconds, int points, int averages, int segments) {
        if (averages < 1 || averages > AVERAGES_MAX || segments < 1 || segments > SEGMENTS_MAX
                || averages > 1 && segments > 1) {
            throw new IllegalArgumentException(averages + " averages and " + segments
                    + " segments: 1 to " + AVERAGES_MAX + " averages or 1 to " + SEGMENTS_MAX
                    + " segments are possible");
        }
        session.send(segments > 1 ? ":ACQ:MODE SEGM;:ACQ:SEGM:COUN " + segments : ":ACQ:MODE RTIM");
        session.send(averages > 1 ? ":ACQ:AVER:COUN " + averages + ";:ACQ:AVER ON" : ":ACQ:AVER OFF");
        session.send(":ACQ:SRAT AUTO;:ACQ:POIN " + points + ";:TIM:RANG " + number(seconds));
        this.segments = segments;
    }

    /**
     * Arm one acquisition, let somebody make the signal, and wait for its end.
     *
     * @param signal makes the signal; the instrument waits for its trigger then
     * @param timeoutSeconds how long the triggers may take to come, seconds
     * @throws LinkException when they did not
     */
    public void acquire(Runnable signal, double timeoutSeconds) {
        session.write("*CLS;:SING");
        session.awaitEvent(":AER?", ARM_NANOS, "the oscilloscope did not arm; is somebody using its front panel?");
        signal.run();
        try {
            session.awaitEvent(":ADER?", (long) (timeoutSeconds * 1e9), "the triggers did not come");
        } catch (LinkException e) {
            session.write(":STOP");
            throw e;
        }
    }

    /**
     * Bring what a channel recorded.
     *
     * @param channel 1 to 4
     * @return one waveform for each segment
     */
    public List<Waveform> waveforms(int channel) {
        require(channel);
        session.send(":WAV:SOUR CHAN" + channel
                + ";:WAV:FORM WORD;:WAV:BYT MSBF;:WAV:STR OFF;:WAV:VIEW ALL;:WAV:SEGM:ALL ON");
        InfiniiumScale scale = InfiniiumScale.of(session.instrument(), session.query(InfiniiumScale.PREAMBLE));
        ShortBuffer words = ByteBuffer.wrap(session.queryBlock(":WAV:DATA?", TRANSFER_NANOS)).asShortBuffer();
        int each = words.remaining() / segments;
        if (each * segments != words.remaining() || each == 0) {
            throw new LinkException(session.instrument(), ":WAV:DATA?", "sent " + words.remaining() + " samples for "
                    + segments + " segments", null);
        }
        return IntStream.range(0, segments).mapToObj(i -> waveform(words, i * each, each, scale)).toList();
    }

    private static Waveform waveform(ShortBuffer words, int from, int count, InfiniiumScale scale) {
        double[] volts = new double[count];
        boolean[] valid = new boolean[count];
        for (int i = 0; i < count; i++) {
            short word = words.get(from + i);
            valid[i] = word != InfiniiumScale.HOLE;
            volts[i] = valid[i] ? word * scale.yIncrement() + scale.yOrigin() : 0;
        }
        return new Waveform(scale.xOrigin(), scale.xIncrement(), volts, valid, Math.max(1, scale.averages()));
    }

    /**
     * Let the instrument measure what a channel recorded last.
     *
     * @param channel 1 to 4
     * @param what what to measure
     * @return volts or seconds; empty when the waveform has no such thing
     */
    public OptionalDouble measure(int channel, Measurement what) {
        require(channel);
        session.write(":MEAS:SOUR CHAN" + channel);
        double value = session.queryNumber(":MEAS:" + what.query);
        session.checkErrors(":MEAS:" + what.query);
        return Math.abs(value) >= NO_NUMBER ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * Bring a picture of the screen.
     *
     * @return a PNG file
     */
    public byte[] screenshot() {
        byte[] png = session.queryBlock(":DISP:DATA? PNG", TRANSFER_NANOS);
        if (png.length < 8 || png[1] != 'P' || png[2] != 'N' || png[3] != 'G') {
            throw new LinkException(session.instrument(), ":DISP:DATA? PNG",
                    "sent " + png.length + " bytes that are no PNG",
                    null);
        }
        return png;
    }

    private static void require(int channel) {
        if (channel < 1 || channel > CHANNELS) {
            throw new IllegalArgumentException(
                    "there are channels 1 to " + CHANNELS + ", and none of number " + channel);
        }
    }

    private static String number(double value) {
        return ScpiSession.number(value);
    }
}
