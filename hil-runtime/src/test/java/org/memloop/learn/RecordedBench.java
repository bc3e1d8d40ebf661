package org.memloop.learn;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.bench.Replay;

/** Be an array of recorded cells that lets itself be looked into, or not. */
final class RecordedBench implements Bench {
    private static final int TRACES = 7;
    private static final int LENGTH = 16;

    private final Geometry geometry;
    private final Replay replay;
    private final boolean open;
    int programs;

    RecordedBench(Geometry geometry, boolean open) {
        this.geometry = geometry;
        this.open = open;
        Random random = new Random(8);
        float[] siemens = new float[TRACES * LENGTH];
        for (int i = 0; i < siemens.length; i++) {
            siemens[i] = 90e-6f - i % LENGTH * 3e-6f + random.nextFloat(5e-6f);
        }
        replay = new Replay(siemens, LENGTH, random.ints(geometry.cells(), 0, TRACES).toArray());
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities("recorded", geometry, new Limits(3, 3, 5, 1e-9, 1, Long.MAX_VALUE),
                new Capabilities.ReadAccuracy(0, 0), List.of());
    }

    @Override
    public Readings run(PulseProgram program) {
        programs++;
        Readings.Builder readings = Readings.builder(program.readingCount());
        for (int step = 0; step < program.size(); step++) {
            int slot = replay.slot(program.cell(step));
            Pulse pulse = program.pulse(step);
            if (pulse.measured()) {
                readings.add(step, pulse.columnVolts(), replay.siemens()[replay.position(slot)] * pulse.columnVolts(),
                        0, Readings.Quality.GOOD);
            } else {
                replay.pulse(slot, program.count(step));
            }
        }
        return readings.build();
    }

    @Override
    public int exhaustedCells() {
        return replay.exhaustedCells();
    }

    @Override
    public Optional<Replay> replay() {
        return open ? Optional.of(replay) : Optional.empty();
    }

    @Override
    public void rest(double seconds) {}

    @Override
    public void close() {}
}
