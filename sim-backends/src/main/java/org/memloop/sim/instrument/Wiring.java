package org.memloop.sim.instrument;

import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.memloop.bench.Limits;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.array.Miswiring;
import org.memloop.sim.array.Multiplexers;

/**
 * Join the emulated instruments of one laboratory: the trigger line from the router to generator and oscilloscope, the
 * analogue nets through the chip, its supplies, what goes wrong, and one simulated clock.
 *
 * <pre>
 *   router --trigger--> generator --column, gate pulse--> multiplexers, device --current--> oscilloscope input
 *        \--trigger-----------------------------------------------------------------------> oscilloscope trigger
 *   source-measure units, pulse-measure unit --- column, gate and return net --- multiplexers, device
 *   supplies --- VDD5, VDD, VDDR, VDDC
 * </pre>
 *
 * Instruments are served by threads of their own; all of them take this object's monitor while they handle a message,
 * so that the laboratory has one order of events.
 */
public final class Wiring {
    /** Answer a trigger edge with a pulse. */
    public interface Source {
        /** {@return what comes out of the two outputs at this edge; {@link Drive#NONE} when nothing does} */
        Drive onTrigger();
    }

    /** Record what a trigger edge brings. */
    public interface Recorder {
        /**
         * Take one trigger edge.
         *
         * @param startSeconds when it came, on the simulated clock
         * @param widthSeconds how long current flows from then on, seconds
         * @param amps mean current into the input during that time, amperes
         */
        void onTrigger(double startSeconds, double widthSeconds, double amps);
    }

    /** Step by the triggers that a pulse-measure unit gives. */
    public interface Follower {
        /**
         * Take one trigger edge.
         *
         * @param seconds when it came, on the simulated clock
         */
        void onTrigger(double seconds);

        /**
         * Notice that time has come so far, before a pulse reaches the lines.
         *
         * @param seconds the simulated time
         */
        void onTime(double seconds);
    }

    /** Stand where nobody follows. */
    private static final Follower NOBODY = new Follower() {
        @Override
        public void onTrigger(double seconds) {
            // nobody listens
        }

        @Override
        public void onTime(double seconds) {
            // nobody waits
        }
    };

    /**
     * Hold what a generator puts out.
     *
     * @param columnVolts height of the column pulse, volts
     * @param gateVolts height of the gate pulse, volts
     * @param widthSeconds length of both, seconds
     */
    public record Drive(double columnVolts, double gateVolts, double widthSeconds) {
        /** Nothing at all. */
        public static final Drive NONE = new Drive(0, 0, 0);
    }

    private static final String ROUTER = "router";
    private static final String GENERATOR = "generator";
    private static final String OSCILLOSCOPE = "oscilloscope";

    private final Multiplexers multiplexers;
    private final Faults faults;
    private final ChipPower power = new ChipPower();
    private final LabDiary diary = new LabDiary(InstantSource.system());
    private final LineWitness witness;
    private final BitSet ground = new BitSet();
    private Source source = () -> Drive.NONE;
    private Recorder recorder = (start, width, amps) -> {};
    private Follower follower = NOBODY;
    private Miswiring miswiring;
    private double nowSeconds;
    private boolean settling;
    private long pulses;

    /**
     * Wire a laboratory around a device.
     *
     * @param device what sits in the socket
     */
    public Wiring(DeviceUnderTest device) {
        this(device, new Faults(0));
    }

    /**
     * Wire a laboratory around a device, with what is wrong in it.
     *
     * @param device what sits in the socket
     * @param faults what is wrong, by the role of the instrument it happens to
     */
    public Wiring(DeviceUnderTest device, Faults faults) {
        this(device, faults, Optional.empty());
    }

    /**
     * Wire a laboratory around a device, with what is wrong in it, and what its owner allows.
     *
     * @param device what sits in the socket
     * @param faults what is wrong, by the role of the instrument it happens to
     * @param limits what the lines should never see; empty when nobody says
     */
    public Wiring(DeviceUnderTest device, Faults faults, Optional<Limits> limits) {
        multiplexers = new Multiplexers(device);
        this.faults = faults;
        witness = new LineWitness(limits);
        miswiring = Miswiring.of(device.geometry(), List.of());
    }

    /**
     * Wire register, pulses and lines otherwise than they should be.
     *
     * @param actual how they are wired from now on
     */
    public synchronized void wire(Miswiring actual) {
        miswiring = actual;
        multiplexers.wire(actual);
    }

    /**
     * Connect the generator.
     *
     * @param generator what answers trigger edges with pulses
     */
    public synchronized void connect(Source generator) {
        source = generator;
    }

    /**
     * Connect the oscilloscope.
     *
     * @param oscilloscope what records at trigger edges
     */
    public synchronized void connect(Recorder oscilloscope) {
        recorder = oscilloscope;
    }

    /**
     * Connect the router's trigger input.
     *
     * @param router what steps by triggers
     */
    public synchronized void connect(Follower router) {
        follower = router;
    }

    /**
     * Let a pulse-measure unit raise its trigger output.
     */
    public synchronized void stepTrigger() {
        if (!strikes(ROUTER, Fault.MISSED_TRIGGER)) {
            follower.onTrigger(nowSeconds);
        }
    }

    /** {@return the simulated time, seconds since the laboratory was switched on} */
    public synchronized double nowSeconds() {
        return nowSeconds;
    }

    /** {@return how many pulses have reached the device} */
    public synchronized long pulses() {
        return pulses;
    }

