package org.memloop.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import org.memloop.bench.ConfigurationException;

/** Read and write recordings; the ending of the file's name says in which format. */
public final class Recordings {
    private Recordings() {}

    /** One way to lay a recording out in a file. */
    private enum Format {
        CSV,
        NUMPY,
        HDF5
    }

    /**
     * Read a recording.
     *
     * @param file {@code .csv} or {@code .txt}, {@code .npy}, {@code .h5} or {@code .hdf5}
     * @param dataset path of the data set in an HDF5 file; empty to take the only one that has two dimensions
     * @return the recording
     * @throws ConfigurationException naming file, data set and row when there is no such file or it holds no recording
     */
    public static Recording read(Path file, Optional<String> dataset) {
        Format format = format(file);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ConfigurationException(file + ": there is no such file, or it cannot be read");
        }
        if (format != Format.HDF5 && dataset.isPresent()) {
            throw new ConfigurationException(
                    file + ": has no data sets to choose from, so '" + dataset.get() + "' means nothing");
        }
        try {
            return switch (format) {
                case CSV -> CsvFile.read(file);
                case NUMPY -> NumpyFile.read(file);
                case HDF5 -> Hdf5File.read(file, dataset);
            };
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Write a recording into a new file. CSV and HDF5 state the unit, HDF5 keeps the remarks too; a NumPy file holds
     * nothing but the numbers, in siemens.
     *
     * @param recording what to write
     * @param file a name with one of the known endings
     * @throws ConfigurationException when the ending is not known
     * @throws UncheckedIOException when the file exists or cannot be written
     */
    public static void write(Recording recording, Path file) {
        Format format = format(file);
        requireNew(file);
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(draft);
            switch (format) {
                case CSV -> CsvFile.write(recording, draft);
                case NUMPY -> NumpyFile.write(recording, draft);
                case HDF5 -> Hdf5File.write(recording, draft);
            }
            Files.move(draft, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Make sure, before a long measurement, that its recording will find a place.
     *
     * @param file the file to be written
     * @throws ConfigurationException when the ending is not known or the folder is missing
     * @throws UncheckedIOException when the file exists
     */
    public static void requireNew(Path file) {
        format(file);
        if (Files.exists(file)) {
            throw new UncheckedIOException(new FileAlreadyExistsException(file.toString()));
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(file + ": there is no folder " + folder + "; make it first");
        }
    }

    private static Format format(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv", "txt" -> Format.CSV;
            case "npy" -> Format.NUMPY;
            case "h5", "hdf5" -> Format.HDF5;
            default -> throw new ConfigurationException(
                    file + ": the ending of a recording is .h5, .hdf5, .npy, .csv or .txt");
        };
    }
}
