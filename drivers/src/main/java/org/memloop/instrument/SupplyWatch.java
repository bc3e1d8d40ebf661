package org.memloop.instrument;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.memloop.bench.BenchException;
import org.memloop.bench.BenchException.Firing;
import org.memloop.bench.InstrumentException;
import org.memloop.bench.Notice;

/**
 * Look after the supplies of a rack: switched on in order, measured before the first pulse and then at most once in a while,
 * switched off in the reverse order. An output that does not give what it should stops the bench.
 */
final class SupplyWatch {
    /** How much bench time passes between two measurements; a measurement costs some ten milliseconds a supply. */
    static final double INTERVAL_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(SupplyWatch.class);

    private final List<PowerSupply> supplies;
    private double lastSeconds = Double.NEGATIVE_INFINITY;

    SupplyWatch(List<PowerSupply> supplies) {
        this.supplies = List.copyOf(supplies);
    }

    boolean present() {
        return !supplies.isEmpty();
    }

    void up() {
        supplies.forEach(PowerSupply::switchOn);
    }

    /**
     * Measure when it is due, tell what was measured, and refuse to go on with a supply that is not as it should be. Pulses
     * given since it last was may not have reached the array, which is a doubt about what was fired.
     */
    void look(double nowSeconds, Consumer<Notice> listener) {
        if (!present() || nowSeconds - lastSeconds < INTERVAL_SECONDS) {
            return;
        }
        double since = nowSeconds - lastSeconds;
        lastSeconds = nowSeconds;
        for (PowerSupply supply : supplies) {
            String role = supply.identity().role();
            List<SupplyReading> readings = supply.measure();
            for (SupplyReading reading : readings) {
                String output = "output " + reading.output();
                listener.accept(new Notice.Measured(role, output, reading.volts(), "V", nowSeconds));
                listener.accept(new Notice.Measured(role, output, reading.amps(), "A", nowSeconds));
            }
            for (int i = 0; i < readings.size(); i++) {
                check(supply, supply.targets().get(i), readings.get(i), since);
            }
        }
    }

    private static void check(PowerSupply supply, SupplyTarget target, SupplyReading reading, double sinceSeconds) {
        boolean near = Math.abs(reading.volts() - target.volts()) <= target.toleranceVolts();
        if (near && reading.state() == SupplyReading.State.CONSTANT_VOLTAGE) {
            return;
        }
        String what = String.format(Locale.ROOT, "%.4g V, %.3g A, %s", reading.volts(), reading.amps(),
                reading.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        String wanted = String.format(Locale.ROOT,
                "%s needs %.4g V within %.2g V at constant voltage; the bench is stopped%s",
                String.join(", ", target.pins()), target.volts(), target.toleranceVolts(),
                Double.isFinite(sinceSeconds)
                        ? String.format(Locale.ROOT, ", and pulses of the last %.1f s may not have arrived",
                                sinceSeconds)
                        : "");
        throw new InstrumentException(supply.identity().role() + " at " + supply.identity().resource(),
                "output " + target.output(), what, wanted)
                .withFiring(Double.isFinite(sinceSeconds) ? Firing.POSSIBLE : Firing.NONE);
    }

    /** Steps that switch everything off, the last supply first. */
    List<Runnable> down() {
        return supplies.reversed().stream().<Runnable>map(supply -> supply::switchOff).toList();
    }

    /** Steps that switch everything off and let go of the supplies; whoever is past asking is told of in the log. */
    List<Runnable> close() {
        return Stream.<Runnable>concat(supplies.reversed().stream().map(supply -> () -> leave(supply)),
                supplies.reversed().stream().map(supply -> supply::close)).toList();
    }

    private static void leave(PowerSupply supply) {
        try {
            supply.switchOff();
        } catch (BenchException e) {
            LOG.warn("{}: its outputs may still be on, look at it: {}", supply.identity().role(), e.getMessage());
        }
    }
}
