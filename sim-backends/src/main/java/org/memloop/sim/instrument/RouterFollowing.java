package org.memloop.sim.instrument;

/**
 * Step through a router's program by the triggers of another instrument (FOLLOW in {@code docs/router-protocol.md}).
 *
 * <pre>
 *   register  ==X==================X==================X====
 *   trigger   ______|‾|________________|‾|________________
 *   pulse     ______|‾‾‾‾‾‾‾|__________|‾‾‾‾‾‾‾|__________
 *                    window  recovery   window  recovery      early: before recovery ends; late: after the gap
 * </pre>
 */
final class RouterFollowing {
    /** Say what has become of the program. */
    enum Course {
        ON,
        ENDED,
        EARLY,
        LATE
    }

    private static final double TOLERANCE_SECONDS = 1e-9;

    private final RouterProgram program;
    private final Wiring wiring;
    private final double gapSeconds;
    private boolean pulsing;
    private double lastSeconds = Double.NaN;

    RouterFollowing(RouterProgram program, Wiring wiring, double gapSeconds) {
        this.program = program;
        this.wiring = wiring;
        this.gapSeconds = gapSeconds;
        program.select(wiring);
    }

    /** Take a trigger. */
    Course trigger(double nowSeconds) {
        Course course = time(nowSeconds);
        if (course != Course.ON) {
            return course;
        }
        if (pulsing) {
            return Course.EARLY;
        }
        program.count();
        pulsing = true;
        lastSeconds = nowSeconds;
        return Course.ON;
    }

    /** Notice how far time has come. */
    Course time(double nowSeconds) {
        if (pulsing && nowSeconds >= lastSeconds + program.afterTriggerSeconds() - TOLERANCE_SECONDS) {
            pulsing = false;
            program.next(wiring);
        }
        if (program.ended()) {
            return Course.ENDED;
        }
        return nowSeconds > lastSeconds + gapSeconds + TOLERANCE_SECONDS ? Course.LATE : Course.ON;
    }
}
