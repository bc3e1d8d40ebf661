package org.memloop.experiments;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.memloop.learn.Epoch;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talk to the person at the terminal and to the program behind the pipe. Results go to standard output; progress and
 * remarks go to standard error. When JSON is wanted, standard output carries one object on each line and nothing else,
 * and what a person reads goes to standard error.
 */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final InstantSource clock;
    private final boolean json;
    private final Runnable afterEpoch;
    private int epochsSoFar;
    private double secondsSoFar;

    /**
     * Talk through two streams.
     *
     * @param out where results go
     * @param err where progress and remarks go
     * @param terminal whether a line of {@code err} can be drawn over
     * @param clock tells the time for estimates
     */
    public Console(PrintStream out, PrintStream err, boolean terminal, InstantSource clock) {
        this(out, err, terminal, clock, false, () -> {});
    }

    private Console(PrintStream out, PrintStream err, boolean terminal, InstantSource clock, boolean json,
            Runnable afterEpoch) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.json = json;
        this.afterEpoch = afterEpoch;
    }

    /**
     * Choose between text and JSON.
     *
     * @param wanted whether standard output is for a program
     * @return a console that does so, with its estimates begun anew
     */
    public Console withJson(boolean wanted) {
        return new Console(out, err, terminal, clock, wanted, afterEpoch);
    }

    /**
     * Fall silent, for a run that is part of a greater task.
     *
     * @param epochDone told of every epoch
     * @return a console that says nothing
     */
    public Console silent(Runnable epochDone) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(nowhere, nowhere, false, clock, false, epochDone);
    }

    /**
     * Say something on the way.
     *
     * @param line one line
     */
    public void remark(String line) {
        err.println(line);
    }

    /**
     * Say a result.
     *
     * @param line one line
     */
    public void result(String line) {
        (json ? err : out).println(line);
    }

    /**
     * Say a result to a program; without JSON, say nothing.
     *
     * @param values keys and values of one object, in order
     */
    public void object(Map<String, ?> values) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(values));
            out.flush();
        }
    }

    /**
     * Show the progress of a task.
     *
     * @param task what a person calls it
     * @param total how many steps it has
     * @return the display, to be closed when the task is done and before anything else is said
     */
    public Progress progress(String task, long total) {
        return terminal ? new BarProgress(err, task, total) : new PlainProgress(err, clock, task, total);
    }

    /**
     * Say how an epoch went and when the last one will be done.
     *
     * @param row the epoch
     * @param epochs how many there will be
     */
    public void epoch(EpochRow row, int epochs) {
        Epoch epoch = row.epoch();
        epochsSoFar++;
        secondsSoFar += epoch.seconds();
        double left = secondsSoFar / epochsSoFar * (epochs - epoch.epoch());
        result(String.format(Locale.ROOT, "epoch %d/%d  train %.1f %%  validation %.1f %%  pulses %,d  %s%s",
                epoch.epoch(), epochs, 100 * epoch.trainAccuracy(), 100 * epoch.validationAccuracy(), epoch.pulses(),
                duration(epoch.seconds()), epoch.epoch() < epochs ? "  done in " + duration(left) : ""));
        object(row.object());
        afterEpoch.run();
    }

    /**
     * Write a time as a person says it.
     *
     * @param seconds the time, seconds
     * @return for example {@code 12.3 s}, {@code 4 min 10 s} or {@code 2 h 5 min}
     */
    public static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return String.format(Locale.ROOT, seconds < 20 ? "%.1f s" : "%.0f s", seconds);
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
