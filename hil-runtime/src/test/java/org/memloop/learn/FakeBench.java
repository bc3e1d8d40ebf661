package org.memloop.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.memloop.bench.Bench;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

/** Be an array of ideal devices: each weak reset lowers a conductance by the same step, each reading is exact. */
final class FakeBench implements Bench {
    static final double STEP_SIEMENS = 1e-6;

    final double[] siemens;
    final List<PulseProgram> programs = new ArrayList<>();
    private final Geometry geometry;
    RuntimeException failure;
    int exhausted;

    FakeBench(int rows, int columns, double startSiemens) {
        geometry = new Geometry(rows, columns);
        siemens = new double[geometry.cells()];
        Arrays.fill(siemens, startSiemens);
    }

    @Override
    public Capabilities capabilities() {
        Limits limits = new Limits(3, 3, 5, 1e-9, 1, Long.MAX_VALUE);
        return new Capabilities("fake", geometry, limits, new Capabilities.ReadAccuracy(0, 0), List.of());
    }

    @Override
    public Readings run(PulseProgram program) {
        if (failure != null) {
            throw failure;
        }
        programs.add(program);
        Readings.Builder readings = Readings.builder(program.readingCount());
        for (int step = 0; step < program.size(); step++) {
            int cell = program.cell(step);
            if (program.pulse(step).equals(Pulse.READ)) {
                readings.add(step, 0.2, 0.2 * siemens[cell], 0, Readings.Quality.GOOD);
            } else {
                siemens[cell] -= STEP_SIEMENS * program.count(step);
            }
        }
        return readings.build();
    }

    @Override
    public int exhaustedCells() {
        return exhausted;
    }

    @Override
    public void rest(double seconds) {}

    @Override
    public void close() {}
}
