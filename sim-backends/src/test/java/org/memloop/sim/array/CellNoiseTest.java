package org.memloop.sim.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.memloop.sim.device.CellSolver.OperatingPoint;
import org.memloop.sim.device.Technology;
import org.memloop.sim.device.TechnologyCard;

class CellNoiseTest {
    private static final int CELLS = 60_000;
    private static final double WIDTH_SECONDS = 1e-4;
    private static final Technology CELL = TechnologyCard.builtIn("hfox-leti");
    /** Current and volts of one conductance quantum. */
    private static final OperatingPoint POINT = new OperatingPoint(0.1, 0.1 * CELL.noise().referenceSiemens());

    @Test
    void decadesForgetEachInItsOwnTime() {
        // close pairs after long pauses, so that decades forget, are known by their sum, and are wanted again
        double[] seconds = {1e-3, 1.2e-3, 2, 2.0003, 2.02, 50, 50.0002, 4000, 4000.0004, 4001, 90_000, 90_000.001};
        double[][] readings = readings(noise(0, CELL.noise().flicker()), seconds);
        double unit = Math.sqrt(CELL.noise().flicker() * Math.log(10));
        for (int i = 0; i < seconds.length; i++) {
            for (int j = 0; j <= i; j++) {
                double expected = 0;
                for (double tau = 1e-4; tau < 2e3; tau *= 10) {
                    expected += Math.exp(-(seconds[i] - seconds[j]) / tau);
                }
                assertEquals(expected, covariance(readings[i], readings[j]) / unit / unit, 4.5 * 8
                        * Math.sqrt(2.0 / CELLS), "between " + seconds[j] + " s and " + seconds[i] + " s");
            }
        }
    }

    @Test
    void differencesOfCloseReadingsAreAsSmallAsTheyShouldBe() {
        double[] seconds = {3, 700, 700.00011, 700.00033};
        double[][] readings = readings(noise(0, CELL.noise().flicker()), seconds);
        double unit = Math.sqrt(CELL.noise().flicker() * Math.log(10));
        for (int i = 2; i < seconds.length; i++) {
            double expected = 0;
            for (double tau = 1e-4; tau < 2e3; tau *= 10) {
                expected -= 2 * Math.expm1(-(seconds[i] - seconds[i - 1]) / tau);
            }
            double[] moved = new double[CELLS];
            for (int cell = 0; cell < CELLS; cell++) {
                moved[cell] = (readings[i][cell] - readings[i - 1][cell]) / unit;
            }
            assertEquals(expected, covariance(moved, moved), 4.5 * expected * Math.sqrt(2.0 / CELLS));
        }
    }

    @Test
    void trapsForgetWithBothTheirRates() {
        Technology technology = noise(2, 0);
        double[] seconds = {1, 1.1, 1.5, 3, 30};
        double[][] readings = readings(technology, seconds);
        for (int i = 0; i < seconds.length; i++) {
            double whole = covariance(readings[0], readings[0]);
            // capture and emission once a second each
            assertEquals(Math.exp(-2 * (seconds[i] - seconds[0])), covariance(readings[0], readings[i]) / whole, 0.06);
            assertEquals(whole, covariance(readings[i], readings[i]), 0.06 * whole);
        }
    }

    /** {@return the technology with so many traps of one second, so much 1/f noise, and no relaxation} */
    private static Technology noise(double traps, double flicker) {
        Technology.Noise n = CELL.noise();
        Technology.Noise noise = new Technology.Noise(n.referenceSiemens(), 0, traps, n.trapAmplitude(), n.trapSpread(),
                n.trapMax(), 1, 1, flicker, n.flickerMax(), 0, 0, n.relaxationOnsetSeconds());
        return CELL.with(noise, CELL.defects());
    }

    private static double[][] readings(Technology technology, double[] seconds) {
        CellRecords records = new CellRecords(CELLS, 21);
        CellNoise noise = new CellNoise(technology, records, CELLS);
        double[][] readings = new double[seconds.length][CELLS];
        for (int first = 0; first < CELLS; first += Batch.ROOM) {
            int count = Math.min(Batch.ROOM, CELLS - first);
            for (int i = 0; i < seconds.length; i++) {
                Batch batch = batch(records, first, count, seconds[i]);
                noise.advance(batch, WIDTH_SECONDS);
                System.arraycopy(batch.shares, 0, readings[i], first, count);
                for (int cell = first; cell < first + count; cell++) {
                    assertEquals(readings[i][cell], noise.held(cell, POINT, WIDTH_SECONDS, seconds[i]), 1e-8);
                }
            }
        }
        return readings;
    }

    private static Batch batch(CellRecords records, int first, int count, double seconds) {
        Batch batch = new Batch(count, CellNoise.NORMALS);
        for (int i = 0; i < count; i++) {
            batch.add(first + i, seconds);
            batch.draw(i, records.receive(first + i));
            batch.cellVolts[i] = POINT.cellVolts();
            batch.amps[i] = POINT.amps();
        }
        return batch;
    }

    private static double covariance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / a.length;
    }
}
