package org.memloop.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuse counts that are too small. */
final class Counts {
    private Counts() {}

    /**
     * Let a count pass.
     *
     * @param spec the command that was given it
     * @param least the smallest it may be
     * @param option the option that it was given with
     * @param value the count
     * @return the count
     * @throws ParameterException when it is smaller
     */
    static int atLeast(CommandSpec spec, int least, String option, int value) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + " must be " + least + " or more, not " + value);
        }
        return value;
    }
}
