package org.memloop.check;

import java.util.List;

/**
 * Group checks of one subject. A new group is one class, found by {@link java.util.ServiceLoader}: it is named in
 * {@code META-INF/services/org.memloop.check.Checks}.
 */
public interface Checks {
    /** {@return what is checked: one word or two, joined with a dash, for example {@code hfox-cell}} */
    String subject();

    /** {@return one line that says what the numbers are and where the targets come from} */
    String about();

    /**
     * Simulate, and hold the numbers against their targets.
     *
     * @param seed everything random follows from it
     * @return the checks, in the order to show them
     */
    List<Check> run(long seed);
}
