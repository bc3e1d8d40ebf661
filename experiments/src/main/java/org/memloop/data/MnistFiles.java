package org.memloop.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.memloop.learn.Dataset;

/**
 * Read the MNIST database of handwritten digits (LeCun, Cortes and Burges) from its four IDX files, compressed or not.
 *
 * <pre>
 *   images: int32 2051, int32 count, int32 rows, int32 columns, count * rows * columns bytes
 *   labels: int32 2049, int32 count, count bytes                                    (big-endian)
 * </pre>
 */
public final class MnistFiles {
    /** The four files, without {@code .gz}: training images and labels, then test images and labels. */
    static final List<String> NAMES = List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
    /** Environment variable that names a folder with the files. */
    public static final String VARIABLE = "MEMLOOP_DATA";

    private static final int IMAGES_MAGIC = 2051;
    private static final int LABELS_MAGIC = 2049;
    private static final int TRAINING = 56_000;
    private static final int VALIDATION = 7_000;
    private static final int SHUFFLE_SEED = 20;

    private final Path folder;

    private record Part(int rows, int columns, byte[] pixels, byte[] labels) {}

    /**
     * Read from a folder.
     *
     * @param folder where the files are
     */
    public MnistFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Find the files: in the folder that was given, else in the one {@code $MEMLOOP_DATA} names, else in the user's cache.
     * A folder that was named but lacks a file is an error; nowhere else is looked then.
     *
     * @param given a folder the user gave, if any
     * @param environment the environment's variables
     * @return the files, or empty when no folder was named and the cache does not hold them
     * @throws DatasetException when a named folder lacks a file
     */
    public static Optional<MnistFiles> find(Optional<Path> given, Map<String, String> environment) {
        Optional<Path> named = given.or(() -> Optional.ofNullable(environment.get(VARIABLE))
                .filter(text -> !text.isBlank()).map(Path::of));
        if (named.isPresent()) {
            MnistFiles files = new MnistFiles(named.get());
            NAMES.forEach(files::locate);
            return Optional.of(files);
        }
        Path cache = CacheFolder.of(environment).resolve("mnist");
        MnistFiles files = new MnistFiles(cache);
        return NAMES.stream().allMatch(name -> files.present(name).isPresent()) ? Optional.of(files) : Optional.empty();
    }

    /** {@return the folder the files are in} */
    public Path folder() {
        return folder;
    }

    /**
     * Split as the thesis does (section 3.3.2): training files before test files, shuffled with seed 20, then 56,000
     * images to train, 7,000 to validate and 7,000 to test. Pixels are divided by 255.
     *
     * @return the three sets of 28x28 images
     * @throws DatasetException when a file is missing, cut short or not what it should be
     */
    public Splits splits() {
        Part training = part(NAMES.get(0), NAMES.get(1));
        Part test = part(NAMES.get(2), NAMES.get(3));
        int count = training.labels.length + test.labels.length;
        if (training.rows != test.rows || training.columns != test.columns || count <= TRAINING + VALIDATION) {
            throw new DatasetException(folder + ": " + count + " images of " + training.rows + "x" + training.columns
                    + " and " + test.rows + "x" + test.columns + " pixels are not the MNIST database");
        }
        int[] order = NumpyPermutation.of(SHUFFLE_SEED, count);
        return new Splits(pick(training, test, order, 0, TRAINING),
                pick(training, test, order, TRAINING, TRAINING + VALIDATION),
                pick(training, test, order, TRAINING + VALIDATION, count));
    }

    private static Dataset pick(Part first, Part second, int[] order, int from, int to) {
        int inputs = first.rows * first.columns;
        float[] pixels = new float[(to - from) * inputs];
        byte[] labels = new byte[to - from];
        for (int i = 0; i < labels.length; i++) {
            int index = order[from + i];
            Part part = index < first.labels.length ? first : second;
            int image = part == first ? index : index - first.labels.length;
            labels[i] = part.labels[image];
            for (int p = 0; p < inputs; p++) {
                pixels[i * inputs + p] = (part.pixels[image * inputs + p] & 0xff) / 255f;
            }
        }
        return new Dataset("MNIST", first.columns, first.rows, 10, pixels, labels);
    }

    private Part part(String imagesName, String labelsName) {
        Path imagesFile = locate(imagesName);
        Path labelsFile = locate(labelsName);
        return read(imagesFile, IMAGES_MAGIC, (images, count) -> {
            int rows = dimension(imagesFile, "rows", images.readInt(), 1024);
            int columns = dimension(imagesFile, "columns", images.readInt(), 1024);
            byte[] pixels = bytes(images, count * rows * columns);
            byte[] labels = read(labelsFile, LABELS_MAGIC, MnistFiles::bytes);
            if (labels.length != count) {
                throw new DatasetException(labelsFile + ": holds " + labels.length + " labels, but "
                        + imagesFile.getFileName() + " " + count + " images; fetch both again");
            }
            for (byte label : labels) {
                dimension(labelsFile, "label", label, 9);
            }
            return new Part(rows, columns, pixels, labels);
        });
    }

    /** Read what follows the count of items. */
    @FunctionalInterface
    private interface Body<T> {
        T read(DataInputStream in, int count) throws IOException;
    }

    private static <T> T read(Path file, int magic, Body<T> body) {
        try (InputStream raw = Files.newInputStream(file); DataInputStream in = new DataInputStream(open(file, raw))) {
            int found = in.readInt();
            if (found != magic) {
                throw new DatasetException(file + ": begins with " + found + ", a file of MNIST "
                        + (magic == IMAGES_MAGIC ? "images" : "labels") + " with " + magic + "; fetch it again");
            }
            return body.read(in, dimension(file, "items", in.readInt(), 1_000_000));
        } catch (EOFException e) {
            throw new DatasetException(file + ": ends too early; fetch it again", e);
        } catch (IOException e) {
            throw new DatasetException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file, InputStream raw) throws IOException {
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : new BufferedInputStream(raw);
    }

    private static int dimension(Path file, String what, int value, int max) {
        if (value < 0 || value > max) {
            throw new DatasetException(file + ": " + what + " is " + value + ", not 0 to " + max + "; fetch it again");
        }
        return value;
    }

    private static byte[] bytes(DataInputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    private Path locate(String name) {
        return present(name).orElseThrow(() -> new DatasetException(folder + ": has neither " + name + ".gz nor " + name
                + "; name another folder with --data or $" + VARIABLE + ", or use --dataset digits"));
    }

    private Optional<Path> present(String name) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        return Files.isRegularFile(plain)
                ? Optional.of(plain)
                : Files.isRegularFile(packed) ? Optional.of(packed) : Optional.empty();
    }
}
