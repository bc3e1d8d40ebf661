package org.memloop.experiments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tell how to start this program once more, in a process of its own. */
public final class OwnProgram {
    private OwnProgram() {}

    /**
     * Put a command line together.
     *
     * @param javaOptions options of the Java runtime
     * @param words what the program is asked to do
     * @return program and arguments
     */
    public static List<String> command(List<String> javaOptions, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.memloop.cli.Memloop"));
        command.addAll(words);
        return command;
    }
}
