package org.memloop.sim.instrument;

import java.util.BitSet;

import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.array.Multiplexers;

/**
 * Join the emulated instruments of one laboratory: the trigger line from the router to generator and oscilloscope, the
 * analogue nets from the generator through the chip into the oscilloscope, and one simulated clock.
 *
 * <pre>
 *   router --trigger--> generator --column, gate pulse--> multiplexers, device --current--> oscilloscope input
 *        \--trigger-----------------------------------------------------------------------> oscilloscope trigger
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

    private final Multiplexers multiplexers;
    private Source source = () -> Drive.NONE;
    private Recorder recorder = (start, width, amps) -> {};
    private double nowSeconds;
    private long pulses;

    /**
     * Wire a laboratory around a device.
     *
     * @param device what sits in the socket
     */
    public Wiring(DeviceUnderTest device) {
        multiplexers = new Multiplexers(device);
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

    /**
     * Latch the chip's line registers.
     *
     * @param bits the content, laid out as {@link Multiplexers} says
     */
    public synchronized void latch(BitSet bits) {
        multiplexers.latch(bits);
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
        Drive drive = source.onTrigger();
        double amps = 0;
        if (drive.widthSeconds() > 0) {
            amps = multiplexers.pulse(drive.columnVolts(), drive.gateVolts(), drive.widthSeconds(), nowSeconds);
            pulses++;
        }
        recorder.onTrigger(nowSeconds, drive.widthSeconds(), amps);
    }
}
