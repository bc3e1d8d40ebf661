package org.memloop.lab;

import java.util.List;

import org.memloop.bench.Blueprint;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Operations;
import org.memloop.instrument.router.RouterFrames;

/** Say what the rack of a laboratory will be, without connecting to it. */
public final class LabBlueprint {
    /** Three bytes of a step, ten bits each, and what frames add to them, at the router's usual speed. */
    private static final double USUAL_STEP_SECONDS = 3.04 * 10 / RouterFrames.BAUD;
    private static final double SETUP_SECONDS = 10e-3;

    private LabBlueprint() {}

    /**
     * Say what a laboratory file tells.
     *
     * @param lab what is where
     * @param baud speed of the router's serial line, bits per second; 0 for as fast as it goes
     * @return what it tells
     */
    public static Blueprint of(LabFile lab, int baud) {
        double pause = lab.timing().settleSeconds() + lab.timing().recoverySeconds();
        double step = baud == 0 ? 0 : USUAL_STEP_SECONDS * RouterFrames.BAUD / baud;
        return new Blueprint(
                new Capabilities(lab.name(), lab.geometry(), lab.limits(), new Capabilities.ReadAccuracy(0, 0),
                        List.of(), Operations.ANY, pause),
                lab.timing().settleSeconds(), lab.timing().recoverySeconds(), step, SETUP_SECONDS,
                List.of("limits are those of the laboratory file; the instruments' own are known once they are connected",
                        "the router's serial line takes " + Math.round(1e6 * step) + " us for a step, and setting"
                                + " instruments up for another pulse " + Math.round(1e3 * SETUP_SECONDS) + " ms"));
    }
}
