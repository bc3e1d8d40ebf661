package org.memloop.calibration;

/**
 * Do one kind of work on cells: each procedure is a record of its settings. What a procedure does next follows from its
 * settings, the cells and the readings alone, never from a clock or a random number of its own; so a run that was cut off
 * can be gone through again from its journal and continued.
 */
public sealed interface Procedure
        permits ReadMap, ReadOffset, Forming, Conditioning, Switching, SetReset, WriteVerify, WeakResetCharacterization,
        Potentiation, SetLevel, IvSweep, Endurance, Retention, Relaxation, ReadNoise {

    /** {@return what the procedure is called in files and reports} */
    String name();

    /**
     * Do it.
     *
     * @param site the array and who is told
     * @param cells the cells to work on, in the order in which they are to be taken
     * @throws org.memloop.bench.BenchException when the bench fails; part of the work is then done
     */
    void run(Site site, int... cells);
}
