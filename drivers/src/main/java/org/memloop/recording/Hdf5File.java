package org.memloop.recording;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableDataset;
import io.jhdf.exceptions.HdfException;

import org.memloop.bench.ConfigurationException;

/**
 * Read and write recordings as a data set [devices x pulses] of floating-point numbers. Its attribute {@code units} (or
 * {@code unit}) names the unit, siemens where it is missing; the remarks are attributes of the file.
 */
final class Hdf5File {
    private static final String DATASET = "conductance";
    private static final int LONGEST_ATTRIBUTE = 30_000;

    private Hdf5File() {}

    static Recording read(Path file, Optional<String> wanted) {
        try (HdfFile hdf = new HdfFile(file)) {
            Dataset dataset = wanted.map(path -> named(hdf, file, path)).orElseGet(() -> only(hdf, file));
            String where = file + ", data set " + dataset.getPath();
            int[] shape = dataset.getDimensions();
            if (shape.length != 2) {
                throw new ConfigurationException(where + ": has " + shape.length
                        + " dimensions; a recording has two, devices and pulses");
            }
            Recording recording = Recording.of(where, shape[0], shape[1],
                    siemens(where, dataset.getDataFlat(), unitSiemens(where, dataset)));
            for (Attribute attribute : hdf.getAttributes().values()) {
                // names with a line in front are remarks of libraries, such as _jHDF and _NCProperties
                if (!attribute.getName().startsWith("_")) {
                    recording = recording.with(attribute.getName(), String.valueOf(attribute.getData()));
                }
            }
            return recording;
        } catch (HdfException e) {
            throw new ConfigurationException(file + ": cannot be read as HDF5: " + e.getMessage(), e);
        }
    }

    private static Dataset named(HdfFile hdf, Path file, String path) {
        String inside = path.startsWith("/") ? path.substring(1) : path;
        return matrices(hdf).stream().filter(dataset -> dataset.getPath().equals("/" + inside)).findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        file + ": has no data set " + path + " with two dimensions; it has " + names(hdf)));
    }

    private static Dataset only(HdfFile hdf, Path file) {
        List<Dataset> matrices = matrices(hdf);
        if (matrices.size() != 1) {
            throw new ConfigurationException(file + ": has " + (matrices.isEmpty() ? "no" : "several")
                    + " data sets with two dimensions: " + names(hdf) + "; say which with dataset=");
        }
        return matrices.getFirst();
    }

    private static List<Dataset> matrices(Group group) {
        List<Dataset> found = new ArrayList<>();
        for (Node node : group) {
            switch (node) {
                case Dataset dataset when dataset.getDimensions().length == 2 -> found.add(dataset);
                case Group inner -> found.addAll(matrices(inner));
                default -> {
                    // data sets of another shape are not recordings
                }
            }
        }
        return found;
    }

    private static List<String> names(HdfFile hdf) {
        return matrices(hdf).stream().map(Dataset::getPath).toList();
    }

    private static double unitSiemens(String where, Dataset dataset) {
        for (String name : List.of("units", "unit")) {
            Attribute attribute = dataset.getAttribute(name);
            if (attribute != null) {
                String text = attribute.getData() instanceof String[] several
                        ? String.join(" ", several)
                        : String.valueOf(attribute.getData());
                return SiemensUnit.inText(where, text).orElseThrow(() -> new ConfigurationException(
                        where + ": its attribute " + name + " is '" + text + "', which is no unit of conductance"));
            }
        }
        return 1;
    }

    private static float[] siemens(String where, Object numbers, double unitSiemens) {
        return switch (numbers) {
            case double[] values -> {
                float[] siemens = new float[values.length];
                for (int i = 0; i < values.length; i++) {
                    siemens[i] = (float) (values[i] * unitSiemens);
                }
                yield siemens;
            }
            case float[] values -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (values[i] * unitSiemens);
                }
                yield values;
            }
            default -> throw new ConfigurationException(where + ": holds "
                    + numbers.getClass().getComponentType() + "; a recording is of float32 or float64");
        };
    }

    static void write(Recording recording, Path file) {
        float[][] rows = new float[recording.devices()][recording.pulses()];
        for (int device = 0; device < rows.length; device++) {
            for (int pulse = 0; pulse < rows[device].length; pulse++) {
                rows[device][pulse] = recording.siemens(device, pulse);
            }
        }
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableDataset dataset = hdf.putDataset(DATASET, rows);
            dataset.putAttribute("units", "S");
            dataset.putAttribute("axes", "device, pulse");
            recording.about().forEach((key, value) -> {
                // an attribute has to fit into the 64 KiB of an object header; what does not is a data set of its own
                if (value.getBytes(StandardCharsets.UTF_8).length < LONGEST_ATTRIBUTE) {
                    hdf.putAttribute(key, value);
                } else {
                    hdf.putDataset(key, value.split(" "));
                }
            });
        }
    }
}
