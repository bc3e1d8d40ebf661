package org.memloop.link;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;

import org.memloop.bench.LinkException;

/**
 * Speak through a serial port: 8 data bits, no parity, 1 stop bit, no flow control.
 *
 * <p>The operating system's read and write know neither short deadlines nor interrupts, so two threads of the link's own
 * sit in them, and the caller waits for those on conditions, which know both.
 */
public final class SerialLink implements Link {
    /** How long one write may take when the opener names no other limit. */
    public static final Duration WRITE_TIMEOUT = Duration.ofSeconds(2);

    /** How soon the reading thread notices that the link was closed; the finest grain Linux has is 100 ms. */
    private static final int POLL_MILLIS = 100;
    /** How long the end of the program waits for the bench to be grounded before serial ports are taken away. */
    private static final long SHUTDOWN_MILLIS = 3000;

    private final String resource;
    private final SerialPort port;
    private final long writeNanos;
    private final Inbox inbox;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService writer;

    private SerialLink(String resource, SerialPort port, Duration writeTimeout) {
        this.resource = resource;
        this.port = port;
        this.writeNanos = writeTimeout.toNanos();
        this.inbox = new Inbox(resource);
        this.writer = Executors
                .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("serial-write " + resource).factory());
    }

    /**
     * Open a port.
     *
     * @param name its name: {@code /dev/ttyACM0}, {@code /dev/pts/3}, {@code COM3}, or one that {@link SerialPorts} finds
     * @param baud bits per second, for example 921600
     * @param writeTimeout how long one write may take
     * @return an open link; what the port had received before is dropped
     * @throws LinkException when there is no such port, several are meant, it is in use, or this user may not open it
     */
    public static SerialLink open(String name, int baud, Duration writeTimeout) {
        String port = SerialPorts.here().path(name);
        SerialPort serial;
        try {
            serial = SerialPort.getCommPort(port);
        } catch (SerialPortInvalidPortException e) {
            throw new LinkException(new ResourceName.Serial(name).toString(), "", noSuchPort(), e);
        }
        serial.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        serial.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        serial.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, POLL_MILLIS, 0);
        if (!serial.openPort()) {
            throw new LinkException(new ResourceName.Serial(name).toString(), "",
                    whyNotOpened(port, serial.getLastErrorCode()), null);
        }
        serial.flushIOBuffers();
        SerialLink link = new SerialLink(new ResourceName.Serial(name).toString(), serial, writeTimeout);
        Thread.ofPlatform().daemon().name("serial-read " + port).start(link::receive);
        // The serial library closes every port when the program ends; let whoever grounds the bench then go first.
        CountDownLatch latch = link.closed;
        SerialPort.addShutdownHook(Thread.ofPlatform().unstarted(() -> waitBriefly(latch)));
        return link;
    }

    private static void waitBriefly(CountDownLatch latch) {
        try {
            latch.await(SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String noSuchPort() {
        return "no such serial port; " + SerialPorts.here().listed();
    }

    /** Explain the error number that jSerialComm passes on from the system; the two families share few numbers. */
    private static String whyNotOpened(String port, int error) {
        String inUse = "the serial port is in use by another program (a serial terminal, another run?); close it there";
        String forbidden = "this user may not open the serial port; on Linux add the user to the group 'dialout'";
        if (System.getProperty("os.name").startsWith("Windows")) {
            return switch (error) {
                case 2, 3 -> noSuchPort();
                case 5 -> inUse;
                default -> "the serial port could not be opened (Windows error " + error + ")";
            };
        }
        return switch (error) {
            case 2 -> Files.exists(Path.of(port)) ? "the serial port is already open in this program" : noSuchPort();
            case 1, 13 -> forbidden;
            case 11, 16, 35 -> inUse;
            case 6, 19 -> "the serial port has no device behind it; check cable and power";
            default -> "the serial port could not be opened (errno " + error + ")";
        };
    }

    private void receive() {
        byte[] chunk = new byte[4096];
        while (closed.getCount() > 0) {
            int count = port.readBytes(chunk, chunk.length);
            if (count < 0) {
                inbox.end("the serial port is gone; is the cable still plugged in?");
                return;
            }
            inbox.put(chunk, count);
        }
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public void write(byte[] bytes) {
        byte[] copy = bytes.clone();
        try {
            Future<Integer> sent = writer.submit(() -> port.writeBytes(copy, copy.length));
            if (sent.get(writeNanos, TimeUnit.NANOSECONDS) != copy.length) {
                throw failed("the serial port took no more bytes; is the cable still plugged in?", null);
            }
        } catch (TimeoutException e) {
            close(); // the only way to free the thread that is stuck in the write
            throw failed("the other side took no bytes for " + Duration.ofNanos(writeNanos).toMillis()
                    + " ms; the link is closed now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted while sending", e);
        } catch (RejectedExecutionException e) {
            throw failed("the link is closed", e);
        } catch (ExecutionException e) {
            throw failed("the serial port failed: " + e.getCause(), e);
        }
    }

    private LinkException failed(String problem, Exception cause) {
        return new LinkException(resource, "", problem, cause);
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        return inbox.take(into, offset, length, timeoutNanos);
    }

    @Override
    public void close() {
        closed.countDown();
        inbox.end("the link is closed");
        writer.shutdown();
        port.closePort();
    }
}
