package org.memloop.learn;

/** Choose the sign of the nudge. */
public enum BetaSign {
    /** Draw it for each mini-batch (thesis, section 3.3.2). */
    RANDOM,
    /** Always draw outputs towards their targets. */
    POSITIVE,
    /** Always drive outputs away from their targets. */
    NEGATIVE,
    /** Nudge both ways from the same free states and contrast these (Laborieux and others, 2021). */
    SYMMETRIC
}
