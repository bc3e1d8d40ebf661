package org.memloop.experiments;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Show progress where no line can be drawn over: one line now and then, none for a task that is done before. */
final class PlainProgress implements Progress {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final PrintStream out;
    private final InstantSource clock;
    private final String task;
    private final long total;
    private final Instant start;
    private Instant next;

    PlainProgress(PrintStream out, InstantSource clock, String task, long total) {
        this.out = out;
        this.clock = clock;
        this.task = task;
        this.total = total;
        this.start = clock.instant();
        this.next = start.plus(EVERY);
    }

    @Override
    public void reach(long done) {
        Instant now = clock.instant();
        if (done <= 0 || done >= total || now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        double spent = Duration.between(start, now).toMillis() / 1000.0;
        out.println(task + "  " + 100 * done / total + " %  " + done + "/" + total + "  done in "
                + Console.duration(spent * (total - done) / done));
    }

    @Override
    public void close() {
        // nothing stays on the screen that would have to be taken away
    }
}
