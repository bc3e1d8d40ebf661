package org.memloop.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Fetch the four MNIST files from public mirrors into the user's cache. A file is kept only when what it unpacks to has the
 * SHA-256 of the original; the packed file is no measure, for its header holds the time it was packed.
 */
public final class MnistDownload {
    /** Mirrors that need no account. */
    public static final List<URI> MIRRORS = List.of(URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));

    private static final Map<String, String> UNPACKED_SHA256 = Map.of("train-images-idx3-ubyte",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", "train-labels-idx1-ubyte",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", "t10k-images-idx3-ubyte",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", "t10k-labels-idx1-ubyte",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(120);
    private static final int LARGEST_BYTES = 32 << 20;

    private final List<URI> mirrors;
    private final Map<String, String> sums;

    /** Hear how far the download is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Hear of more bytes.
         *
         * @param file which file
         * @param bytes how many have come
         * @param total how many there will be; 0 when the mirror does not say
         */
        void received(String file, long bytes, long total);
    }

    /** Fetch from the usual mirrors. */
    public MnistDownload() {
        this(MIRRORS, UNPACKED_SHA256);
    }

    MnistDownload(List<URI> mirrors, Map<String, String> sums) {
        this.mirrors = List.copyOf(mirrors);
        this.sums = Map.copyOf(sums);
    }

    /**
     * Find the files as {@link MnistFiles#find} does, and fetch them into the cache when they are nowhere.
     *
     * @param given a folder the user gave, if any
     * @param environment the environment's variables
     * @param progress hears of a download
     * @return the files
     * @throws DatasetException when they are nowhere and cannot be fetched; it names every way to get images
     */
    public MnistFiles findOrFetch(Optional<Path> given, Map<String, String> environment, Progress progress) {
        return MnistFiles.find(given, environment).orElseGet(() -> {
            Path cache = CacheFolder.of(environment).resolve("mnist");
            try {
                fetch(cache, progress);
            } catch (DatasetException e) {
                throw new DatasetException("MNIST is not here and could not be fetched (" + e.getMessage()
                        + "); name a folder with its four files by --data or $" + MnistFiles.VARIABLE
                        + ", put them into " + cache + ", or use --dataset digits, which needs no files", e);
            }
            return new MnistFiles(cache);
        });
    }

    /**
     * Fetch what a folder lacks.
     *
     * @param folder where the files go; it is made when it does not exist
     * @param progress hears of it
     * @throws DatasetException when a file cannot be had from any mirror or the folder cannot be written
     */
    public void fetch(Path folder, Progress progress) {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL).build()) {
            for (String name : MnistFiles.NAMES) {
                if (!Files.isRegularFile(folder.resolve(name + ".gz"))) {
                    keep(folder, name + ".gz", fromAnyMirror(client, name, progress));
                }
            }
        }
    }

    private static void keep(Path folder, String file, byte[] packed) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, file, ".part");
            Files.write(part, packed);
            Files.move(part, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DatasetException(folder.resolve(file) + ": cannot be written: " + e, e);
        }
    }

    private byte[] fromAnyMirror(HttpClient client, String name, Progress progress) {
        StringBuilder failures = new StringBuilder();
        for (URI mirror : mirrors) {
            URI address = mirror.resolve(name + ".gz");
            try {
                byte[] packed = get(client, address, name + ".gz", progress);
                if (sums.get(name).equals(sha256(unpack(packed)))) {
                    return packed;
                }
                failures.append(address).append(": not the original file (SHA-256 differs); ");
            } catch (IOException e) {
                failures.append(address).append(": ").append(e).append("; ");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatasetException(address + ": interrupted", e);
            }
        }
        throw new DatasetException(failures.substring(0, Math.max(0, failures.length() - 2)));
    }

    private static byte[] get(HttpClient client, URI address, String file, Progress progress)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("the mirror answered " + response.statusCode());
            }
            long total = response.headers().firstValueAsLong("Content-Length").orElse(0);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                if (out.size() > LARGEST_BYTES) {
                    throw new IOException("more bytes than the file has");
                }
                progress.received(file, out.size(), total);
            }
            return out.toByteArray();
        }
    }

    private static byte[] unpack(byte[] packed) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] plain = in.readNBytes(2 * LARGEST_BYTES);
            return plain;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
