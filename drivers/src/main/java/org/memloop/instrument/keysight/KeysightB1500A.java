package org.memloop.instrument.keysight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.memloop.bench.BenchException;
import org.memloop.bench.Capabilities;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LimitException;
import org.memloop.bench.Limits;
import org.memloop.bench.LinkException;
import org.memloop.instrument.SourceMeasureUnit;
import org.memloop.instrument.UnitWiring;
import org.memloop.link.Link;
import org.memloop.scpi.ScpiSession;

/**
 * Drive the source-measure units of a Keysight B1500A in FLEX, its own language: short mnemonics, arguments between commas,
 * CR LF at the end of messages both ways. A channel is a slot number.
 *
 * <pre>
 *   CN ch   DV ch,0,volts,Icomp   DI ch,0,amps,Vcomp   TIV ch
 *   sweep     MM 2,ch   CMM ch,4   WT hold,delay   WM abort,1   WV or WI ch,mode,0,start,stop,points,compliance   TSR   XE
 *   sampling  MM 10,ch  CMM ch,4   MT 0,interval,points   TSR   XE
 *   trigger   TGP -2,2,1   OSX -2,2        one edge on Ext Trig Out
 *   end       DZ   CL
 * </pre>
 *
 * Ranges are automatic. The error queue ({@code ERRX?}) is read after every message that sets something. Data come as
 * {@link FlexData}, with time stamps; points beyond a stop are left out.
 *
 * <p>Commands: B1500A programming guide, chapter 4. It is reached over GPIB; over a network only through a gateway.
 */
public final class KeysightB1500A implements SourceMeasureUnit {
    private static final String MODEL = "B1500A";
    private static final String ERROR = "ERRX?";
    private static final String CR_LF = "\r\n";
    private static final String MODULES = "UNT? 0";
    private static final String[] SETUP = {"*RST", "FMT 1,1", "TSC 1", "AZ 0", "AIT 0,2,1", "TGP -2,2,1"};
    /** Of the 100 uA range, in which a cell of the low-resistance state is read: a millionth. */
    private static final double READ_STEP_AMPS = 100e-12;
    private static final int STAIRCASE = 2;
    private static final int SAMPLING = 10;
    private static final int POINTS_MAX = 1001;
    private static final double HOLD_SECONDS_MAX = 655.35;
    private static final double DELAY_SECONDS_MAX = 65.535;
    private static final double SAMPLE_SECONDS_MIN = 2e-3;
    private static final double SAMPLE_SECONDS_MAX = 65.535;
    private static final int SAMPLES_MAX = 100_001;
    private static final double POINT_SECONDS = 1; // one power-line cycle, automatic ranges, a slow device
    private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final double PATIENCE_SECONDS = 10;

    private final ScpiSession session;
    private final Capabilities.Identity identity;
    private final UnitWiring wiring;
    private final Limits ceiling;
    private final Map<Integer, SmuModel> units = new TreeMap<>();
    private boolean closed;

    /**
     * Make sure who is there, learn which modules it has, and reset it: all outputs off.
     *
     * @param link how to reach it; closed with the driver
     * @param role what it does for the bench, for messages
     * @param wiring which channels feed column and gate
     * @param ceiling what the array bears at these two
     * @throws ConfigurationException when it is another model, or has no source-measure unit where one is wired
     */
    public KeysightB1500A(Link link, String role, UnitWiring wiring, Limits ceiling) {
        session = new ScpiSession(link, role, ERROR, CR_LF);
        this.wiring = wiring;
        this.ceiling = ceiling;
        identity = session.identify(MODEL);
        String modules = session.query(MODULES);
        String[] slots = modules.split(";");
        for (int slot = 1; slot <= slots.length; slot++) {
            int channel = slot;
            SmuModel.of(slots[slot - 1].split(",")[0]).ifPresent(model -> units.put(channel, model));
        }
        for (int wired : new int[]{wiring.columnChannel(), wiring.gateChannel()}) {
            if (!units.containsKey(wired)) {
                throw new ConfigurationException(session.instrument() + " should have a source-measure unit in slot '"
                        + wired + "' but answered '" + modules.strip() + "'; check the wiring of the laboratory file");
            }
        }
        for (String command : SETUP) {
            session.write(command);
        }
        session.query("*OPC?", RESET_NANOS);
        session.checkErrors(String.join(";", SETUP));
    }

    @Override
    public Capabilities.Identity identity() {
        return identity;
    }

    @Override
    public Capabilities.ReadAccuracy accuracy() {
        return new Capabilities.ReadAccuracy(READ_STEP_AMPS, READ_STEP_AMPS);
    }

    @Override
    public UnitWiring wiring() {
        return wiring;
    }

    @Override
    public List<Integer> channels() {
        return List.copyOf(units.keySet());
    }

    @Override
    public void force(int channel, Bias bias) {
        admit(channel, bias.quantity(), Math.abs(bias.value()), bias.compliance());
        session.send("CN " + channel);
        session.send((bias.quantity() == Quantity.VOLTS ? "DV " : "DI ") + channel + ",0," + number(bias.value()) + ","
                + number(bias.compliance()));
    }

