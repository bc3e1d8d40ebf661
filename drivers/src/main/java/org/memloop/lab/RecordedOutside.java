package org.memloop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

import org.memloop.instrument.raspberry.RegisterPins;
import org.memloop.link.Link;
import org.memloop.link.LinkOptions;
import org.memloop.link.RecordingLink;

/**
 * Keep the transcript of every link: a file for each instrument, with every message and answer, and before it a remark that
 * says when it was, in seconds since the first.
 *
 * @param inner how instruments are reached
 * @param folder where the transcripts go
 */
record RecordedOutside(Outside inner, Path folder) implements Outside {
    @Override
    public Link link(String resource, LinkOptions options, int usualBaud) {
        Path file = folder.resolve(resource.replaceAll("[^A-Za-z0-9.-]+", "_") + ".txt");
        append(file, "# " + resource);
        long start = System.nanoTime();
        return new RecordingLink(inner.link(resource, options, usualBaud), line -> append(file,
                String.format(Locale.ROOT, "# %.6f s", (System.nanoTime() - start) * 1e-9) + "\n" + line));
    }

    private void append(Path file, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SymbolLookup wgfmu(LinkOptions options) {
        return inner.wgfmu(options);
    }

    @Override
    public RegisterPins pins(String resource) {
        return inner.pins(resource);
    }
}
