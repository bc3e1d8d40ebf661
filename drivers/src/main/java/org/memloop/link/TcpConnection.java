package org.memloop.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.memloop.bench.LinkException;

/**
 * Hold a TCP connection on which nothing outlasts its deadline. Small messages leave at once (no Nagle delay); reading
 * and writing wait on selectors, which know deadlines and interrupts. One thread may read while another writes.
 */
final class TcpConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String resource;
    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final SelectionKey whenWritable;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();

    /**
     * Connect.
     *
     * @param resource who is spoken to, for messages
     * @param connectNanos how long to wait for the connection
     * @param advice what to look at when nobody answers
     * @throws LinkException when nobody answers there
     */
    @SuppressWarnings("resource") // all is closed by close(), or below when connecting fails
    TcpConnection(String resource, String host, int port, long connectNanos, String advice) {
        this.resource = resource;
        long deadline = System.nanoTime() + connectNanos;
        SocketChannel opened = null;
        try {
            InetSocketAddress address = new InetSocketAddress(lookup(host, deadline), port);
            opened = SocketChannel.open();
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.socket().connect(address, Patience.millis(deadline - System.nanoTime()));
            opened.configureBlocking(false);
            readable = Selector.open();
            writable = Selector.open();
            opened.register(readable, SelectionKey.OP_READ);
            whenWritable = opened.register(writable, 0);
            channel = opened;
        } catch (IOException | TimeoutException e) {
            closeQuietly(opened);
            throw failure("cannot connect: " + reason(e, host, connectNanos) + advice, e);
        }
    }

    /** Look a name up in a thread of its own: the system's look-up knows no deadline. */
    private static InetAddress lookup(String host, long deadline) throws IOException, TimeoutException {
        FutureTask<InetAddress> lookup = new FutureTask<>(() -> InetAddress.getByName(host));
        Thread.ofVirtual().name("look-up of " + host).start(lookup);
        try {
            return lookup.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static String reason(Exception e, String host, long connectNanos) {
        return switch (e) {
            case TimeoutException _ -> "the host name " + host + " was not found within "
                    + Patience.seconds(connectNanos);
            case UnknownHostException _ -> "the host name " + host + " is not known";
            case SocketTimeoutException _ -> "no answer within " + Patience.seconds(connectNanos);
            case NoRouteToHostException _ -> "no route to the host";
            case ClosedByInterruptException _ -> "interrupted while connecting";
            case ConnectException _ -> lower(e.getMessage());
            default -> lower(String.valueOf(e.getMessage()));
        };
    }

    InetAddress localAddress() {
        return channel.socket().getLocalAddress();
    }

    InetAddress remoteAddress() {
        return channel.socket().getInetAddress();
    }

    int localPort() {
        return channel.socket().getLocalPort();
    }

    /** Send bytes, all of them. */
    void write(byte[] bytes, long nanos) {
        write(ByteBuffer.wrap(bytes), bytes.length, nanos);
    }

    /** Send bytes, all of them; close the connection when only some have left, as nobody could find the next message. */
    void writeWhole(byte[] bytes, long nanos) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try {
            write(rest, bytes.length, nanos);
        } catch (LinkException e) {
            if (rest.position() > 0 && rest.hasRemaining()) {
                close();
                throw failure(bare(e) + "; the link is closed now", e);
            }
            throw e;
        }
    }

    /** {@return what a failure says, without who} */
    String bare(LinkException e) {
        String text = e.getMessage();
        return text.startsWith(resource + ": ") ? text.substring(resource.length() + 2) : text;
    }

    private void write(ByteBuffer rest, int length, long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            while (true) {
                channel.write(rest);
                if (!rest.hasRemaining()) {
                    return;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw failure("did not take " + length + " bytes within " + Patience.seconds(nanos), null);
                }
                whenWritable.interestOps(SelectionKey.OP_WRITE);
                select(writable, left);
            }
        } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
            throw broken(e);
        }
    }

    /**
     * Take 1 to {@code length} bytes.
     *
     * @param deadline until when, on the clock of {@link System#nanoTime()}
     * @param allowedNanos how long that was, for the message
     */
    int read(byte[] into, int offset, int length, long deadline, long allowedNanos) {
        if (!buffer.hasRemaining() && length >= BUFFER_BYTES) {
            return receive(ByteBuffer.wrap(into, offset, length), deadline, allowedNanos);
        }
        require(1, deadline, allowedNanos);
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
    }

    /**
     * Wait until so many bytes are in the buffer; those that came stay there when not all come in time.
     *
     * @return the buffer, to take them from
     */
    ByteBuffer require(int count, long deadline, long allowedNanos) {
        while (buffer.remaining() < count) {
            buffer.compact();
            try {
                receive(buffer, deadline, allowedNanos);
            } finally {
                buffer.flip();
            }
        }
        return buffer;
    }

    private int receive(ByteBuffer into, long deadline, long allowedNanos) {
        try {
            while (true) {
                int count = channel.read(into);
                if (count > 0) {
                    return count;
                }
                if (count < 0) {
                    throw failure("the instrument closed the connection; was it switched off or restarted?", null);
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw failure("no answer within " + Patience.seconds(allowedNanos), null);
                }
                select(readable, left);
            }
        } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
            throw broken(e);
        }
    }

    private void select(Selector selector, long leftNanos) throws IOException {
        selector.select(Patience.millis(leftNanos));
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw failure("interrupted while waiting for the instrument", null);
        }
    }

    private LinkException broken(Exception e) {
        String how = !(e instanceof IOException) || e instanceof ClosedChannelException
                ? "the link is closed"
                : "the connection broke: " + lower(e.getMessage());
        return failure(how, e);
    }

    LinkException failure(String problem, Throwable cause) {
        return new LinkException(resource, "", problem, cause);
    }

    private static String lower(String text) {
        return text == null || text.isEmpty()
                ? "no reason given"
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    @Override
    public void close() {
        closeQuietly(channel);
        closeQuietly(readable);
        closeQuietly(writable);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception _) {
            // nothing is left to save: the connection is being given up
        }
    }
}
