package org.memloop.sim.replay;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Operations;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Replay;
import org.memloop.bench.Safeguard;
import org.memloop.instrument.StepTiming;
import org.memloop.recording.Recording;
import org.memloop.sim.array.SimBench;

/**
 * Let every cell follow the recorded conductances of one device, drawn for it at random (thesis, sections 4.3.3 to
 * 4.3.5): a weak RESET moves the cell one column on, a READ answers the column it is at. So a reading repeats itself,
 * noise included, until the next pulse.
 *
 * <pre>
 *   device = random(seed, cell)      t = weak RESETs so far, at most columns - 1      amps = G[device][t] * volts
 * </pre>
 *
 * A cell at the last column stays there and counts as exhausted.
 */
public final class TracesBench implements Bench {
    static final Operations OPERATIONS = Operations.only("a recording of weak RESET pulses has no answer to it",
            Pulse.READ, Pulse.WEAK_RESET);

    private final Replay replay;
    private final Capabilities capabilities;
    private final Safeguard safeguard;
    private double nowSeconds;
    private boolean closed;

    /**
     * Give each cell of an array a device of a recording.
     *
     * @param recording the devices
     * @param geometry shape of the array; cells may outnumber devices
     * @param seed chooses the device of each cell; a cell's choice does not depend on how many others there are
     */
    public TracesBench(Recording recording, Geometry geometry, long seed) {
        int[] devices = new int[geometry.cells()];
        Arrays.setAll(devices, cell -> device(seed, cell, recording.devices()));
        replay = new Replay(recording.table(), recording.pulses(), devices);
        capabilities = new Capabilities(
                "recording " + recording + " on " + geometry + " cells, seed " + seed, geometry, SimBench.LIMITS,
                new Capabilities.ReadAccuracy(0, 0), List.of(),
                OPERATIONS);
        safeguard = new Safeguard(capabilities);
    }

    /** The generator steps by a fixed increment: starting it {@code cell} steps on finds the cell's own number. */
    private static int device(long seed, int cell, int devices) {
        long stream = new SplittableRandom(seed).nextLong();
        return new SplittableRandom(stream + cell * 0x9E3779B97F4A7C15L).nextInt(devices);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Optional<Replay> replay() {
        requireOpen();
        return Optional.of(replay);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the bench is closed");
        }
    }

    @Override
    public Readings run(PulseProgram program) {
        requireOpen();
        safeguard.admit(program);
        Readings.Builder readings = Readings.builder(program.readingCount());
        int step = 0;
        while (step < program.size()) {
            int end = program.segmentEnd(step);
            if (program.pulse(step).measured()) {
                read(program, step, end, readings);
            } else {
                lower(program, step, end);
            }
            step = end;
        }
        return readings.build();
    }

    private void read(PulseProgram program, int from, int to, Readings.Builder readings) {
        Pulse pulse = program.pulse(from);
        double periodSeconds = StepTiming.USUAL.periodSeconds(pulse.widthSeconds());
        for (int step = from; step < to; step++) {
            double amps = replay.siemens()[replay.position(replay.slot(program.cell(step)))] * pulse.columnVolts();
            for (int k = 0; k < program.count(step); k++) {
                readings.add(step, pulse.columnVolts(), amps, nowSeconds + StepTiming.USUAL.settleSeconds(),
                        Readings.Quality.GOOD);
                nowSeconds += periodSeconds;
            }
        }
    }

    private void lower(PulseProgram program, int from, int to) {
        double periodSeconds = StepTiming.USUAL.periodSeconds(program.pulse(from).widthSeconds());
        for (int step = from; step < to; step++) {
            nowSeconds += program.count(step) * periodSeconds;
            replay.pulse(replay.slot(program.cell(step)), program.count(step));
        }
    }

    /** A recording knows pulses and no hours: its clock moves on, its answers stay. */
    @Override
    public void rest(double seconds) {
        Bench.requireDuration(seconds);
        requireOpen();
        nowSeconds += seconds;
    }

    /** {@return how many cells stand at the end of their recording} */
    @Override
    public int exhaustedCells() {
        return replay.exhaustedCells();
    }

    @Override
    public void close() {
        closed = true;
    }
}
