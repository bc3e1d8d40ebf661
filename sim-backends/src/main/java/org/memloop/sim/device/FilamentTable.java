package org.memloop.sim.device;

import java.util.function.DoubleUnaryOperator;

/**
 * Tabulate how a nominal filament conducts: values and slopes at 32 states for each channel, cubic between, right to
 * 1e-6; few enough points to stay in the nearest cache. A little beyond the range of states there is room for metastable
 * arrangements.
 */
public final class FilamentTable {
    private static final int PER_CHANNEL = 32;
    private static final double STEP = 1.0 / PER_CHANNEL;
    private static final int SIEMENS = 0;
    private static final int PER_VOLT = 2;
    private static final int THINNESS = 4;
    private static final int COLUMNS = 6;
    /** So many widths above the edge a contact counts as thin by less than 1e-7. */
    private static final double THICK_WIDTHS = 16.2;

    /** For each state three values, each with its change over one step at the slope it has there. */
    private final double[] table;
    private final double first;
    private final int intervals;
    private final double thickFrom;

    /**
     * Tabulate one technology.
     *
     * @param technology its constants
     */
    public FilamentTable(Technology technology) {
        CellPhysics cell = technology.cell();
        first = cell.lowestState() - 1;
        intervals = (int) Math.ceil(cell.highestState() + 1 - first) * PER_CHANNEL;
        table = new double[COLUMNS * (intervals + 1)];
        Technology.Cycling c = technology.cycling();
        thickFrom = c.metastableBelowChannels() + THICK_WIDTHS * c.metastableWidthChannels();
        fill(SIEMENS, cell::siemens);
        fill(PER_VOLT, cell::perVolt);
        fill(THINNESS, channels -> 1
                / (1 + Math.exp((channels - c.metastableBelowChannels()) / c.metastableWidthChannels())));
    }

    private void fill(int column, DoubleUnaryOperator of) {
        double near = STEP / 1024;
        for (int i = 0; i <= intervals; i++) {
            double channels = first + i * STEP;
            table[COLUMNS * i + column] = of.applyAsDouble(channels);
            table[COLUMNS * i + column + 1] = (of.applyAsDouble(channels + near) - of.applyAsDouble(channels - near))
                    / (2 * near) * STEP;
        }
    }

    /**
     * State how a filament conducts.
     *
     * @param siemens small-signal conductance
     * @param perVolt a of {@code I = G sinh(a V) / a}, 1/V
     */
    public record Conductor(double siemens, double perVolt) {}

    /**
     * Look up {@link CellPhysics#siemens} and {@link CellPhysics#perVolt}.
     *
     * @param channels the state
     * @return both
     */
    public Conductor conductor(double channels) {
        double position = (channels - first) * PER_CHANNEL;
        int i = Math.clamp((int) position, 0, intervals - 1);
        return new Conductor(between(i, position - i, SIEMENS), between(i, position - i, PER_VOLT));
    }

    /**
     * Look up how far a contact counts as thin, and so rests in metastable arrangements.
     *
     * @param channels the state
     * @return 0 for a thick contact to 1 for a thin one
     */
    public double thinness(double channels) {
        if (channels > thickFrom) {
            return 0;
        }
        double position = (channels - first) * PER_CHANNEL;
        int i = Math.clamp((int) position, 0, intervals - 1);
        return between(i, position - i, THINNESS);
    }

    private double between(int i, double x, int column) {
        int at = COLUMNS * i + column;
        double value = table[at];
        double change = table[at + COLUMNS] - value;
        double before = table[at + 1] - change;
        double after = table[at + COLUMNS + 1] - change;
        // Hermite's cubic, as the straight line and what both slopes differ from it
        return value + x * (change + (1 - x) * (before * (1 - x) - after * x));
    }
}
