package org.memloop.calibration;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalDouble;

import org.memloop.bench.Bench;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

/**
 * Work on an array on behalf of one procedure: run its programs, say what readings mean, and keep count of what each cell
 * got, so that every measurement can be told together with what was done before it.
 */
public final class Site {
    private final Bench bench;
    private final ConductanceCard card;
    private final Pulse read;
    private final ProcedureObserver observer;
    private final StageListener listener;
    private final long[] pulses;
    private final int[] measurements;
    private final Pulse[] applied;
    private final double[] endSeconds;
    private final BitSet timed = new BitSet();
    private final BitSet limited = new BitSet();
    private OptionalDouble lastDelay = OptionalDouble.empty();

    /**
     * Begin work.
     *
     * @param bench the bench the array is on
     * @param card what a reading means
     * @param read the condition of readings; it may not wear
     * @param observer who takes what is measured
     * @param listener who hears of progress
     */
    public Site(Bench bench, ConductanceCard card, Pulse read, ProcedureObserver observer, StageListener listener) {
        if (read.wears() || !read.measured()) {
            throw new IllegalArgumentException(
                    "pulse " + read.name() + " cannot read: it "
                            + (read.wears() ? "changes cells" : "is not measured"));
        }
        this.bench = bench;
        this.card = card;
        this.read = read;
        this.observer = observer;
        this.listener = listener;
        int cells = bench.capabilities().geometry().cells();
        pulses = new long[cells];
        measurements = new int[cells];
        applied = new Pulse[cells];
        endSeconds = new double[cells];
    }

    /** {@return the bench worked on} */
    public Bench bench() {
        return bench;
    }

    /** {@return the condition of readings} */
    public Pulse read() {
        return read;
    }

    /**
     * Run a program and tell every measurement.
     *
     * @param program the batch
     * @return what was measured, siemens by the card, in the order of the measured pulses
     * @throws org.memloop.bench.BenchException when the bench fails
     */
    public double[] run(PulseProgram program) {
        Readings readings = bench.run(program);
        double[] siemens = new double[readings.size()];
        int reading = 0;
        for (int step = 0; step < program.size(); step++) {
            Pulse pulse = program.pulse(step);
            int cell = program.cell(step);
            if (!pulse.measured()) {
                note(cell, pulse, program.count(step));
                timed.clear(cell);
                continue;
            }
            for (int k = 0; k < program.count(step); k++, reading++) {
                siemens[reading] = card.siemens(readings.volts(reading), readings.amps(reading));
                note(cell, pulse, 1);
                tell(cell, pulse, readings, reading, siemens[reading]);
            }
        }
        return siemens;
    }

    private void note(int cell, Pulse pulse, int count) {
        if (pulse.wears()) {
            pulses[cell] += count;
            applied[cell] = pulse;
        }
    }

    private void tell(int cell, Pulse pulse, Readings readings, int reading, double siemens) {
        double start = readings.seconds(reading);
        limited.set(cell, readings.quality(reading) == Readings.Quality.IN_COMPLIANCE);
        OptionalDouble delay = timed.get(cell) && !pulse.wears()
                ? OptionalDouble.of(start - endSeconds[cell])
                : OptionalDouble.empty();
        lastDelay = delay;
        observer.observed(new Observation(cell, measurements[cell]++, Optional.ofNullable(applied[cell]), pulses[cell],
                pulse, start, delay, readings.volts(reading), readings.amps(reading), siemens,
                readings.quality(reading)));
        if (pulse.wears()) {
            endSeconds[cell] = start + pulse.widthSeconds();
            // the answer of a pulse that was fired before a crash may be lost, and its time with it
            timed.set(cell, readings.quality(reading) != Readings.Quality.LOST);
        }
    }

    /**
     * Read cells once each.
     *
     * @param cells their numbers
     * @return conductances, siemens, in the same order
     */
    public double[] read(int... cells) {
        return run(PulseProgram.of(read, cells));
    }

    /**
     * Give cells one pulse each.
     *
     * @param pulse the condition
     * @param cells their numbers
     * @return conductances during the pulse when it is measured, otherwise nothing
     */
    public double[] pulse(Pulse pulse, int... cells) {
        return run(PulseProgram.of(pulse, cells));
    }

    /**
     * Tell whether the source limited the current at the last measurement of a cell.
     *
     * @param cell its number
     * @return true when it did
     */
    public boolean limited(int cell) {
        return limited.get(cell);
    }

    /**
     * Tell how long after its pulse the last reading came.
     *
     * @return seconds; 0 when the time of the pulse is not known
     */
    public double lastDelaySeconds() {
        return lastDelay.orElse(0);
    }

    /**
     * Let time pass with every line on ground.
     *
     * @param seconds how long
     */
    public void rest(double seconds) {
        if (seconds > 0) {
            bench.rest(seconds);
        }
    }

    /**
     * Tell how many wearing pulses a cell got so far.
     *
     * @param cell its number
     * @return pulses
     */
    public long pulses(int cell) {
        return pulses[cell];
    }

    /**
     * Say how a cell came out.
     *
     * @param cell its number
     * @param result whether the aim was reached
     * @param siemens its last conductance
     * @param note why, for a person; one line without commas
     */
    public void judge(int cell, Verdict.Result result, double siemens, String note) {
        observer.judged(new Verdict(cell, result, pulses[cell], siemens, note));
    }

    /**
     * Say what was found about the health of a cell.
     *
     * @param cell its number
     * @param health what was found
     */
    public void found(int cell, CellHealth health) {
        observer.found(cell, health);
    }

    /**
     * Tell how far the work is; whoever listens may end it here by an exception.
     *
     * @param stage what is being done
     * @param done how many of its parts are done
     * @param of how many there are
     */
    public void progress(String stage, int done, int of) {
        listener.onProgress(stage, done, of);
    }
}
