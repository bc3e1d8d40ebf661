package org.memloop.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.memloop.bench.LinkException;

/**
 * Carry bytes over a raw TCP socket, usually an instrument's port 5025. Small commands leave at once (no Nagle delay);
 * reading and writing wait on a selector, so that neither can outlast its deadline.
 */
public final class SocketLink implements Link {
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long WRITE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final String resource;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long writeNanos;

    /**
     * Connect within 3 s, and give every write 3 s.
     *
     * @param name where to connect to
     * @throws LinkException when nobody answers there
     */
    public SocketLink(ResourceName.Socket name) {
        this(name, CONNECT_NANOS, WRITE_NANOS);
    }

    /**
     * Connect.
     *
     * @param name where to connect to
     * @param connectNanos how long to wait for the connection, nanoseconds
     * @param writeNanos how long one write may take, nanoseconds
     * @throws LinkException when nobody answers there
     */
    @SuppressWarnings("resource") // the channel is closed by close(), or below when connecting fails
    public SocketLink(ResourceName.Socket name, long connectNanos, long writeNanos) {
        this.resource = name.toString();
        this.writeNanos = writeNanos;
        SocketChannel opened = null;
        try {
            InetSocketAddress address = new InetSocketAddress(name.host(), name.port());
            if (address.isUnresolved()) {
                throw failure("cannot connect: the host name " + name.host() + " is not known", null);
            }
            opened = SocketChannel.open();
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.socket().connect(address, (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(connectNanos)));
            opened.configureBlocking(false);
            selector = Selector.open();
            key = opened.register(selector, SelectionKey.OP_READ);
            channel = opened;
        } catch (IOException e) {
            closeQuietly(opened);
            throw failure("cannot connect: " + reason(e, connectNanos)
                    + "; is the instrument on and its SCPI socket enabled?", e);
        }
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public void write(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        long deadline = System.nanoTime() + writeNanos;
        try {
            while (true) {
                channel.write(rest);
                if (!rest.hasRemaining()) {
                    return;
                }
                await(SelectionKey.OP_WRITE, deadline, "did not take " + bytes.length + " bytes within ", writeNanos);
            }
        } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
            throw broken(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            while (true) {
                int count = channel.read(buffer);
                if (count > 0) {
                    return count;
                }
                if (count < 0) {
                    throw failure("the instrument closed the connection; was it switched off or restarted?", null);
                }
                await(SelectionKey.OP_READ, deadline, "no answer within ", timeoutNanos);
            }
        } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
            throw broken(e);
        }
    }

    private void await(int operation, long deadline, String problem, long allowedNanos) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw failure(problem + seconds(allowedNanos), null);
        }
        if (key.isValid()) {
            key.interestOps(operation);
        }
        selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
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

    private LinkException failure(String problem, Throwable cause) {
        return new LinkException(resource, "", problem, cause);
    }

    private static String reason(IOException e, long connectNanos) {
        return switch (e) {
            case SocketTimeoutException _ -> "no answer within " + seconds(connectNanos);
            case NoRouteToHostException _ -> "no route to the host";
            case ConnectException _ -> lower(e.getMessage());
            default -> lower(String.valueOf(e.getMessage()));
        };
    }

    private static String lower(String text) {
        return text == null || text.isEmpty()
                ? "no reason given"
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3g s", nanos * 1e-9);
    }

    @Override
    public void close() {
        closeQuietly(channel);
        closeQuietly(selector);
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
