package org.memloop.instrument;

/** Do steps of which each has to be tried, whatever becomes of the others. */
final class Steps {
    private Steps() {}

    /** Do every step in order; tell of all failures afterwards in one exception. */
    static void all(String trouble, Runnable... steps) {
        RuntimeException failure = new IllegalStateException(trouble);
        after(failure, steps);
        Throwable[] failures = failure.getSuppressed();
        if (failures.length > 0) {
            failure = new IllegalStateException(trouble + ": " + failures[0].getMessage(), failures[0]);
            for (int i = 1; i < failures.length; i++) {
                failure.addSuppressed(failures[i]);
            }
            throw failure;
        }
    }

    /** Do every step in order; failures go with the one that is known already. */
    static void after(RuntimeException known, Runnable... steps) {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                known.addSuppressed(e);
            }
        }
    }
}
