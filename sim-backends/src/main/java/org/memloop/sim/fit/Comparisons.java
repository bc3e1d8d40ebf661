package org.memloop.sim.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.recording.CardFitter.Comparison;
import org.memloop.recording.CardFitter.Item;
import org.memloop.sim.fit.Measured.Cycle;
import org.memloop.sim.fit.Measured.Response;
import org.memloop.sim.fit.Measured.Settling;

/**
 * Compare measured cells with simulated ones that got the same pulses: medians and shares are to agree within 15 %, 10 %
 * and 90 % quantiles within 25 %. How well a measured number is known, with as few cells as there are, stands beside it.
 */
final class Comparisons {
    private static final double MEDIAN_SHARE = 0.15;
    private static final double TAIL_SHARE = 0.25;
    private static final double MICRO = 1e-6;
    private static final int FEWEST = 20;

    private final Measured measured;
    private final Measured simulated;
    private final List<Comparison> found = new ArrayList<>();

    private Comparisons(Measured measured, Measured simulated) {
        this.measured = measured;
        this.simulated = simulated;
    }

    /** {@return what can be compared; the simulated responses are in the order of the measured ones} */
    static List<Comparison> of(Measured measured, Measured simulated) {
        Comparisons comparisons = new Comparisons(measured, simulated);
        comparisons.sets();
        comparisons.resets();
        comparisons.readings();
        comparisons.cycles();
        comparisons.relaxation();
        return comparisons.found;
    }

    private void sets() {
        List<Response> all = measured.responses();
        values(all, r -> r.polarity() == Polarity.SET, Response::columnVolts).forEach(volts -> changed(
                String.format(Locale.ROOT, "SET %.1f V, gate 2 V or more", volts),
                r -> r.polarity() == Polarity.SET && r.columnVolts() == volts && r.gateVolts() >= 1.99));
        values(all, r -> r.polarity() == Polarity.SET && r.columnVolts() > 1.25, Response::gateVolts)
                .forEach(volts -> changed(String.format(Locale.ROOT, "SET 1.5 V or more, gate %.1f V", volts),
                        r -> r.polarity() == Polarity.SET && r.columnVolts() > 1.25 && r.gateVolts() == volts));
    }

    /** Compare the conductances after some pulses. */
    private void changed(String title, Predicate<Response> those) {
        int[] places = places(those);
        if (places.length < FEWEST) {
            return;
        }
        Quantiles m = Stages.of(measured.responses(), places, r -> r.afterSiemens() / MICRO);
        Quantiles s = simulated(places, r -> r.afterSiemens() / MICRO);
        add(title, "conductance after (uS)", quantiles(m, s), m, s);
    }

    private void resets() {
        for (double volts : values(measured.responses(), r -> r.polarity() == Polarity.RESET && r.columnVolts() > 1.75,
                Response::columnVolts)) {
            for (double seconds : values(measured.responses(), r -> r.polarity() == Polarity.RESET,
                    Response::widthSeconds)) {
                reset(volts, seconds);
            }
        }
    }

    private void reset(double volts, double seconds) {
        int[] places = places(r -> r.polarity() == Polarity.RESET && r.columnVolts() == volts
                && r.widthSeconds() == seconds && r.gateVolts() >= 2.19);
        if (places.length < FEWEST) {
            return;
        }
        Quantiles m = Stages.of(measured.responses(), places, r -> r.changeSiemens() / MICRO);
        Quantiles s = simulated(places, r -> r.changeSiemens() / MICRO);
        List<Item> items = new ArrayList<>();
        items.add(quantile("median change (uS)", m, s, 0.5, MEDIAN_SHARE));
        items.add(share("share falling by more than 20 uS", m, m.below(-20), s.below(-20)));
        items.add(share("share rising by more than 8 uS", m, 1 - m.below(8), 1 - s.below(8)));
        Quantiles after = Stages.of(measured.responses(), places, r -> r.afterSiemens() / MICRO);
        items.addAll(quantiles(after, simulated(places, r -> r.afterSiemens() / MICRO)));
        add(String.format(Locale.ROOT, "RESET %.1f V, %.0f ns, gate 2.2 V or more", volts, seconds * 1e9),
                "change (uS)",
                items, m, s);
    }

    private static Item share(String name, Quantiles m, double measured, double simulated) {
        return new Item(name, measured, m.shareError(measured), simulated, MEDIAN_SHARE * measured);
    }

    private Quantiles simulated(int[] places, ToDoubleFunction<Response> number) {
        int[] copies = Stages.copies(places, measured.responses().size(), simulated.responses().size());
        return Stages.of(simulated.responses(), copies, number);
    }

    private void readings() {
        reading("reading repeated, conducting cells (share of G)", r -> r.beforeSiemens() > 80e-6);
        reading("reading repeated, open cells (share of G)", r -> r.beforeSiemens() < 40e-6);
        if (!measured.traces().isEmpty()) {
            double width = TraceStatistics.median(measured.traces(), TraceStatistics::deviation);
            double first = TraceStatistics.median(measured.traces(), x -> TraceStatistics.correlation(x, 1));
            List<Item> items = List.of(
                    new Item("standard deviation / R", width, 0,
                            TraceStatistics.median(simulated.traces(), TraceStatistics::deviation),
                            MEDIAN_SHARE * width),
                    new Item("correlation with the next reading", first, 0,
                            TraceStatistics.median(simulated.traces(), x -> TraceStatistics.correlation(x, 1)),
                            MEDIAN_SHARE * first));
            add("trace of readings", "G / mean", items, trace(measured), trace(simulated));
        }
    }

