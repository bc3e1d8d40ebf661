package org.memloop.link;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Say what a resource name leaves open about the way to an instrument. What is empty is as usual for the link.
 *
 * @param library path of a native library (VISA, WGFMU) instead of the one that the system finds
 * @param corePort port of the VXI-11 core channel instead of asking the portmapper
 * @param timeoutSeconds how long an answer may take, seconds
 * @param baud speed of a serial line, bits per second
 */
public record LinkOptions(Optional<String> library, OptionalInt corePort, OptionalDouble timeoutSeconds,
        OptionalInt baud) {
    /** Everything as usual. */
    public static final LinkOptions USUAL = new LinkOptions(Optional.empty(), OptionalInt.empty(),
            OptionalDouble.empty(), OptionalInt.empty());
}
