package org.memloop.sim.array;

import org.memloop.sim.random.CellRandom;

/** Keep the state of every cell of an {@link AbruptDie}, one column for each quantity. */
final class AbruptCells {
    /** What is a cell's own, standard normal numbers: strength, threshold, level, gap, waiting time. */
    final float[] ownStrength;
    final float[] ownThreshold;
    final float[] ownLevel;
    final float[] ownDepth;
    /** Numbers of the present filament: threshold of the cycle, growth, waiting time, gap, duration. */
    final float[] threshold;
    final float[] growth;
    final float[] waiting;
    final float[] patience;
    final float[] depth;
    final float[] duration;
    /** Filament as it was SET, as it is without its gap, and the logarithm of what the gap leaves of it. */
    final double[] setSiemens;
    final double[] fullSiemens;
    final double[] gap;
    /** How much of its waiting time RESET pulses have used up; 1 when it is over. */
    final double[] strain;
    final int[] cycles;
    final long[] received;
    final double[] programmedSeconds;
    /** Ordinal of its {@link CellState}. */
    final byte[] life;
    final float[] enduranceCycles;
    /** Column volts of the last pulse, when that was one of RESET. */
    final float[] polarisingVolts;
    /** Whether the last pulse that programs was one of RESET. */
    final boolean[] turned;

    AbruptCells(int cells) {
        ownStrength = new float[cells];
        ownThreshold = new float[cells];
        ownLevel = new float[cells];
        ownDepth = new float[cells];
        threshold = new float[cells];
        growth = new float[cells];
        waiting = new float[cells];
        patience = new float[cells];
        depth = new float[cells];
        duration = new float[cells];
        setSiemens = new double[cells];
        fullSiemens = new double[cells];
        gap = new double[cells];
        strain = new double[cells];
        cycles = new int[cells];
        received = new long[cells];
        programmedSeconds = new double[cells];
        life = new byte[cells];
        enduranceCycles = new float[cells];
        polarisingVolts = new float[cells];
        turned = new boolean[cells];
    }

    /** {@return a copy of one cell, alone and with number 0, to try something on} */
    AbruptCells one(int cell) {
        AbruptCells one = new AbruptCells(1);
        one.ownStrength[0] = ownStrength[cell];
        one.ownThreshold[0] = ownThreshold[cell];
        one.ownLevel[0] = ownLevel[cell];
        one.ownDepth[0] = ownDepth[cell];
        one.threshold[0] = threshold[cell];
        one.growth[0] = growth[cell];
        one.waiting[0] = waiting[cell];
        one.patience[0] = patience[cell];
        one.depth[0] = depth[cell];
        one.duration[0] = duration[cell];
        one.setSiemens[0] = setSiemens[cell];
        one.fullSiemens[0] = fullSiemens[cell];
        one.gap[0] = gap[cell];
        one.strain[0] = strain[cell];
        one.cycles[0] = cycles[cell];
        one.received[0] = received[cell];
        one.programmedSeconds[0] = programmedSeconds[cell];
        one.life[0] = life[cell];
        one.enduranceCycles[0] = enduranceCycles[cell];
        one.polarisingVolts[0] = polarisingVolts[cell];
        one.turned[0] = turned[cell];
        return one;
    }

    boolean is(int cell, CellState state) {
        return life[cell] == state.ordinal();
    }

    void live(int cell, CellState state) {
        life[cell] = (byte) state.ordinal();
    }

    /** {@return the mean conductance of a cell's filament, without transistor} */
    double siemens(int cell) {
        return fullSiemens[cell] * Math.exp(-gap[cell]);
    }

    /** Begin a new filament: no gap, and its own chances under RESET. */
    void redraw(int cell, CellRandom random) {
        gap[cell] = 0;
        strain[cell] = 0;
        growth[cell] = (float) random.nextGaussian();
        waiting[cell] = (float) random.nextGaussian();
        patience[cell] = (float) random.nextExponential();
        depth[cell] = (float) random.nextGaussian();
        duration[cell] = (float) random.nextGaussian();
    }
}
