package org.memloop.instrument;

import java.util.List;
import java.util.concurrent.CancellationException;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.Capabilities;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.Quantity;
import org.memloop.bench.Readings.Quality;
import org.memloop.instrument.SourceMeasureUnit.Bias;
import org.memloop.instrument.SourceMeasureUnit.CurvePoint;

/**
 * Force voltages with source-measure units and measure the current while they stand, under a compliance: points of a
 * current-voltage curve instead of short pulses. The router follows the units' trigger, one cell a load:
 *
 * <pre>
 *   router    X selected =====================================X grounded
 *   gate      ___|‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾|______
 *   trigger   ______|‾|________________________________________
 *   column    ________|‾‾‾‾ measured ‾‾‾‾|____________________
 *                   |------- pulse width -------|
 * </pre>
 *
 * The trigger comes before the column does: the router counts a point of which it is not certain whether it was forced. The
 * width is the longest a point may take; one that takes longer is refused, for the router grounds the line then.
 */
public final class ForcedPulses implements PulseSource {
    /** The shortest point, seconds: setting and measuring take some power-line cycles and bus transfers. */
    public static final double SECONDS_MIN = 0.1;
    /** The longest point, seconds: a router waits 2 s for a trigger, 1.5 points. */
    public static final double SECONDS_MAX = 1;
    /** The most current that flows when nobody says otherwise, amperes. */
    public static final double USUAL_COMPLIANCE_AMPS = 1e-3;

    private final SourceMeasureUnit unit;
    private final double complianceAmps;
    private final BenchClock clock;
    private Pulse prepared = Pulse.READ;

    /**
     * Force with a unit.
     *
     * @param unit what forces and measures
     * @param complianceAmps the most current that may flow, amperes
     * @param clock the bench's clock
     */
    public ForcedPulses(SourceMeasureUnit unit, double complianceAmps, BenchClock clock) {
        this.unit = unit;
        this.complianceAmps = complianceAmps;
        this.clock = clock;
    }

    @Override
    public List<Capabilities.Identity> identities() {
        return List.of(unit.identity());
    }

    /** {@inheritDoc} Volts are limited by the unit itself, which knows its modules and what the array bears. */
    @Override
    public Limits limits() {
        double any = Double.POSITIVE_INFINITY;
        return new Limits(any, any, any, SECONDS_MIN, SECONDS_MAX, Long.MAX_VALUE);
    }

    @Override
    public Capabilities.ReadAccuracy accuracy() {
        return unit.accuracy();
    }

    @Override
    public int maxPulses(boolean measured) {
        return 1;
    }

    @Override
    public void prepare(ArrayRouter router, Pulse pulse, int pulses) {
        prepared = pulse;
    }

    @Override
    public Currents fire(ArrayRouter router) {
        Currents[] found = {Currents.NONE};
        router.follow(router.followSeconds(prepared.widthSeconds()), () -> {
            try {
                found[0] = point(router.timing());
            } catch (BenchException e) {
                Steps.after(e, unit::off); // before the router grounds the lines under a voltage
                throw e.withFiring(Firing.POSSIBLE);
            } catch (RuntimeException e) {
                Steps.after(e, unit::off);
                throw e;
            }
        });
        return found[0];
    }

    private Currents point(StepTiming timing) {
        int column = unit.wiring().columnChannel();
        force(unit.wiring().gateChannel(), prepared.gateVolts());
        double startSeconds = clock.nowSeconds();
        unit.trigger();
        force(column, prepared.columnVolts());
        CurvePoint point = unit.measure(column);
        force(column, 0);
        double tookSeconds = clock.nowSeconds() - startSeconds;
        if (tookSeconds > prepared.widthSeconds()) {
            throw new InstrumentException(unit.identity().role(), "measure", "forcing and measuring "
                    + prepared.name() + " took " + Quantity.text(Math.ceil(tookSeconds * 1e3) * 1e-3, "s")
                    + ", longer than its width of " + Quantity.text(prepared.widthSeconds(), "s"),
                    "the reading is not to be trusted; choose a longer width");
        }
        force(unit.wiring().gateChannel(), 0);
        pass(timing.settleSeconds() + prepared.widthSeconds() + timing.recoverySeconds() - tookSeconds);
        return prepared.measured()
                ? new Currents(new double[]{point.amps()}, new Quality[]{quality(point.status())},
                        timing.periodSeconds(prepared.widthSeconds()))
                : Currents.NONE;
    }

    private void force(int channel, double volts) {
        unit.force(channel, new Bias(SourceMeasureUnit.Quantity.VOLTS, volts, complianceAmps));
    }

    private static Quality quality(SourceMeasureUnit.Status status) {
        return switch (status) {
            case GOOD -> Quality.GOOD;
            case OTHER_IN_COMPLIANCE, IN_COMPLIANCE -> Quality.IN_COMPLIANCE;
            case OVER_RANGE, OSCILLATING, SATURATED -> Quality.SATURATED;
        };
    }

    private void pass(double seconds) {
        try {
            clock.pass(Math.max(0, seconds));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
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
