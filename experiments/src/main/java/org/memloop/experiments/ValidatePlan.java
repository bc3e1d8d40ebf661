package org.memloop.experiments;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Fix every setting of a validation of the simulated devices.
 *
 * @param subjects which groups of checks to run; empty for all
 * @param seed everything random follows from it
 * @param figures folder for pictures of what is simulated; none are drawn without one
 * @param json whether to print one JSON object for each check
 */
public record ValidatePlan(Set<String> subjects, long seed, Optional<Path> figures, boolean json) {
    /** Keep the set from changing. */
    public ValidatePlan {
        subjects = Set.copyOf(subjects);
    }
}