    /**
     * Let simulated time pass.
     *
     * @param seconds how long
     */
    public synchronized void advance(double seconds) {
        nowSeconds += seconds;
    }

    /** {@return what the instruments did, as far as it bears on safety} */
    public LabDiary diary() {
        return diary;
    }

    /**
     * Let outputs take their time to settle, or not.
     *
     * @param slow whether they do
     */
    public synchronized void settling(boolean slow) {
        settling = slow;
    }

    /** {@return whether outputs take their time to settle} */
    boolean settles() {
        return settling;
    }

    /** {@return what the lines have seen} */
    public LineWitness witness() {
        return witness;
    }

    /** Write into the diary. */
    synchronized void note(String role, String what) {
        diary.write(nowSeconds, role, what);
    }

    /**
     * Let a supply feed a pin of the chip. A pin without a supply is fed as it should be.
     *
     * @param pin the pin
     * @param source what feeds it
     */
    public synchronized void connect(SupplyPin pin, PowerSource source) {
        power.connect(pin, source);
        powerChanged();
    }

    /** Let the chip feel that a supply's output has changed. */
    public synchronized void powerChanged() {
        power.look();
        if (power.forgets()) {
            multiplexers.latch(ground);
        }
    }

    /**
     * Tell what hangs on an output of a supply.
     *
     * @param source the output
     * @return siemens, 0 when it feeds nothing
     */
    public synchronized double loadSiemens(PowerSource source) {
        return power.loadSiemens(source);
    }

    /** {@return one line about the chip's supply pins, for a person} */
    public synchronized String powerText() {
        return power.describe();
    }

    /** {@return whether a fault is set at all, whenever it may strike} */
    boolean isSet(String role, Fault fault) {
        return faults.rules(role).stream().anyMatch(rule -> rule.fault() == fault);
    }

    /**
     * Meet an occasion of a fault, at the present simulated time.
     *
     * @param role whose instrument
     * @param fault what might happen
     * @return whether it happens
     */
    public boolean strikes(String role, Fault fault) {
        return strike(role, fault).isPresent();
    }

    /**
     * Meet an occasion of a fault, at the present simulated time.
     *
     * @param role whose instrument
     * @param fault what might happen
     * @return the rule by which it happens
     */
    public synchronized Optional<FaultRule> strike(String role, Fault fault) {
        return faults.strike(role, fault, nowSeconds);
    }

    /**
     * Shift a content into the chip's line registers and latch it. Without its supplies the chip does not.
     *
     * @param bits the content, laid out as {@link Multiplexers} says
     */
    public synchronized void latch(BitSet bits) {
        if (power.shifts()) {
            boolean before = multiplexers.grounded();
            multiplexers.latch(bits);
            if (before != multiplexers.grounded()) {
                note("router", before ? "lines driven" : "lines grounded");
            }
        }
    }

    /** {@return whether every line of the chip is on ground} */
    public synchronized boolean grounded() {
        return multiplexers.grounded();
    }

    /**
     * Raise the trigger line once: the generator answers, the selected cells get the pulse, the oscilloscope records.
     * Time does not move; the router waits out the pulse itself.
     */
    public synchronized void trigger() {
        Drive drive = strikes(GENERATOR, Fault.MISSED_TRIGGER) ? Drive.NONE : source.onTrigger();
        if (strikes(GENERATOR, Fault.UNPLUGGED)) {
            drive = Drive.NONE;
        }
        // the current returns through the oscilloscope's input: without its cable there is none
        boolean closed = !strikes(OSCILLOSCOPE, Fault.UNPLUGGED);
        double amps = closed ? drive(drive.columnVolts(), drive.gateVolts(), drive.widthSeconds()) : 0;
        if (!strikes(OSCILLOSCOPE, Fault.MISSED_TRIGGER)) {
            recorder.onTrigger(nowSeconds, drive.widthSeconds(), amps);
        }
    }

    /**
     * Give the selected cells one pulse that no trigger line tells of. Time passes.
     *
     * @param drive the pulse
     */
    public synchronized void pulse(Drive drive) {
        drive(drive.columnVolts(), drive.gateVolts(), drive.widthSeconds());
        advance(drive.widthSeconds());
    }

    /**
     * Hold the analogue nets at some volts for a while, with the return net on ground. Time does not move.
     *
     * @param columnVolts volts on the column net (Vin2_col); below 0 the current flows the other way
     * @param gateVolts volts on the gate net (Vin2_row)
     * @param widthSeconds for how long
     * @return mean current into the column net, amperes
     */
    public synchronized double drive(double columnVolts, double gateVolts, double widthSeconds) {
        follower.onTime(nowSeconds);
        power.meetPulse();
        if (widthSeconds <= 0 || !power.connectsLines()) {
            return 0;
        }
        pulses++;
        double most = power.mostLineVolts();
        double column = Math.min(miswiring.columnVolts(columnVolts, gateVolts), most);
        double gate = Math.min(miswiring.gateVolts(columnVolts, gateVolts), most);
        double amps = multiplexers.pulse(column, gate, widthSeconds, nowSeconds);
        if (!multiplexers.grounded()) {
            witness.see(multiplexers.drivesBitLines() ? Math.abs(column) : 0,
                    multiplexers.drivesSourceLines() ? Math.abs(column) : 0,
                    multiplexers.drivesWordLines() ? Math.abs(gate) : 0, widthSeconds, Math.abs(amps), nowSeconds);
        }
        return amps;
    }
}
