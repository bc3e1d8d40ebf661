package org.memloop.sim.instrument;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicLong;

import org.memloop.bench.LinkException;
import org.memloop.link.Link;

/** Lead a driver's bytes straight into an emulator, whose clock stands still unless a test moves it. */
final class DirectLink implements Link {
    final AtomicLong nanos = new AtomicLong();
    final RouterEmulator emulator;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private byte[] lastRequest = {};

    DirectLink(Wiring wiring, CountingDevice device) {
        emulator = new RouterEmulator(wiring, device.geometry(), nanos::get, 77);
    }

    @Override
    public String resource() {
        return "direct";
    }

    @Override
    public void write(byte[] bytes) {
        lastRequest = bytes.clone();
        emulator.receive(bytes, bytes.length, answers::writeBytes);
    }

    /** {@return what the emulator answers to these bytes} */
    byte[] exchange(byte[] bytes) {
        write(bytes);
        return taken();
    }

    byte[] lastRequest() {
        return lastRequest.clone();
    }

    void tick() {
        emulator.tick(answers::writeBytes);
    }

    private byte[] taken() {
        byte[] all = answers.toByteArray();
        answers.reset();
        return all;
    }

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
        for (int i = 0; i < 10_000 && answers.size() == 0; i++) {
            tick();
        }
        byte[] all = taken();
        if (all.length == 0 || all.length > length) {
            throw new LinkException("direct", "", "nothing came", null);
        }
        System.arraycopy(all, 0, into, offset, all.length);
        return all.length;
    }

    @Override
    public void close() {}
}
