package org.memloop.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Say which software ran where, so that a run can be repeated with the same.
 *
 * @param memloop version of this program
 * @param commit git commit of the checkout it was built in, where that is known
 * @param modified whether files of that checkout differed from the commit, pages of documentation left out: they are no
 *        part of the program, which writes some itself
 * @param java version and vendor of the Java runtime
 * @param system operating system and processor architecture
 * @param host name of the computer
 * @param user who ran it
 * @param process operating system's number of the process
 */
public record Environment(String memloop, Optional<String> commit, boolean modified, String java, String system,
        String host, String user, long process) {
    private static final long PATIENCE_SECONDS = 5;

    /**
     * Look around, with the checkout that the launcher names in the system property {@code memloop.home}.
     *
     * @return what was found
     */
    public static Environment detect() {
        return detect(Optional.ofNullable(System.getProperty("memloop.home")).map(Path::of));
    }

    /**
     * Look around. What cannot be found out is {@code unknown} or empty, never an error.
     *
     * @param checkout folder of the git checkout the program runs from, where there is one
     * @return what was found
     */
    public static Environment detect(Optional<Path> checkout) {
        // without .git of its own the folder may lie in somebody else's checkout, whose commit says nothing about us
        checkout = checkout.filter(folder -> Files.exists(folder.resolve(".git")));
        Optional<String> commit = checkout.flatMap(folder -> git(folder, "rev-parse", "HEAD"));
        boolean modified = commit.isPresent()
                && checkout.flatMap(folder -> git(folder, "status", "--porcelain", "--untracked-files=no", "--", ".",
                        ":(exclude)docs", ":(exclude)README.md"))
                        .filter(changes -> !changes.isEmpty()).isPresent();
        return new Environment(version(), commit, modified,
                Runtime.version() + " (" + System.getProperty("java.vendor", "unknown") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                answer("hostname").orElse("unknown"), System.getProperty("user.name", "unknown"),
                ProcessHandle.current().pid());
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Environment.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException _) {
            // an unreadable resource leaves the version unknown; that must not cost anybody a run
        }
        return properties.getProperty("version", "unknown");
    }

    private static Optional<String> git(Path folder, String... words) {
        String[] command = new String[words.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = folder.toString();
        System.arraycopy(words, 0, command, 3, words.length);
        return answer(command);
    }

    private static Optional<String> answer(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return Optional.of(text);
            }
            process.destroy();
        } catch (IOException _) {
            // no such program here
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
