package org.memloop.recording;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.memloop.bench.ConfigurationException;

/** Keep what became of every synapse of a network in an HDF5 file, a group for each layer. */
public final class SynapseFile {
    private SynapseFile() {}

    /**
     * Hold one layer of synapses; every column is {@code [outputs x inputs]}, row by row.
     *
     * @param inputs neurons below
     * @param outputs neurons above
     * @param initialWeights weights before training
     * @param finalWeights weights after training
     * @param positivePulses strengthening pulses of each synapse
     * @param negativePulses weakening pulses of each synapse
     * @param travel sum of the absolute changes of each weight, where it was kept
     */
    public record Layer(int inputs, int outputs, float[] initialWeights, float[] finalWeights, int[] positivePulses,
            int[] negativePulses, Optional<float[]> travel) {
        /** Refuse columns that do not cover the layer. */
        public Layer {
            int[] kept = travel.stream().mapToInt(values -> values.length).toArray();
            int[] always = {initialWeights.length, finalWeights.length, positivePulses.length, negativePulses.length};
            for (int length : IntStream.concat(Arrays.stream(always), Arrays.stream(kept)).toArray()) {
                if (length != Math.multiplyExact(inputs, outputs)) {
                    throw new IllegalArgumentException("a layer of " + outputs + "x" + inputs + " synapses has "
                            + inputs * outputs + " values, not " + length);
                }
            }
        }
    }

    /**
     * Write a new file: groups {@code layer1}, {@code layer2} and so on, each with the data sets {@code weights_initial},
     * {@code weights_final} (float32), {@code pulses_positive} and {@code pulses_negative} (int32); where it was
     * kept also {@code weights_travel} (float32).
     *
     * @param layers the layers, that of the input first
     * @param file where; must not exist yet
     * @throws UncheckedIOException when the file exists
     * @throws io.jhdf.exceptions.HdfException when it cannot be written
     */
    public static void write(List<Layer> layers, Path file) {
        if (Files.exists(file)) {
            throw new UncheckedIOException(new FileAlreadyExistsException(file.toString()));
        }
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            for (int i = 0; i < layers.size(); i++) {
                Layer layer = layers.get(i);
                WritableGroup group = hdf.putGroup("layer" + (i + 1));
                describe(group.putDataset("weights_initial", rows(layer, layer.initialWeights())), "1");
                describe(group.putDataset("weights_final", rows(layer, layer.finalWeights())), "1");
                describe(group.putDataset("pulses_positive", rows(layer, layer.positivePulses())), "pulses");
                describe(group.putDataset("pulses_negative", rows(layer, layer.negativePulses())), "pulses");
                layer.travel().ifPresent(
                        travel -> describe(group.putDataset("weights_travel", rows(layer, travel)), "1"));
            }
        }
    }

    /**
     * Read a file back.
     *
     * @param file a file that {@link #write} wrote
     * @return the layers, that of the input first
     * @throws ConfigurationException when it cannot be read or holds something else
     */
    public static List<Layer> read(Path file) {
        try (HdfFile hdf = new HdfFile(file)) {
            List<Layer> layers = new ArrayList<>();
            while (hdf.getChild("layer" + (layers.size() + 1)) instanceof Group group) {
                float[][] initial = (float[][]) data(group, "weights_initial");
                layers.add(new Layer(initial[0].length, initial.length, flat(initial),
                        flat((float[][]) data(group, "weights_final")), flat((int[][]) data(group, "pulses_positive")),
                        flat((int[][]) data(group, "pulses_negative")),
                        Optional.ofNullable(group.getChild("weights_travel"))
                                .map(_ -> flat((float[][]) data(group, "weights_travel")))));
            }
            return layers;
        } catch (HdfException | ClassCastException e) {
            throw new ConfigurationException(file + ": is no file of synapses: " + e.getMessage(), e);
        }
    }

    private static Object data(Group group, String name) {
        return group.getDatasetByPath(name).getData();
    }

    private static float[] flat(float[][] rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * rows[0].length, rows[0].length);
        }
        return values;
    }

    private static int[] flat(int[][] rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }

    private static void describe(WritableDataset dataset, String units) {
        dataset.putAttribute("units", units);
        dataset.putAttribute("axes", "output, input");
    }

    private static float[][] rows(Layer layer, float[] values) {
        float[][] rows = new float[layer.outputs()][layer.inputs()];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(values, row * layer.inputs(), rows[row], 0, layer.inputs());
        }
        return rows;
    }

    private static int[][] rows(Layer layer, int[] values) {
        int[][] rows = new int[layer.outputs()][layer.inputs()];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(values, row * layer.inputs(), rows[row], 0, layer.inputs());
        }
        return rows;
    }
}
