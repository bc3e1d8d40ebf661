package org.memloop.experiments;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Show progress as a bar on a terminal; it is gone when the task is done. */
final class BarProgress implements Progress {
    private final ProgressBar bar;

    BarProgress(PrintStream out, String task, long total) {
        bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200).clearDisplayOnFinish()
                .setConsumer(new LastLine(out)).build();
    }

    /** Leaves the cursor where the bar began, for the next line to be written there. */
    private static final class LastLine extends ConsoleProgressBarConsumer {
        private final PrintStream out;

        LastLine(PrintStream out) {
            super(out);
            this.out = out;
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    @Override
    public void reach(long done) {
        bar.stepTo(done);
    }

    @Override
    public void close() {
        bar.close();
    }
}
