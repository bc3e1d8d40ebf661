package org.memloop.learn;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;

/**
 * Keep weights in pairs of real cells. A pulse can only lower a conductance, so a synapse is the difference of two: trit +1
 * gives one {@link Pulse#WEAK_RESET} to the cell on BL, -1 to the one on BLb (thesis, sections 4.3.2 and 4.3.3).
 *
 * <p>The pulses of a mini-batch and the readings that follow are one program of two segments:
 *
 * <pre>
 *   WEAK_RESET c1 | WEAK_RESET c2 | ... | WEAK_RESET cn | READ c1 | READ c2 | ... | READ cn
 * </pre>
 *
 * <p>With a {@linkplain PairSettings#referenceSiemens() reference} there is no cell on BL, and pulses of trit +1 are
 * withheld. With a {@linkplain PairSettings.ThresholdRead#FRESH fresh} reading for the threshold, a program that only reads
 * the cells about to be pulsed goes before.
 *
 * <p>Only such cells are read. A weight therefore changes when a pulse was wanted, and at no other time.
 * When the bench fails, weights stay as they were before the mini-batch and no pulse of it is counted.
 */
public final class DevicePairs implements Synapses {
    private final Bench bench;
    private final PairMap map;
    private final PairSettings settings;
    /** Of each cell and, in the last place, of the reference. */
    private final double[] siemens;
    private final long[] fired;
    private final int reference;
    private final float[][] weights;
    private long blocked;
    private double pulsedSiemens;

    /**
     * Read every cell of the map once, as one program, and make the initial weights of it.
     *
     * @param bench where the cells are
     * @param map which cells make a synapse
     * @param settings how they make it
     * @throws org.memloop.bench.BenchException when the map or the settings do not fit, or the bench fails
     */
    public DevicePairs(Bench bench, PairMap map, PairSettings settings) {
        this.bench = bench;
        this.map = map;
        this.settings = settings;
        Network network = map.network();
        if (settings.alphas().size() != network.layers()) {
            throw new ConfigurationException("a " + network + " network needs " + network.layers()
                    + " values of alpha, one for each layer, not " + settings.alphas().size());
        }
        if (settings.cellsPerSynapse() != map.cellsPerSynapse()) {
            throw new IllegalArgumentException("synapses of " + settings.cellsPerSynapse()
                    + " cells cannot lie on a map of " + map.cellsPerSynapse() + " for each");
        }
        int[] cells = map.cells();
        var geometry = bench.capabilities().geometry();
        for (int cell : cells) {
            if (!geometry.contains(cell)) {
                throw new ConfigurationException(
                        "cell " + cell + " of the pair map is not on the " + geometry + " array");
            }
        }
        this.reference = geometry.cells();
        this.siemens = new double[reference + 1];
        this.siemens[reference] = settings.referenceSiemens().orElse(0);
        this.fired = new long[reference + 1];
        this.weights = IntStream.range(0, network.layers()).mapToObj(layer -> new float[network.synapses(layer)])
                .toArray(float[][]::new);
        PulseProgram program = PulseProgram.of(Pulse.READ, cells);
        take(program, bench.run(program));
        for (int layer = 0; layer < weights.length; layer++) {
            for (int synapse = 0; synapse < weights[layer].length; synapse++) {
                reweigh(layer, synapse);
            }
        }
    }

    @Override
    public Network network() {
        return map.network();
    }

    @Override
    public float[] weights(int layer) {
        return weights[layer];
    }

    @Override
    public void apply(byte[][] trits) {
        if (settings.readsBeforePulses()) {
            readBefore(trits);
        }
        PulseProgram.Builder reads = PulseProgram.builder();
        PulseProgram.Builder batch = PulseProgram.builder();
        long withheld = 0;
        for (int layer = 0; layer < weights.length; layer++) {
            for (int synapse = 0; synapse < trits[layer].length; synapse++) {
                int trit = trits[layer][synapse];
                if (trit != 0) {
                    int cell = pulsed(layer, synapse, trit);
                    if (cell == reference || siemens[cell] < settings.thresholdSiemens()) {
                        withheld += Math.abs(trit);
                    } else {
                        batch.add(cell, Pulse.WEAK_RESET, Math.abs(trit));
                        reads.add(cell, Pulse.READ);
                    }
                }
            }
        }
        fire(batch, reads.build());
        blocked += withheld;
        reweigh(trits);
    }

