package org.memloop.experiments;

/** Show how far a task has come. */
public interface Progress extends AutoCloseable {
    /**
     * Say how much is done.
     *
     * @param done steps done, 0 to the task's total; never less than before
     */
    void reach(long done);

    @Override
    void close();
}
