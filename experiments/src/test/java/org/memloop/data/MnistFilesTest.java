package org.memloop.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistFilesTest {
    @TempDir
    private Path folder;

    /** 60000 + 10000 images of 1x2 pixels: the first pixel is the image's number modulo 251, the second its label. */
    @BeforeEach
    void writeFiles() throws IOException {
        int[] counts = {60_000, 10_000};
        for (int part = 0; part < 2; part++) {
            byte[] pixels = new byte[2 * counts[part]];
            byte[] labels = new byte[counts[part]];
            for (int i = 0; i < labels.length; i++) {
                int number = part * 60_000 + i;
                labels[i] = (byte) (number % 10);
                pixels[2 * i] = (byte) (number % 251);
                pixels[2 * i + 1] = labels[i];
            }
            write(MnistFiles.NAMES.get(2 * part), pixels, 2051, counts[part], 1, 2);
            write(MnistFiles.NAMES.get(2 * part + 1), labels, 2049, counts[part]);
        }
    }

    /** Half of the files are packed. */
    private void write(String name, byte[] body, int... header) throws IOException {
        IdxFiles.write(folder.resolve(name.startsWith("t10k") ? name + ".gz" : name), body, header);
    }

    @Test
    void imagesAreSplitInTheThesissOrder() {
        Splits splits = new MnistFiles(folder).splits();
        assertEquals(56_000, splits.training().size());
        assertEquals(7_000, splits.validation().size());
        assertEquals(7_000, splits.test().size());
        int[] order = NumpyPermutation.of(20, 70_000);
        for (int i = 0; i < 56_000; i++) {
            assertEquals(order[i] % 10, splits.training().labels()[i]);
            assertEquals((order[i] % 251) / 255f, splits.training().pixels()[2 * i]);
            assertEquals((order[i] % 10) / 255f, splits.training().pixels()[2 * i + 1]);
        }
        assertEquals(order[56_000] % 10, splits.validation().labels()[0]);
        assertEquals(order[69_999] % 10, splits.test().labels()[6_999]);
        assertEquals(2, splits.training().width());
        assertEquals(100, splits.first(100, 9_000, 50).training().size());
        assertEquals(7_000, splits.first(100, 9_000, 50).validation().size());
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws IOException {
        Path images = folder.resolve(MnistFiles.NAMES.get(0));
        byte[] good = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(good, good.length - 1));
        expect(images + ": ends too early");
        Files.write(images, Arrays.copyOf(good, 7));
        expect(images + ": ends too early");
        byte[] bad = good.clone();
        bad[3] = 1;
        Files.write(images, bad);
        expect(images + ": begins with 2049, a file of MNIST images with 2051");
        Files.write(images, good);
        write(MnistFiles.NAMES.get(1), new byte[5], 2049, 5);
        expect("holds 5 labels, but train-images-idx3-ubyte 60000 images");
        Files.delete(folder.resolve(MnistFiles.NAMES.get(2) + ".gz"));
        expect("has neither t10k-images-idx3-ubyte.gz nor t10k-images-idx3-ubyte");
    }

    @Test
    void aPackedFileThatIsNotPackedIsNamed() throws IOException {
        Path packed = folder.resolve("t10k-labels-idx1-ubyte.gz");
        Files.writeString(packed, "<html>not found</html>");
        expect(packed + ": cannot be read: ");
    }

    private void expect(String text) {
        DatasetException thrown = assertThrows(DatasetException.class, () -> {
            MnistFiles files = new MnistFiles(folder);
            MnistFiles.find(Optional.of(files.folder()), Map.of());
            files.splits();
        });
        assertTrue(thrown.getMessage().contains(text), thrown.getMessage());
    }

    @Test
    void theFolderIsTheGivenElseTheVariablesElseTheCache(@TempDir Path home) throws IOException {
        Map<String, String> cache = Map.of("XDG_CACHE_HOME", home.toString(), "LOCALAPPDATA", home.toString());
        assertEquals(Optional.empty(), MnistFiles.find(Optional.empty(), cache));
        Map<String, String> named = Map.of(MnistFiles.VARIABLE, folder.toString());
        assertEquals(folder, MnistFiles.find(Optional.empty(), named).orElseThrow().folder());
        assertThrows(DatasetException.class, () -> MnistFiles.find(Optional.of(home), named));
        Path place = home.resolve("memloop").resolve("mnist");
        Files.createDirectories(place);
        for (String name : MnistFiles.NAMES) {
            Files.createFile(place.resolve(name + ".gz"));
        }
        assertEquals(place, MnistFiles.find(Optional.empty(), cache).orElseThrow().folder());
    }

    @Test
    void everyPlatformHasItsCache() {
        Path home = Path.of("/home/me");
        assertEquals(Path.of("/home/me/.cache/memloop"), CacheFolder.of(Map.of(), "Linux", home));
        assertEquals(Path.of("/x/memloop"), CacheFolder.of(Map.of("XDG_CACHE_HOME", "/x"), "Linux", home));
        assertEquals(Path.of("/home/me/Library/Caches/memloop"), CacheFolder.of(Map.of(), "Mac OS X", home));
        assertEquals(Path.of("/home/me/AppData/Local/memloop"), CacheFolder.of(Map.of(), "Windows 11", home));
    }
}
