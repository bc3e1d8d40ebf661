package org.memloop.lab;

import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.memloop.bench.ConfigurationException;
import org.memloop.instrument.raspberry.RegisterPins;
import org.memloop.link.Link;
import org.memloop.link.LinkOptions;

/**
 * Let no second program on this computer reach an instrument that one has: raw sockets and serial lines have no locks of
 * their own. A file for each instrument says whose it is: process, person, since when. It goes with the program; the file
 * of a program that died is taken over.
 *
 * @param inner how instruments are reached
 * @param folder where the files are, the same for all programs of this computer
 */
record OwnedOutside(Outside inner, Path folder) implements Outside {
    /** Keep the files where every program of this computer looks. */
    static OwnedOutside usual(Outside inner) {
        return new OwnedOutside(inner, Path.of(System.getProperty("java.io.tmpdir"), "memloop-locks"));
    }

    @Override
    public Link link(String resource, LinkOptions options, int usualBaud) {
        own(resource);
        return inner.link(resource, options, usualBaud);
    }

    @Override
    public SymbolLookup wgfmu(LinkOptions options) {
        return inner.wgfmu(options);
    }

    @Override
    public RegisterPins pins(String resource) {
        own(resource);
        return inner.pins(resource);
    }

    private void own(String resource) {
        Path file = folder.resolve(resource.replaceAll("[^A-Za-z0-9.-]+", "_"));
        ProcessHandle me = ProcessHandle.current();
        String mine = me.pid() + "\n" + System.getProperty("user.name") + "\n"
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
        try {
            Files.createDirectories(folder);
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException _) {
                refuseLiving(resource, Files.readAllLines(file).toArray(new String[0]), me);
            }
            Files.writeString(file, mine);
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new ConfigurationException(resource + ": cannot say in " + file + " that this program has the"
                    + " instrument: " + e.getMessage(), e);
        }
    }

    private static void refuseLiving(String resource, String[] owner, ProcessHandle me) {
        Optional<ProcessHandle> other = owner.length == 3 && owner[0].matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(owner[0])).filter(ProcessHandle::isAlive)
                : Optional.empty();
        if (other.isPresent() && other.get().pid() != me.pid()) {
            throw new ConfigurationException(resource + " is locked by process " + owner[0] + " of " + owner[1]
                    + " since " + owner[2] + "; wait for its end, or stop it");
        }
    }
}
