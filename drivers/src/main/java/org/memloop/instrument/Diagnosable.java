package org.memloop.instrument;

/** Let an instrument test itself. Nothing is driven meanwhile. */
public interface Diagnosable {
    /**
     * Run the self-test and read options and error queue.
     *
     * @return what came of it
     * @throws org.memloop.bench.BenchException when the instrument does not answer
     */
    Diagnosis diagnose();
}
