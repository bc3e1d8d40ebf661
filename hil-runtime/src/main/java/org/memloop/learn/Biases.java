package org.memloop.learn;

/** Choose how the biases of neurons learn. */
public enum Biases {
    /** There are none (thesis, section 4.3.4). */
    NONE,
    /** As the gradient wants them, with the learning rate of their layer (thesis, section 3.3.2). */
    CONTINUOUS,
    /** By the rule the synapses learn by; their pulses are not counted. */
    LIKE_SYNAPSES
}
