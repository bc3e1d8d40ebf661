package org.memloop.sim.array;

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
    final boolean[] virgin;
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
        virgin = new boolean[cells];
        turned = new boolean[cells];
    }
}
