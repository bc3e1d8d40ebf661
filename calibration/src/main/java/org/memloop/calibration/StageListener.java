package org.memloop.calibration;

/** Follow work on an array while it runs. */
@FunctionalInterface
public interface StageListener {
    /**
     * Hear of progress.
     *
     * @param stage what is being done
     * @param done how many of its parts are done
     * @param of how many there are
     */
    void onProgress(String stage, int done, int of);
}
