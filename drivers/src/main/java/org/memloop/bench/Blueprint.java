package org.memloop.bench;

import java.util.List;

/**
 * State what a bench will be, as far as its address and files tell without connecting to anything.
 *
 * @param capabilities what it will be and do; instruments are not known yet
 * @param settleSeconds pause before each pulse
 * @param recoverySeconds pause after each pulse
 * @param stepSeconds time it takes to tell the router one step
 * @param segmentSeconds time it takes to set the instruments up for another pulse
 * @param estimated what is only estimated, or not looked at, for a person
 */
public record Blueprint(Capabilities capabilities, double settleSeconds, double recoverySeconds, double stepSeconds,
        double segmentSeconds, List<String> estimated) {
    /** Keep the list from changing. */
    public Blueprint {
        estimated = List.copyOf(estimated);
    }
}
