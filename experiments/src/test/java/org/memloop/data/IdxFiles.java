package org.memloop.data;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Write files as MNIST has them: a header of four-byte words, then a byte for each pixel or label. */
public final class IdxFiles {
    private IdxFiles() {}

    /**
     * Write one, packed when its name ends in {@code .gz}.
     *
     * @param file where to
     * @param body pixels or labels
     * @param header a number for the kind, then the length of each dimension
     */
    public static void write(Path file, byte[] body, int... header) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        try (DataOutputStream out = new DataOutputStream(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes)) {
            for (int word : header) {
                out.writeInt(word);
            }
            out.write(body);
        }
    }
}