    private static Quantiles trace(Measured cells) {
        return new Quantiles(cells.traces().stream().flatMapToDouble(t -> {
            double mean = DoubleStream.of(t.siemens()).average().orElseThrow();
            return DoubleStream.of(t.siemens()).map(x -> x / mean);
        }));
    }

    private void reading(String title, Predicate<Response> those) {
        int[] places = places(r -> r.columnVolts() < 0.75 && those.test(r));
        if (places.length < FEWEST) {
            return;
        }
        Quantiles m = Stages.of(measured.responses(), places, Comparisons::repeat);
        Quantiles s = simulated(places, Comparisons::repeat);
        double width = (m.at(0.84) - m.at(0.16)) / 2;
        add(title, "ln G2/G1 / sqrt 2", List.of(
                new Item("one standard deviation", width, Math.hypot(m.error(0.84), m.error(0.16)) / 2,
                        (s.at(0.84) - s.at(0.16)) / 2, MEDIAN_SHARE * width)),
                m, s);
    }

    private static double repeat(Response r) {
        return Math.log(r.afterSiemens() / r.beforeSiemens()) / Math.sqrt(2);
    }

    private void cycles() {
        if (measured.cycles().size() < FEWEST) {
            return;
        }
        cycle("cycled cells, low resistance", Cycle::lowOhms);
        cycle("cycled cells, high resistance", Cycle::highOhms);
    }

    private void cycle(String title, ToDoubleFunction<Cycle> ohms) {
        Quantiles m = new Quantiles(measured.cycles().stream().mapToDouble(c -> ohms.applyAsDouble(c) / 1e3));
        Quantiles s = new Quantiles(simulated.cycles().stream().mapToDouble(c -> ohms.applyAsDouble(c) / 1e3));
        List<Item> items = new ArrayList<>(quantiles(m, s));
        items.add(quantile("1 % quantile", m, s, 0.01, TAIL_SHARE));
        items.add(quantile("99 % quantile", m, s, 0.99, TAIL_SHARE));
        double correlation = Stages.pairs(measured.cycles(), ohms);
        items.add(new Item("correlation between cycles", correlation,
                (1 - correlation * correlation) / Math.sqrt(m.count()), Stages.pairs(simulated.cycles(), ohms),
                TAIL_SHARE * Math.abs(correlation)));
        add(title, "resistance (kohm)", items, m, s);
    }

    private void relaxation() {
        measured.settlings().stream().mapToDouble(Settling::seconds).distinct().sorted().forEach(seconds -> {
            settled(seconds, "", 0, 1);
            settled(seconds, ", cells below 20 uS", 0, 20 * MICRO);
            settled(seconds, ", cells of 20 to 70 uS", 20 * MICRO, 70 * MICRO);
            settled(seconds, ", cells above 70 uS", 70 * MICRO, 1);
        });
    }

    private void settled(double seconds, String which, double low, double high) {
        Quantiles m = micro(Stages.changes(measured, seconds, low, high));
        if (m.count() < FEWEST) {
            return;
        }
        Quantiles s = micro(Stages.changes(simulated, seconds, low, high));
        add(String.format(Locale.ROOT, "relaxation after %s s%s", seconds < 1 ? seconds : Math.round(seconds), which),
                "change (uS)",
                List.of(new Item("mean change (uS)", m.mean(), m.meanError(), s.mean(),
                        MEDIAN_SHARE * Math.abs(m.mean())),
                        new Item("standard deviation (uS)", m.deviation(), m.deviationError(), s.deviation(),
                                MEDIAN_SHARE * m.deviation()),
                        quantile("10 % quantile", m, s, 0.1, TAIL_SHARE),
                        quantile("90 % quantile", m, s, 0.9, TAIL_SHARE)),
                m, s);
    }

    private static Quantiles micro(Quantiles siemens) {
        return new Quantiles(DoubleStream.of(siemens.sorted()).map(x -> x / MICRO));
    }

    private static List<Item> quantiles(Quantiles m, Quantiles s) {
        return List.of(quantile("10 % quantile", m, s, 0.1, TAIL_SHARE), quantile("median", m, s, 0.5, MEDIAN_SHARE),
                quantile("90 % quantile", m, s, 0.9, TAIL_SHARE));
    }

    private static Item quantile(String name, Quantiles m, Quantiles s, double share, double tolerance) {
        return new Item(name, m.at(share), m.error(share), s.at(share), tolerance * Math.abs(m.at(share)));
    }

    private void add(String title, String quantity, List<Item> items, Quantiles m, Quantiles s) {
        double distance = 0;
        double probability = 1;
        if (m.count() > 1 && s.count() > 1) {
            KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
            distance = test.kolmogorovSmirnovStatistic(m.sorted(), s.sorted());
            probability = test.approximateP(distance, m.count(), s.count());
        }
        found.add(new Comparison(title, quantity, items, m.sorted(), s.sorted(), distance, probability));
    }

    private int[] places(Predicate<Response> those) {
        return IntStream.range(0, measured.responses().size()).filter(i -> those.test(measured.responses().get(i)))
                .toArray();
    }

    private static List<Double> values(List<Response> responses, Predicate<Response> those,
            ToDoubleFunction<Response> number) {
        return responses.stream().filter(those).map(r -> number.applyAsDouble(r)).distinct().sorted().toList();
    }
}
