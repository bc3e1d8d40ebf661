package org.memloop.experiments.selftest;

import java.util.List;
import java.util.stream.Stream;

/**
 * Say what a run has to make of a fault.
 *
 * @param role whose instrument's fault it is
 * @param fault its name in laboratory files
 * @param expected what the run has to do
 * @param unseen whether pulses may fail to reach the array without anybody noticing at once, so that the journal may
 *        count more than the array received
 */
record Trial(String role, String fault, Outcome expected, boolean unseen) {
    /** Share of the serial line's answers with a wrong bit: as much as a poor cable has, and no dead line. */
    private static final double NOISE = 0.01;
    private static final double LATE_SECONDS = 0.02;

    /** Name what a run can do. */
    enum Outcome {
        /** It comes to its end. */
        CARRIES_ON("carried on"),
        /** Its readings are what the fault makes of them; where they leave too few healthy cells, it ends there. */
        READINGS_TELL("ended, since its readings left too few healthy cells"),
        /** It stops with every line on ground; latched when the fault struck after FIRE. */
        STOPS("stopped safe"),
        /** It stops with every line on ground and stays stopped until somebody says that it was looked at. */
        LATCHES("stopped safe, latched"),
        /** It is refused when the bench is opened, and nothing is fired. */
        IS_REFUSED("refused when the bench was opened");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** {@return whether it is as good as another that was expected} */
        boolean satisfies(Outcome expected) {
            return this == expected || this == LATCHES && expected == STOPS
                    || this == CARRIES_ON && expected == READINGS_TELL;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Every fault of the virtual laboratory that a generator, an oscilloscope, a router and a supply can have. */
    static final List<Trial> ALL = Stream.of(
            trials("router", Outcome.STOPS, "silent", "garbage", "truncated", "hang-up"),
            trials("router", Outcome.CARRIES_ON, "drop-reply", "delayed", "serial-noise"),
            trials("generator", Outcome.STOPS, "silent", "garbage", "truncated", "drop-reply", "hang-up"),
            trials("generator", Outcome.CARRIES_ON, "delayed"),
            unseen("generator", Outcome.READINGS_TELL, "missed-trigger", "unplugged"),
            trials("generator", Outcome.IS_REFUSED, "wrong-identity"),
            trials("oscilloscope", Outcome.STOPS, "silent", "garbage", "truncated", "drop-reply", "hang-up"),
            trials("oscilloscope", Outcome.LATCHES, "missed-trigger"),
            trials("oscilloscope", Outcome.CARRIES_ON, "delayed"),
            trials("oscilloscope", Outcome.READINGS_TELL, "clipped"),
            unseen("oscilloscope", Outcome.READINGS_TELL, "unplugged"),
            trials("oscilloscope", Outcome.IS_REFUSED, "wrong-identity"),
            trials("supply-5v", Outcome.STOPS, "silent", "garbage", "truncated", "drop-reply", "hang-up"),
            unseen("supply-5v", Outcome.LATCHES, "supply-trip"),
            trials("supply-5v", Outcome.CARRIES_ON, "delayed"),
            unseen("supply-5v", Outcome.READINGS_TELL, "unplugged"),
            trials("supply-5v", Outcome.IS_REFUSED, "wrong-identity"))
            .flatMap(all -> all).toList();

    private static Stream<Trial> trials(String role, Outcome expected, String... faults) {
        return Stream.of(faults).map(fault -> new Trial(role, fault, expected, false));
    }

    private static Stream<Trial> unseen(String role, Outcome expected, String... faults) {
        return Stream.of(faults).map(fault -> new Trial(role, fault, expected, true));
    }

    /** {@return whether the fault is there before the run begins, since it shows only then} */
    boolean fromTheStart() {
        return expected == Outcome.IS_REFUSED;
    }

    /** {@return whether somebody has to go to the instrument before the run can go on} */
    boolean trips() {
        return fault.equals("supply-trip");
    }

    /** {@return how many pulses each cell gets: supplies are measured once a second, which takes a longer campaign} */
    int pulses() {
        return role.startsWith("supply") ? 600 : 40;
    }

    double probability() {
        return fault.equals("serial-noise") ? NOISE : 1;
    }

    /** {@return at which occasion it strikes, 0 for all} */
    long occasion() {
        return fault.equals("drop-reply") ? 1 : 0;
    }

    double delaySeconds() {
        return LATE_SECONDS;
    }

    @Override
    public String toString() {
        return role + " " + fault;
    }
}
