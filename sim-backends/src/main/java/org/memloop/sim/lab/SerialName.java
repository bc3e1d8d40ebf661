package org.memloop.sim.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;

/** Give a pseudo-terminal the name that a laboratory file has for a serial port, as a symbolic link. */
final class SerialName implements AutoCloseable {
    private static final Pattern SERIAL = Pattern.compile("ASRL(/.+)::INSTR", Pattern.CASE_INSENSITIVE);

    private final Path link;
    private final Path target;

    private SerialName(Path link, Path target) {
        this.link = link;
        this.target = target;
    }

    /**
     * Make the link, where nothing else has its name.
     *
     * @param resource the name in the file
     * @param devicePath the pseudo-terminal
     * @return the link; empty when the name is no path, or belongs to a real port
     */
    static Optional<SerialName> of(String resource, String devicePath) {
        Matcher serial = SERIAL.matcher(resource);
        if (!serial.matches()) {
            return Optional.empty();
        }
        Path link = Path.of(serial.group(1));
        if (Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS) && !left(link)) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(link.toAbsolutePath().getParent());
            Files.deleteIfExists(link);
            return Optional.of(new SerialName(Files.createSymbolicLink(link, Path.of(devicePath)),
                    Path.of(devicePath)));
        } catch (IOException e) {
            throw new ConfigurationException("cannot name the router's port " + link + " as the laboratory file does: "
                    + e.getMessage() + "; write a path there that you may create, for example /tmp/lab/router", e);
        }
    }

    /** {@return whether a link was left by a laboratory that is gone} */
    private static boolean left(Path link) {
        try {
            return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).startsWith("/dev/pts");
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
                Files.delete(link);
            }
        } catch (IOException _) {
            // the next laboratory replaces it
        }
    }
}