    private int pulsed(int layer, int synapse, int trit) {
        return trit > 0 ? bitLineCell(layer, synapse) : map.complementCell(layer, synapse);
    }

    private int bitLineCell(int layer, int synapse) {
        return settings.referenceSiemens().isPresent() ? reference : map.bitLineCell(layer, synapse);
    }

    private void readBefore(byte[][] trits) {
        PulseProgram.Builder reads = PulseProgram.builder();
        for (int layer = 0; layer < trits.length; layer++) {
            for (int synapse = 0; synapse < trits[layer].length; synapse++) {
                int trit = trits[layer][synapse];
                if (trit != 0 && pulsed(layer, synapse, trit) != reference) {
                    reads.add(pulsed(layer, synapse, trit), Pulse.READ);
                }
            }
        }
        PulseProgram program = reads.build();
        if (program.size() > 0) {
            take(program, bench.run(program));
        }
    }

    private void fire(PulseProgram.Builder batch, PulseProgram reads) {
        if (reads.size() == 0) {
            return;
        }
        for (int step = 0; step < reads.size(); step++) {
            batch.add(reads.cell(step), Pulse.READ);
        }
        PulseProgram program = batch.build();
        Readings readings = bench.run(program);
        for (int step = 0; step < reads.size(); step++) {
            fired[program.cell(step)] += program.count(step);
            pulsedSiemens += siemens[program.cell(step)] * program.count(step);
        }
        take(program, readings);
    }

    private void take(PulseProgram program, Readings readings) {
        if (readings.size() != program.readingCount()) {
            throw new IllegalStateException("the bench returned " + readings.size() + " readings for a program of "
                    + program.readingCount());
        }
        double[] read = new double[readings.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = settings.card().siemens(readings.volts(i), readings.amps(i));
            if (!Double.isFinite(read[i])) {
                throw new IllegalStateException(bench.capabilities().geometry().describe(
                        program.cell(readings.step(i))) + ": " + readings.amps(i) + " A at " + readings.volts(i)
                        + " V make no conductance with " + settings.card() + "; check the card");
            }
        }
        for (int i = 0; i < read.length; i++) {
            siemens[program.cell(readings.step(i))] = read[i];
        }
    }

    private void reweigh(byte[][] trits) {
        for (int layer = 0; layer < weights.length; layer++) {
            for (int synapse = 0; synapse < trits[layer].length; synapse++) {
                if (trits[layer][synapse] != 0) {
                    reweigh(layer, synapse);
                }
            }
        }
    }

    private void reweigh(int layer, int synapse) {
        weights[layer][synapse] = settings.definition().weight(settings.alphas().get(layer),
                siemens[bitLineCell(layer, synapse)], siemens[map.complementCell(layer, synapse)]);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The energy is {@code V^2 G t} of every pulse, with V and t those of {@link Pulse#WEAK_RESET} and G the last
     * reading before the train of pulses it belongs to. It leaves out that a train lowers G and that the transistor takes
     * part of the voltage and limits the current, so of an ohmic cell it says too much rather than too little.
     */
    @Override
    public Ledger ledger() {
        int weak = (int) IntStream.of(map.cells()).filter(cell -> siemens[cell] < settings.thresholdSiemens()).count();
        double joulesPerSiemens = Math.pow(Pulse.WEAK_RESET.columnVolts(), 2) * Pulse.WEAK_RESET.widthSeconds();
        return new Ledger(counts(this::bitLineCell), counts(map::complementCell), blocked, weak, bench.exhaustedCells(),
                OptionalDouble.of(pulsedSiemens * joulesPerSiemens));
    }

    /** Copy the counts of one cell of each pair. */
    private int[][] counts(IntBinaryOperator cellOf) {
        int[][] copy = new int[weights.length][];
        Arrays.setAll(copy, layer -> IntStream.range(0, weights[layer].length)
                .map(synapse -> Math.toIntExact(fired[cellOf.applyAsInt(layer, synapse)])).toArray());
        return copy;
    }

    /**
     * Tell how many weak resets a cell was given through these synapses.
     *
     * @param cell the cell's number
     * @return pulses
     */
    public long pulsesOf(int cell) {
        return fired[cell];
    }

    /**
     * Tell the last conductance read from a cell of the map.
     *
     * @param cell the cell's number
     * @return siemens; 0 for a cell that is not in use
     */
    public double siemensOf(int cell) {
        return siemens[cell];
    }

    /** {@return which cells make a synapse} */
    public PairMap map() {
        return map;
    }
}
