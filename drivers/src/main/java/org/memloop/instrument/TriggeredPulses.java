package org.memloop.instrument;

import java.util.List;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;

/**
 * Pulse with a generator and read with an oscilloscope, both triggered by the router:
 *
 * <pre>
 *   prepare  generator.shape, arm    heights and width       oscilloscope.arm   when the pulse is measured
 *   fire     router.fire             one trigger a pulse, the router steps on its own
 *            oscilloscope.fetch      all segments in one transfer
 * </pre>
 */
public final class TriggeredPulses implements PulseSource {
    private final PulseGenerator generator;
    private final Oscilloscope oscilloscope;
    private Pulse prepared = Pulse.READ;

    /**
     * Put the two together.
     *
     * @param generator what pulses
     * @param oscilloscope what reads the current
     */
    public TriggeredPulses(PulseGenerator generator, Oscilloscope oscilloscope) {
        this.generator = generator;
        this.oscilloscope = oscilloscope;
    }

    @Override
    public List<Capabilities.Identity> identities() {
        return List.of(generator.identity(), oscilloscope.identity());
    }

    @Override
    public Limits limits() {
        return generator.limits();
    }

    @Override
    public Capabilities.ReadAccuracy accuracy() {
        return oscilloscope.accuracy();
    }

    @Override
    public int maxPulses(boolean measured) {
        return measured ? oscilloscope.maxSegments() : Integer.MAX_VALUE;
    }

    @Override
    public void prepare(ArrayRouter router, Pulse pulse, int pulses) {
        generator.shape(pulse);
        generator.arm();
        if (pulse.measured()) {
            oscilloscope.arm(pulses, pulse.widthSeconds());
        }
        prepared = pulse;
    }

    @Override
    public Currents fire(ArrayRouter router) {
        router.fire();
        if (!prepared.measured()) {
            return Currents.NONE;
        }
        try {
            Oscilloscope.Segments segments = oscilloscope.fetch();
            double[] amps = segments.volts().clone();
            for (int i = 0; i < amps.length; i++) {
                amps[i] /= oscilloscope.inputOhms();
            }
            return Currents.sampled(amps, segments.saturated(), router.timing().periodSeconds(prepared.widthSeconds()));
        } catch (BenchException e) {
            throw e.withFiring(Firing.POSSIBLE);
        }
    }

    @Override
    public void off() {
        generator.disarm();
    }

    @Override
    public void close() {
        Steps.all("generator and oscilloscope did not close cleanly", generator::close, oscilloscope::close);
    }
}
