package org.memloop.campaign;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * State when a campaign stops by itself. What is empty is not watched.
 *
 * @param yieldBelow least share of cells that a stage has to bring to its aim, 0 to 1; looked at when the stage ends
 * @param complianceHits most readings in compliance or out of range
 * @param seconds longest time by the bench's clock
 * @param pulsesPerCell most wearing pulses one cell may get from the campaign
 * @param instrumentErrors how many times a program may be tried again that certainly fired nothing because an instrument or
 *        a link failed; 0 stops at the first such failure
 */
public record StopRules(OptionalDouble yieldBelow, OptionalInt complianceHits, OptionalDouble seconds,
        OptionalLong pulsesPerCell, int instrumentErrors) {
    /** Watch nothing, and stop at the first failure. */
    public static final StopRules NONE = new StopRules(OptionalDouble.empty(), OptionalInt.empty(),
            OptionalDouble.empty(), OptionalLong.empty(), 0);
}