    /** Check volts and current against module and array, whichever of the two is forced. */
    private void admit(int channel, Quantity quantity, double value, double compliance) {
        SmuModel model = units.get(channel);
        if (model == null) {
            throw new LimitException(session.instrument() + ": slot " + channel
                    + " holds no source-measure unit; there are units in " + units.keySet() + ". Nothing was forced");
        }
        double volts = quantity == Quantity.VOLTS ? value : compliance;
        double amps = quantity == Quantity.VOLTS ? compliance : value;
        model.check(channel, volts, amps);
        boolean column = channel == wiring.columnChannel();
        if (column) {
            atMost(channel, "column", volts, Math.min(ceiling.bitLineVoltsMax(), ceiling.sourceLineVoltsMax()), "V");
            atMost(channel, "column", amps, ceiling.stress().ampsMax(), "A");
        } else if (channel == wiring.gateChannel()) {
            atMost(channel, "gate", volts, ceiling.wordLineVoltsMax(), "V");
        }
    }

    private static void atMost(int channel, String what, double value, double limit, String unit) {
        if (value > limit) {
            throw new LimitException(String.format(Locale.ROOT,
                    "channel %d (%s): %.4g %s, forced or as compliance, is above the limit of %.4g %s; nothing was forced",
                    channel, what, value, unit, limit, unit));
        }
    }

    @Override
    public CurvePoint measure(int channel) {
        requireUnit(channel);
        session.send("TSR");
        return points("TIV " + channel, channel, POINT_SECONDS + PATIENCE_SECONDS).getFirst();
    }

    private void requireUnit(int channel) {
        if (!units.containsKey(channel)) {
            throw new IllegalArgumentException("no source-measure unit in slot " + channel);
        }
    }

    @Override
    public List<CurvePoint> sample(int channel, int points, double intervalSeconds) {
        requireUnit(channel);
        if (points < 1 || points > SAMPLES_MAX || !(intervalSeconds >= SAMPLE_SECONDS_MIN)
                || intervalSeconds > SAMPLE_SECONDS_MAX) {
            throw new IllegalArgumentException("1 to " + SAMPLES_MAX + " points every " + SAMPLE_SECONDS_MIN + " to "
                    + SAMPLE_SECONDS_MAX + " s are possible, not " + points + " every " + intervalSeconds + " s");
        }
        measureBoth(SAMPLING, channel);
        session.send("MT 0," + number(intervalSeconds) + "," + points);
        session.send("TSR");
        return points("XE", channel, points * (intervalSeconds + POINT_SECONDS) + PATIENCE_SECONDS);
    }

    private void measureBoth(int mode, int channel) {
        session.send("MM " + mode + "," + channel);
        session.send("CMM " + channel + ",4");
        session.send("RI " + channel + ",0");
        session.send("RV " + channel + ",0");
    }

    @Override
    public List<CurvePoint> sweep(Staircase staircase) {
        int channel = staircase.channel();
        admit(channel, staircase.quantity(), Math.max(Math.abs(staircase.start()), Math.abs(staircase.stop())),
                staircase.compliance());
        if (staircase.points() > POINTS_MAX || staircase.holdSeconds() > HOLD_SECONDS_MAX
                || staircase.delaySeconds() > DELAY_SECONDS_MAX) {
            throw new LimitException(session.instrument() + ": a sweep has at most " + POINTS_MAX + " points, "
                    + HOLD_SECONDS_MAX + " s hold and " + DELAY_SECONDS_MAX + " s delay; nothing was forced");
        }
        int mode = (staircase.spacing() == Staircase.Spacing.LINEAR ? 1 : 2) + (staircase.returns() ? 2 : 0);
        session.send("CN " + channel);
        measureBoth(STAIRCASE, channel);
        session.send("WT " + number(staircase.holdSeconds()) + "," + number(staircase.delaySeconds()));
        session.send("WM " + (staircase.stopsInCompliance() ? 2 : 1) + ",1");
        session.send((staircase.quantity() == Quantity.VOLTS ? "WV " : "WI ") + channel + "," + mode + ",0,"
                + number(staircase.start()) + "," + number(staircase.stop()) + "," + staircase.points() + ","
                + number(staircase.compliance()));
        session.send("TSR");
        return points("XE", channel, staircase.holdSeconds()
                + staircase.measured() * (staircase.delaySeconds() + POINT_SECONDS) + PATIENCE_SECONDS);
    }

    /** Ask for data, and join what belongs to one point: time, current, volts, and the source's value after them. */
    private List<CurvePoint> points(String request, int channel, double seconds) {
        String answer = session.query(request, (long) (seconds * 1e9));
        session.checkErrors(request);
        List<CurvePoint> points = new ArrayList<>();
        double[] found = new double[3];
        boolean[] has = new boolean[3];
        FlexData worst = new FlexData('N', channel, 'I', 0);
        try {
            for (FlexData item : FlexData.parse(answer)) {
                int kind = "TIV".indexOf(item.type());
                if (kind < 0 || item.forced()) {
                    continue;
                }
                has[kind] = true;
                found[kind] = item.value();
                if (kind > 0 && (item.missing() || item.status().compareTo(worst.status()) > 0)) {
                    worst = worst.missing() ? worst : item;
                }
                if (has[1] && has[2]) {
                    if (!worst.missing()) {
                        points.add(new CurvePoint(found[0], found[2], found[1], worst.status()));
                    }
                    has = new boolean[3];
                    worst = new FlexData('N', channel, 'I', 0);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new LinkException(session.instrument(), request, e.getMessage(), e);
        }
        if (points.isEmpty()) {
            throw new LinkException(session.instrument(), request, "no point is in the answer '" + answer + "'", null);
        }
        return points;
    }

    @Override
    public void trigger() {
        session.send("OSX -2,2");
    }

    @Override
    public void off() {
        session.write("DZ");
        session.send("CL");
    }

    private static String number(double value) {
        return ScpiSession.number(value);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            off();
        } catch (BenchException _) {
            // the commands were sent if the link still sends; there is nobody left to ask whether they were obeyed
        } finally {
            session.close();
        }
    }
}
