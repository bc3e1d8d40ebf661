package org.memloop.learn;

/**
 * Tell how long parts of the work took, mean over the threads.
 *
 * @param drive what the images drive the first layer with, seconds
 * @param free free phases, seconds
 * @param nudge nudge phases, seconds
 * @param change gradient and update, seconds
 */
public record PartSeconds(double drive, double free, double nudge, double change) {
    /**
     * Take an earlier reading away.
     *
     * @param earlier what the parts had taken before
     * @return what they took since
     */
    public PartSeconds minus(PartSeconds earlier) {
        return new PartSeconds(drive - earlier.drive, free - earlier.free, nudge - earlier.nudge,
                change - earlier.change);
    }

    /**
     * Take the mean of two readings.
     *
     * @param other the other
     * @return the mean of each part
     */
    public PartSeconds mean(PartSeconds other) {
        return new PartSeconds((drive + other.drive) / 2, (free + other.free) / 2, (nudge + other.nudge) / 2,
                (change + other.change) / 2);
    }
}
