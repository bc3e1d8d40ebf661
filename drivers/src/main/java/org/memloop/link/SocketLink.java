package org.memloop.link;

import org.memloop.bench.LinkException;

/** Carry bytes over a raw TCP socket, usually an instrument's port 5025. */
public final class SocketLink implements Link {
    private final String resource;
    private final TcpConnection connection;
    private final long writeNanos;

    /**
     * Connect within 3 s, and give every write 3 s.
     *
     * @param name where to connect to
     * @throws LinkException when nobody answers there
     */
    public SocketLink(ResourceName.Socket name) {
        this(name, Patience.USUAL);
    }

    /**
     * Connect.
     *
     * @param name where to connect to
     * @param patience how long to wait for the connection, and for each write
     * @throws LinkException when nobody answers there
     */
    public SocketLink(ResourceName.Socket name, Patience patience) {
        this.resource = name.toString();
        this.writeNanos = patience.operationNanos();
        connection = new TcpConnection(resource, name.host(), name.port(), patience.connectNanos(),
                "; is the instrument on and its SCPI socket enabled?");
    }

    @Override
    public String resource() {
        return resource;
    }

    @Override
    public long answerNanos() {
        return writeNanos;
    }

    @Override
    public void write(byte[] bytes) {
        connection.write(bytes, writeNanos);
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        return connection.read(into, offset, length, System.nanoTime() + timeoutNanos, timeoutNanos);
    }

    @Override
    public void close() {
        connection.close();
    }
}
