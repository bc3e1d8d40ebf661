package org.memloop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.memloop.bench.BenchException;
import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.raspberry.RegisterPins;
import org.memloop.link.Link;
import org.memloop.link.LinkOptions;
import org.memloop.link.RecordingLink;

/**
 * Keep the transcript of every link: a file for each instrument, with every message and answer, and before it a remark that
 * says when it was, in seconds since the recording began, the same for all instruments. What is reached without a link, the
 * B1530A's library and the pins of a Raspberry Pi, has no transcript.
 *
 * @param inner how instruments are reached
 * @param folder where the transcripts go
 * @param startNanos when the recording began, as {@link System#nanoTime} tells
 */
record RecordedOutside(Outside inner, Path folder, long startNanos) implements Outside {
    @Override
    public Link link(String resource, LinkOptions options, int usualBaud) {
        Path file = folder.resolve(resource.replaceAll("[^A-Za-z0-9.-]+", "_") + ".txt");
        try {
            append(file, "# " + resource);
        } catch (UncheckedIOException e) {
            throw new ConfigurationException(resource + ": its transcript cannot be written: " + e.getMessage()
                    + "; name another folder", e);
        }
        try {
            return RecordingLink.timed(inner.link(resource, options, usualBaud), () -> System.nanoTime() - startNanos,
                    line -> append(file, line));
        } catch (BenchException e) {
            append(file, "# failed: " + e.getMessage().lines().findFirst().orElse(""));
            throw e;
        }
    }

    private void append(Path file, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException(e.getFile() + " is not a folder", e);
        } catch (AccessDeniedException e) {
            throw new UncheckedIOException("no right to write " + e.getFile(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
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
