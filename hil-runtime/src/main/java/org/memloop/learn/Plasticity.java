package org.memloop.learn;

import java.util.Collections;
import java.util.List;
import org.memloop.learn.kernel.Change;
import org.memloop.learn.kernel.Weights;

/** Change the weights of synapses by one rule, mini-batch after mini-batch: {@link #begin}, changes, {@link #end}. */
public interface Plasticity extends Change {
    /** {@return the weights and biases as they are now; they change in place} */
    Weights weights();

    /**
     * Hand out the changes of each part of a mini-batch, if they are done in parts at the same time.
     *
     * @param parts how many parts
     * @return one for each part
     */
    default List<Change> parts(int parts) {
        return Collections.nCopies(parts, this);
    }

    /**
     * Tell whether weights are changed as soon as a part of the changes is finished, not only at the end of the mini-batch.
     *
     * @return whether they are
     */
    default boolean changesAtOnce() {
        return false;
    }

    /** Begin a mini-batch. */
    void begin();

    /**
     * End a mini-batch: what was collected is done.
     *
     * @throws org.memloop.bench.BenchException when a bench is behind the synapses and refuses or fails
     */
    void end();
}
