package org.memloop.instrument;

import java.util.List;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;

/**
 * Pulse and read with one pulse-measure unit, whose triggers the router follows (docs/decisions, "The router follows"):
 *
 * <pre>
 *   prepare  unit.prepare     the whole stretch as one sequence, with the router's pauses in it
 *   fire     router.follow    the router selects the first cell and is ready for triggers
 *            unit.play        a trigger ahead of each pulse; the router steps after it
 * </pre>
 */
public final class SequencedPulses implements PulseSource {
    private final PulseMeasureUnit unit;
    private double periodSeconds;

    /**
     * Pulse with a unit.
     *
     * @param unit pulse source and measurement in one
     */
    public SequencedPulses(PulseMeasureUnit unit) {
        this.unit = unit;
    }

    @Override
    public List<Capabilities.Identity> identities() {
        return List.of(unit.identity());
    }

    @Override
    public Limits limits() {
        return unit.limits();
    }

    @Override
    public Capabilities.ReadAccuracy accuracy() {
        return unit.accuracy();
    }

    @Override
    public int maxPulses(boolean measured) {
        return unit.maxPulses();
    }

    @Override
    public void prepare(ArrayRouter router, Pulse pulse, int pulses) {
        periodSeconds = router.followSeconds(pulse.widthSeconds());
        unit.prepare(pulse, pulses, router.timing().settleSeconds(), periodSeconds);
    }

    @Override
    public Currents fire(ArrayRouter router) {
        Currents[] played = {Currents.NONE};
        router.follow(periodSeconds, () -> {
            try {
                played[0] = unit.play();
            } catch (BenchException e) {
                Steps.after(e, unit::off); // before the router grounds the lines under a pulse
                throw e.withFiring(Firing.POSSIBLE);
            } catch (RuntimeException e) {
                Steps.after(e, unit::off);
                throw e;
            }
        });
        return played[0];
    }

    @Override
    public void off() {
        unit.off();
    }

    @Override
    public void close() {
        unit.close();
    }
}
