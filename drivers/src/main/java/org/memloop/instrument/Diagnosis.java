package org.memloop.instrument;

import java.util.List;

/**
 * Tell how an instrument is by its own account.
 *
 * @param options what is built into it, as it says; may be empty
 * @param troubles what its self-test and its error queue say against it; empty when it is well
 */
public record Diagnosis(String options, List<String> troubles) {
    /** Keep the list from changing. */
    public Diagnosis {
        troubles = List.copyOf(troubles);
    }
}
