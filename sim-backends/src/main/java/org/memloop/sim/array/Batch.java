package org.memloop.sim.array;

import org.memloop.sim.random.Normals;

/**
 * Hold some measured pulses of one condition, in order, with room for what is worked out on the way to their currents:
 * short loops that do one thing to all of them keep the processor busy where pulse after pulse would wait for itself.
 */
final class Batch {
    /** How many pulses stay in the nearest cache with all that belongs to them. */
    static final int ROOM = 64;

    /** Cell of each pulse; a cell may come more than once. */
    final int[] cells;
    /** When each starts. */
    final double[] startSeconds;
    /** Mean current of each. */
    final double[] amps;
    /** Random bits of each, in halves. */
    final int[] lowBits;
    final int[] highBits;
    /** Small-signal conductance of the filament, or of the oxide. */
    final double[] siemens;
    /** Its non-linearity. */
    final double[] perVolt;
    /** Transconductance of the transistor, amperes per square volt. */
    final double[] transconductance;
    /** Gate volts above its threshold. */
    final double[] overdriveVolts;
    /** Volts across the cell alone. */
    final double[] cellVolts;
    /** How much more a fluctuation changes this conductance than that of one quantum. */
    final double[] thinness;
    /** Its square root. */
    final double[] thinnessRoot;
    /** Time since the noise of the cell moved on last. */
    final double[] passedSeconds;
    /** By which share of its mean the conductance differs from it. */
    final double[] shares;
    /** Normal numbers of each. */
    final Normals normals;
    /** Traps of their cells. */
    final Listed listed;
    /** How many pulses there are. */
    int count;

    /** List the traps of all cells, those of the first cell first. */
    static final class Listed {
        /** Which trap of which pulse's cell it is: {@code pulse * Traps.MOST + trap}. */
        final int[] trap;
        /** Its rate. */
        final double[] hertz;
        /** Time that passed, then the share that is left after it. */
        final double[] kept;
        /** Share of its step that is seen. */
        final double[] seen;

        private Listed(int room) {
            trap = new int[room];
            hertz = new double[room];
            kept = new double[room];
            seen = new double[room];
        }

        void add(int at, int whichTrap, double rateHertz, double passedSeconds) {
            trap[at] = whichTrap;
            hertz[at] = rateHertz;
            kept[at] = passedSeconds;
        }
    }

    /** Make room for so many. */
    Batch(int room, int normalsEach) {
        cells = new int[room];
        startSeconds = new double[room];
        amps = new double[room];
        lowBits = new int[room];
        highBits = new int[room];
        siemens = new double[room];
        perVolt = new double[room];
        transconductance = new double[room];
        overdriveVolts = new double[room];
        cellVolts = new double[room];
        thinness = new double[room];
        thinnessRoot = new double[room];
        passedSeconds = new double[room];
        shares = new double[room];
        normals = new Normals(room, normalsEach);
        listed = new Listed((room + 1) * Traps.MOST);
    }

    void add(int cell, double start) {
        cells[count] = cell;
        startSeconds[count++] = start;
    }

    /** Give a pulse its random bits. */
    void draw(int pulse, long bits) {
        lowBits[pulse] = (int) bits;
        highBits[pulse] = (int) (bits >>> Integer.SIZE);
    }
}
