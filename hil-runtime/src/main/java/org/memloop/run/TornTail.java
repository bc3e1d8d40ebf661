package org.memloop.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keep what is cut off a journal, for whoever wants to look at it. */
final class TornTail {
    private TornTail() {}

    /** Copy everything from a position on into a new file {@code journal.mlj.torn-1} (or 2, ...) beside the journal. */
    static void keep(Path journal, FileChannel from, long position) throws IOException {
        for (int number = 1;; number++) {
            Path aside = journal.resolveSibling(journal.getFileName() + ".torn-" + number);
            try (FileChannel to = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                long at = position;
                while (at < from.size()) {
                    at += from.transferTo(at, from.size() - at, to);
                }
                to.force(true);
                return;
            } catch (FileAlreadyExistsException _) {
                // of an earlier crash
            }
        }
    }
}
