package org.memloop.instrument;

import java.util.List;
import java.util.function.Function;

import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.bench.Pulse;
import org.memloop.bench.PulseProgram;
import org.memloop.instrument.SourceMeasureUnit.Bias;
import org.memloop.instrument.SourceMeasureUnit.Quantity;
import org.memloop.instrument.SourceMeasureUnit.Staircase;
import org.memloop.instrument.keysight.Agilent81160A;
import org.memloop.instrument.keysight.Agilent81160AOutputs;
import org.memloop.instrument.keysight.AgilentE3631A;
import org.memloop.instrument.keysight.InfiniiumScope;
import org.memloop.instrument.keysight.KeysightB1500A;
import org.memloop.instrument.keysight.KeysightE36312A;
import org.memloop.instrument.keysight.KeysightMsos204A;
import org.memloop.instrument.router.NucleoRouter;
import org.memloop.link.Link;

/** What each driver that speaks over a link does in its transcript: the usual, and then it is closed twice. */
public final class DriverExercises {
    /** What the drivers hold their settings to. */
    public static final Limits CEILING = new Limits(2.5, 2.5, 5, 100e-9, 1e-3, 1000);
    /** What the supplies give. */
    public static final SupplyTarget FIVE_VOLTS = new SupplyTarget(1, List.of("VDD5"), 5, 0.25, 0.1, 5.5);

    private static final Geometry ARRAY = new Geometry(128, 64);

    private DriverExercises() {}

    /** Use an open driver; {@code triggers} gives that many triggers to whatever waits for them. */
    private interface Use<T> {
        void with(T driver, Triggers triggers);
    }

    /** Give triggers, where there is somebody to take them. */
    public interface Triggers {
        /**
         * Give some.
         *
         * @param count how many
         */
        void give(int count);
    }

    /**
     * Say what one driver does.
     *
     * @param type its class
     * @param model what it takes for its instrument, as a text in its messages
     * @param opening makes it
     * @param using uses it
     */
    public record Exercise<T extends AutoCloseable>(Class<T> type, String model, Function<Link, T> opening,
            java.util.function.BiConsumer<T, Triggers> using) {
        /**
         * Do all of it.
         *
         * @param link to the instrument
         * @param triggers gives triggers
         */
        public void run(Link link, Triggers triggers) throws Exception {
            T driver = opening.apply(link);
            using.accept(driver, triggers);
            driver.close();
            driver.close();
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private static <T extends AutoCloseable> Exercise<T> of(Class<T> type, String model, Function<Link, T> opening,
            Use<T> use) {
        return new Exercise<>(type, model, opening, use::with);
    }

    /** {@return one for each driver} */
    public static List<Exercise<?>> all() {
        return List.of(
                of(Agilent81160A.class, "81160A", link -> new Agilent81160A(link, "generator", CEILING),
                        DriverExercises::generator),
                of(KeysightMsos204A.class, "MSOS204A", link -> new KeysightMsos204A(link, "oscilloscope"),
                        DriverExercises::oscilloscope),
                of(KeysightE36312A.class, "E36312A",
                        link -> new KeysightE36312A(link, "supply-5v", List.of(FIVE_VOLTS)),
                        DriverExercises::supply),
                of(AgilentE3631A.class, "E3631A", link -> new AgilentE3631A(link, "supply-5v", List.of(FIVE_VOLTS)),
                        DriverExercises::supply),
                of(KeysightB1500A.class, "B1500A",
                        link -> new KeysightB1500A(link, "source-measure-unit", UnitWiring.SOURCE_MEASURE, CEILING),
                        DriverExercises::analyzer),
                of(NucleoRouter.class, "version 1",
                        link -> new NucleoRouter(link, StepTiming.USUAL, "router", NucleoRouter.WATCHDOG, 0x12345678),
                        DriverExercises::router));
    }

    private static void generator(Agilent81160A generator, Triggers triggers) {
        generator.shape(Pulse.SET);
        generator.arm();
        generator.shape(Pulse.WEAK_RESET);
        generator.disarm();
        Agilent81160AOutputs outputs = generator.outputs();
        outputs.load(1, 1e6);
        outputs.pulses(1, new Agilent81160AOutputs.Shape(0, 1.5, 2e-6, 10e-9, 0), 3, 5e-6,
                Agilent81160AOutputs.Start.PROGRAM);
        outputs.on(1);
        outputs.trigger();
        outputs.off(1);
        outputs.arbitrary(2, "RAMP5", new double[]{-1, -0.5, 0, 0.5, 1}, 1e-3, -0.5, 0.5,
                Agilent81160AOutputs.Start.EXTERNAL);
        generator.shape(Pulse.READ);
    }

    private static void oscilloscope(KeysightMsos204A oscilloscope, Triggers triggers) {
        oscilloscope.arm(3, Pulse.READ.widthSeconds());
        triggers.give(3);
        oscilloscope.fetch();
        InfiniiumScope scope = oscilloscope.scope();
        scope.channel(1, 0.008, 0.003, true);
        scope.acquisition(1e-4, 32, 1, 1);
        scope.acquire(() -> triggers.give(1), 5);
        scope.waveforms(1);
        scope.measure(1, InfiniiumScope.Measurement.MAXIMUM);
        scope.acquisition(1e-4, 32, 4, 1);
        scope.acquire(() -> triggers.give(4), 5);
        scope.waveforms(1);
        oscilloscope.arm(1, Pulse.READ.widthSeconds());
        triggers.give(1);
        oscilloscope.fetch();
    }

    private static void supply(PowerSupply supply, Triggers triggers) {
        supply.switchOn();
        supply.measure();
        supply.switchOn();
        supply.switchOff();
    }

    private static void analyzer(KeysightB1500A analyzer, Triggers triggers) {
        analyzer.force(2, new Bias(Quantity.VOLTS, 3, 1e-3));
        analyzer.force(1, new Bias(Quantity.VOLTS, 0.5, 1e-3));
        analyzer.trigger();
        analyzer.measure(1);
        analyzer.sample(1, 3, 0.01);
        analyzer.sweep(Staircase.linear(1, Quantity.VOLTS, 0, 2, 5, 100e-6));
        analyzer.sweep(Staircase.linear(1, Quantity.AMPS, 0, 100e-6, 5, 2));
        analyzer.off();
    }

    private static void router(NucleoRouter router, Triggers triggers) {
        router.load(PulseProgram.builder().add(ARRAY.cell(2, 5), Pulse.WEAK_RESET, 1)
                .add(ARRAY.cell(127, 63), Pulse.WEAK_RESET, 300).build(), 0, 2);
        router.fire();
        router.load(PulseProgram.of(Pulse.SET, 0), 0, 1);
        router.ground();
    }
}
