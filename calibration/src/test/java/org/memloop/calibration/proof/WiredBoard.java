package org.memloop.calibration.proof;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.lab.ResistorBoard;

/** Read a board through lines that are exchanged, open or stuck, for tests; bits are numbered as in the router's protocol. */
final class WiredBoard {
    static final double VOLTS = 0.2;
    static final double NOISE_AMPS = 60e-9;

    private final Geometry geometry;
    private final ResistorBoard board;
    private final int[] lineOfBit;
    private final BitSet open = new BitSet();
    private final BitSet stuck = new BitSet();
    private double gain = 1;

    WiredBoard(Geometry geometry, ResistorBoard board) {
        this.geometry = geometry;
        this.board = board;
        lineOfBit = new int[geometry.rows() + 2 * geometry.columns()];
        Arrays.setAll(lineOfBit, i -> i);
    }

    WiredBoard swap(int a, int b) {
        int line = lineOfBit[a];
        lineOfBit[a] = lineOfBit[b];
        lineOfBit[b] = line;
        return this;
    }

    WiredBoard reverse(int from, int count) {
        for (int i = 0; i < count / 2; i++) {
            swap(from + i, from + count - 1 - i);
        }
        return this;
    }

    WiredBoard shift(int by) {
        int[] before = lineOfBit.clone();
        Arrays.setAll(lineOfBit, i -> before[Math.floorMod(i + by, before.length)]);
        return this;
    }

    WiredBoard open(int line) {
        open.set(line);
        return this;
    }

    WiredBoard stuck(int bit) {
        stuck.set(bit);
        return this;
    }

    WiredBoard gain(double factor) {
        gain = factor;
        return this;
    }

    BoardReadings read(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new BoardReadings(geometry, VOLTS, NOISE_AMPS, read(Polarity.SET, random), read(Polarity.RESET, random));
    }

    private double[] read(Polarity polarity, SplittableRandom random) {
        double[] amps = new double[geometry.cells()];
        for (int cell = 0; cell < amps.length; cell++) {
            amps[cell] = amps(cell, polarity) + NOISE_AMPS * random.nextGaussian();
        }
        return amps;
    }

    private double amps(int cell, Polarity polarity) {
        int rows = geometry.rows();
        int columns = geometry.columns();
        int rowBit = geometry.row(cell);
        int columnBit = rows + geometry.column(cell) + (polarity == Polarity.SET ? 0 : columns);
        if (stuck.get(rowBit) || stuck.get(columnBit)) {
            return 0;
        }
        int word = Math.min(lineOfBit[rowBit], lineOfBit[columnBit]);
        int line = Math.max(lineOfBit[rowBit], lineOfBit[columnBit]);
        if (word >= rows || line < rows || open.get(word) || open.get(line)) {
            return 0;
        }
        Polarity driven = line < rows + columns ? Polarity.SET : Polarity.RESET;
        int column = line - rows - (driven == Polarity.SET ? 0 : columns);
        int at = geometry.cell(word, column);
        int other = driven == Polarity.SET ? line + columns : line - columns;
        boolean oneWay = Double.isInfinite(board.ohms(at, Polarity.RESET));
        return open.get(other) && !oneWay ? 0 : gain * VOLTS / (board.ohms(at, driven) + 50);
    }
}
