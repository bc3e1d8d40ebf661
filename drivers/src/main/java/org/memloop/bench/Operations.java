package org.memloop.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * State which pulses a bench can do. Most benches do any pulse within their limits; a recording can only answer the
 * pulses it was recorded with.
 *
 * @param only the pulses it can do, or empty when it can do any
 * @param reason why it can do no others, for a person; blank when it can do any
 */
public record Operations(Optional<List<Pulse>> only, String reason) {
    /** Do any pulse within the limits. */
    public static final Operations ANY = new Operations(Optional.empty(), "");

    /** Keep the list from changing. */
    public Operations {
        only = only.map(List::copyOf);
    }

    /**
     * Do some pulses and no others.
     *
     * @param reason why no others, for example {@code a recording of weak RESET pulses answers no others}
     * @param pulses the pulses it can do
     * @return the operations
     */
    public static Operations only(String reason, Pulse... pulses) {
        return new Operations(Optional.of(List.of(pulses)), reason);
    }

    /**
     * Tell whether the bench can do a pulse, its limits aside.
     *
     * @param pulse the condition
     * @return true when it can
     */
    public boolean supports(Pulse pulse) {
        return only.isEmpty() || only.get().contains(pulse);
    }

    /**
     * Check one operating condition.
     *
     * @param pulse the condition
     * @throws LimitException naming the pulse, why it cannot be done, and what can
     */
    public void check(Pulse pulse) {
        if (!supports(pulse)) {
            throw new LimitException("pulse " + pulse.name() + " cannot be done here: " + reason + "; it can do " + this
                    + ". Nothing was fired");
        }
    }

    @Override
    public String toString() {
        return only.map(pulses -> pulses.stream().map(Pulse::name).collect(Collectors.joining(", ")))
                .orElse("any pulse within the limits");
    }
}
