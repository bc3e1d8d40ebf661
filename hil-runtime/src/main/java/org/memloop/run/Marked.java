package org.memloop.run;

import org.memloop.bench.Bench;

/** Be a bench whose requests are written down, and what happens around them as well. */
interface Marked extends Bench {
    /** Write down that the program above has reached a stage. */
    void mark(String stage, long done, long of);
}
