package org.memloop.sim.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * Weigh this process, to see whether servers leave anything behind.
 *
 * @param files open files and sockets; 0 where the system does not tell
 * @param threads of the operating system
 * @param heapBytes in use after a collection
 */
record Footprint(long files, int threads, long heapBytes) {
    /** Twenty bytes a message, when a million are sent. */
    private static final long HEAP_BYTES_MORE = 20_000_000;
    /** Carriers of virtual threads, and others that the runtime starts when it has much to do. */
    private static final int THREADS_MORE = 12;
    private static final int PATIENCE = 500;

    static Footprint now() {
        System.gc();
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
        return new Footprint(files, ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private boolean allows(Footprint later) {
        // some files for classes, and for channels that the runtime keeps
        return later.files <= files + 8 && later.threads <= threads + THREADS_MORE
                && later.heapBytes <= heapBytes + HEAP_BYTES_MORE;
    }

    /** Refuse a process that has grown since; what is just being closed is waited for. */
    void requireNothingLeft() throws InterruptedException {
        Footprint later = now();
        for (int i = 0; i < PATIENCE && !allows(later); i++) {
            Thread.sleep(20);
            later = now();
        }
        assertTrue(allows(later), "something is left behind: " + this + ", later " + later);
    }
}
