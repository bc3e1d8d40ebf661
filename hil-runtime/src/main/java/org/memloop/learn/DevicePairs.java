package org.memloop.learn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.memloop.bench.Bench;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.bench.Readings;
import org.memloop.learn.kernel.Layout;
import org.memloop.learn.kernel.Weights;

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
 *
 * <p>A recording is learned on without programs, to the same end (docs/decisions/0006-recordings-from-within.md).
 */
public final class DevicePairs implements Synapses {
    private static final VarHandle EIGHT_TRITS = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.nativeOrder());

    private final Bench bench;
    private final PairMap map;
    private final PairSettings settings;
    /** Of each cell and, in the last place, of the reference. */
    private final double[] siemens;
    private final long[] fired;
    private final int reference;
    private final Weights weights;
    private final int[][] places;
    private final Asked asked = new Asked();
    private Optional<Replayed> replayed = Optional.empty();
    private long blocked;
    private double pulsedSiemens;

    /** What one mini-batch pulses: synapses by number, layer after layer, with their cells and trains. */
    private static final class Asked {
        private int[] synapses = new int[64];
        private int[] cells = new int[64];
        private int[] trains = new int[64];
        private int count;
        private long withheld;

        void add(int synapse, int cell, int train) {
            if (count == cells.length) {
                synapses = Arrays.copyOf(synapses, 2 * count);
                cells = Arrays.copyOf(cells, 2 * count);
                trains = Arrays.copyOf(trains, 2 * count);
            }
            synapses[count] = synapse;
            cells[count] = cell;
            trains[count++] = train;
        }

        void clear() {
            count = 0;
            withheld = 0;
        }
    }

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
        Layout layout = new Layout(network.toArray());
        this.weights = new Weights(layout);
        this.places = layout.places();
        PulseProgram program = PulseProgram.of(Pulse.READ, cells);
        take(program, bench.run(program));
        for (int layer = 0; layer < network.layers(); layer++) {
            for (int synapse = 0; synapse < network.synapses(layer); synapse++) {
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
        return weights.layout().unpack(layer, weights.synapses()[layer]);
    }

    @Override
    public Plasticity plasticity(UpdateRule rule, Biases biases) {
        Discretizer discretizer = Pulsed.requirePulses(rule, biases);
        catchUp();
        if (bench.replay().isEmpty() || settings.referenceSiemens().isPresent()) {
            return new Pulsed(this, discretizer, weights);
        }
        blocked += replayed.map(Replayed::blocked).orElse(0L);
        pulsedSiemens += replayed.map(Replayed::pulsedSiemens).orElse(0.0);
        replayed = Optional.of(new Replayed(bench, map, settings, weights, discretizer));
        return replayed.get();
    }

    /** A recording may have been followed without programs meanwhile. */
    private void catchUp() {
        replayed.filter(Replayed::hasMoved).ifPresent(cells -> {
            for (int cell : map.cells()) {
                siemens[cell] = cells.siemensOf(cell);
                fired[cell] += cells.takeFired(cell);
            }
            cells.seen();
        });
    }

    @Override
    public void apply(byte[][] trits) {
        catchUp();
        asked.clear();
        int[] ends = new int[trits.length];
        for (int layer = 0; layer < trits.length; layer++) {
            collect(layer, trits[layer]);
            ends[layer] = asked.count;
        }
        int[] cells = Arrays.copyOf(asked.cells, asked.count);
        if (settings.readsBeforePulses() && cells.length > 0) {
            PulseProgram reads = PulseProgram.of(Pulse.READ, cells);
            take(reads, bench.run(reads));
        }
        fire(cells);
        int first = 0;
        for (int layer = 0; layer < trits.length; layer++) {
            for (int i = first; i < ends[layer]; i++) {
                reweigh(layer, asked.synapses[i]);
            }
            first = ends[layer];
        }
    }

    /** Most trits are 0 and are passed over eight at a time. */
    private void collect(int layer, byte[] trits) {
        int synapse = 0;
        while (synapse < trits.length) {
            if (synapse + Long.BYTES <= trits.length && (long) EIGHT_TRITS.get(trits, synapse) == 0) {
                synapse += Long.BYTES;
                continue;
            }
            int trit = trits[synapse];
            if (trit > 0 && settings.referenceSiemens().isPresent()) {
                asked.withheld += trit;
            } else if (trit != 0) {
                asked.add(synapse, trit > 0 ? map.bitLineCell(layer, synapse) : map.complementCell(layer, synapse),
                        Math.abs(trit));
            }
            synapse++;
        }
    }

    private int bitLineCell(int layer, int synapse) {
        return settings.referenceSiemens().isPresent() ? reference : map.bitLineCell(layer, synapse);
    }

    /** Pulse the cells asked for that conduct enough, and read them. */
    private void fire(int... cells) {
        int[] trains = Arrays.copyOf(asked.trains, cells.length);
        int count = 0;
        long withheld = asked.withheld;
        for (int i = 0; i < cells.length; i++) {
            if (siemens[cells[i]] < settings.thresholdSiemens()) {
                withheld += trains[i];
            } else {
                cells[count] = cells[i];
                trains[count++] = trains[i];
            }
        }
        if (count > 0) {
            fire(Arrays.copyOf(cells, count), trains);
        }
        blocked += withheld;
    }

    private void fire(int[] cells, int[] trains) {
        PulseProgram program = PulseProgram.builder().addAll(cells, trains, cells.length, Pulse.WEAK_RESET)
                .addAll(cells, Pulse.READ).build();
        Readings readings = bench.run(program);
        for (int i = 0; i < cells.length; i++) {
            fired[cells[i]] += trains[i];
            pulsedSiemens += siemens[cells[i]] * trains[i];
        }
        // these are counted; what the recording moved by them is not to be counted again
        replayed.ifPresent(view -> Arrays.stream(cells).forEach(view::passOver));
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

    private void reweigh(int layer, int synapse) {
        weights.synapses()[layer][places[layer][synapse]] = settings.definition().weight(settings.alphas().get(layer),
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
        catchUp();
        int weak = (int) IntStream.of(map.cells()).filter(cell -> siemens[cell] < settings.thresholdSiemens()).count();
        double joulesPerSiemens = Math.pow(Pulse.WEAK_RESET.columnVolts(), 2) * Pulse.WEAK_RESET.widthSeconds();
        return new Ledger(counts(this::bitLineCell), counts(map::complementCell),
                blocked + replayed.map(Replayed::blocked).orElse(0L), weak, bench.exhaustedCells(), OptionalDouble.of(
                        joulesPerSiemens * (pulsedSiemens + replayed.map(Replayed::pulsedSiemens).orElse(0.0))));
    }

    /** Copy the counts of one cell of each pair. */
    private int[][] counts(IntBinaryOperator cellOf) {
        int[][] copy = new int[map.network().layers()][];
        Arrays.setAll(copy, layer -> IntStream.range(0, map.network().synapses(layer))
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
        catchUp();
        return fired[cell];
    }

    /**
     * Tell the last conductance read from a cell of the map.
     *
     * @param cell the cell's number
     * @return siemens; 0 for a cell that is not in use
     */
    public double siemensOf(int cell) {
        catchUp();
        return siemens[cell];
    }

    /** {@return which cells make a synapse} */
    public PairMap map() {
        return map;
    }
}
