package org.memloop.instrument.raspberry;

import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiMode;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.LinkException;

/**
 * Move pins of a Raspberry Pi with Pi4J: SPI mode 0, most significant bit first, and two outputs by their GPIO (BCM) numbers.
 * The address names them:
 *
 * <pre>
 *   PI::SPI0.0::LATCH25::TRIGGER24        SPI bus 0, chip select 0; latch at GPIO 25, trigger at GPIO 24
 * </pre>
 */
public final class Pi4jPins implements RegisterPins {
    private static final Pattern ADDRESS = Pattern.compile("PI::SPI(\\d)\\.(\\d)::LATCH(\\d+)::TRIGGER(\\d+)",
            Pattern.CASE_INSENSITIVE);
    private static final int BAUD = 10_000_000;
    private static final long PULSE_NANOS = 1_000;
    private static final long SLEEP_FROM_NANOS = 2_000_000;
    private static final long WAKE_EARLY_NANOS = 1_000_000;

    private final Context context;
    private final String resource;
    private final Spi spi;
    private final DigitalOutput latch;
    private final DigitalOutput trigger;
    private boolean closed;

    /**
     * Take pins of this computer.
     *
     * @param resource which, as the class says
     * @return the pins
     * @throws ConfigurationException when this is no such address, or no Raspberry Pi
     * @throws LinkException when the pins cannot be had
     */
    public static Pi4jPins open(String resource) {
        requireAddress(resource);
        Context context = Pi4J.newAutoContext();
        String board = context.boardInfo().getBoardModel().getLabel();
        if (!board.startsWith("Raspberry Pi") && !board.startsWith("Compute Module")) {
            context.shutdown();
            throw new ConfigurationException(resource + " should be pins of a 'Raspberry Pi', but this computer is '"
                    + board + "'; run this program on the Pi itself");
        }
        return new Pi4jPins(context, resource);
    }

    /**
     * Take pins of a context.
     *
     * @param context a Pi4J context with providers of SPI and digital outputs; closed with the pins
     * @param resource which, as the class says
     * @throws ConfigurationException when this is no such address
     * @throws LinkException when the pins cannot be had
     */
    public Pi4jPins(Context context, String resource) {
        Matcher address = requireAddress(resource);
        this.context = context;
        this.resource = resource;
        try {
            latch = output("latch", address.group(3));
            trigger = output("trigger", address.group(4));
            spi = context.create(Spi.newConfigBuilder(context).id("register").name("line registers")
                    .bus(SpiBus.getByNumber(Integer.parseInt(address.group(1))))
                    .channel(Integer.parseInt(address.group(2))).mode(SpiMode.MODE_0).baud(BAUD).build());
        } catch (Pi4JException e) {
            context.shutdown();
            throw new LinkException(resource, "", "the pins cannot be had: " + e.getMessage()
                    + "; is SPI switched on (raspi-config), and may this user use /dev/spidev* and /dev/gpiochip*?", e);
        }
    }

    private static Matcher requireAddress(String resource) {
        Matcher address = ADDRESS.matcher(resource.strip());
        if (!address.matches()) {
            throw new ConfigurationException("'" + resource + "' names no pins of a Raspberry Pi; they are written"
                    + " PI::SPI0.0::LATCH25::TRIGGER24");
        }
        return address;
    }

    private DigitalOutput output(String name, String number) {
        return context.create(DigitalOutput.newConfigBuilder(context).id(name).name(name)
                .address(Integer.parseInt(number)).initial(DigitalState.LOW).shutdown(DigitalState.LOW).build());
    }

    @Override
    public String describe() {
        return context.boardInfo().getBoardModel().getLabel() + ", " + resource + ", Pi4J";
    }

    @Override
    public void shift(byte[] bits) {
        try {
            int sent = spi.write(bits);
            if (sent != bits.length) {
                throw new LinkException(resource, "shift", sent + " of " + bits.length + " bytes were shifted in",
                        null);
            }
        } catch (Pi4JException e) {
            throw new LinkException(resource, "shift", e.getMessage(), e);
        }
    }

    @Override
    public void latch() {
        raise(latch);
    }

    @Override
    public void trigger() {
        raise(trigger);
    }

    private void raise(DigitalOutput pin) {
        try {
            pin.high();
            pause(PULSE_NANOS);
            pin.low();
        } catch (Pi4JException e) {
            throw new LinkException(resource, pin.id(), e.getMessage(), e);
        }
    }

    /** Sleep through most of a long time, and wait the rest out awake: Linux wakes sleepers up to a millisecond late. */
    @Override
    public void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (end - System.nanoTime() > SLEEP_FROM_NANOS && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(end - System.nanoTime() - WAKE_EARLY_NANOS);
        }
        while (end - System.nanoTime() > 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.shutdown();
    }
}
