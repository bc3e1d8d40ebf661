package org.memloop.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse.Polarity;
import org.memloop.recording.CardFitter.Choice;
import org.memloop.recording.CardFitter.Comparison;
import org.memloop.recording.CardFitter.Fitted;
import org.memloop.recording.CardFitter.Item;
import org.memloop.recording.CardFitter.Verdict;
import org.memloop.sim.device.AbruptCircuit;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.device.CardText;
import org.memloop.sim.device.TechnologyCard;
import org.memloop.sim.fit.Measured.Response;
import org.memloop.sim.fit.Measured.Settling;

/** Fit cards to cells that were simulated from a known one. */
class FilamentFitterTest {
    @TempDir
    private Path folder;

    private static AbruptFilament shipped() {
        return TechnologyCard.parseAbrupt("rram-64k", TechnologyCard.builtInText("rram-64k")).orElseThrow();
    }

    /** {@return SET pulses over a coarse grid, on open cells of a technology} */
    private static Measured sets(AbruptFilament technology, int cells) {
        List<Response> grid = new ArrayList<>();
        for (double gate : new double[]{0.6, 0.8, 1.0, 1.2, 1.6, 2.0, 2.8}) {
            for (double column : new double[]{1.0, 1.2, 1.4, 2.0, 3.0}) {
                for (int i = 0; i < cells; i++) {
                    grid.add(new Response(grid.size(), Polarity.SET, column, gate, 100e-9, 1, 11e-6, 1));
                }
            }
        }
        return new Measured(new Simulation(technology, 99, 1).responses(grid), List.of(), List.of(), List.of());
    }

    @Test
    void a_fit_recovers_what_the_cells_were_made_with() {
        AbruptFilament made = Numbers.with(shipped(), Map.of("setting.onsetVolts", 1.3, "setting.levelSpread", 0.08));
        Measured measured = sets(made, 60);
        AbruptFilament fitted = shipped();
        for (Stage stage : Stages.all()) {
            fitted = stage.concerns(measured) ? stage.fit(fitted, measured, 5) : fitted;
        }
        assertEquals(1.3, fitted.setting().onsetVolts(), 0.05);
        for (double gate : new double[]{0.9, 1.4, 2.4}) {
            assertEquals(level(made, gate), level(fitted, gate), 0.06 * level(made, gate), "gate " + gate);
        }
    }

    private static double level(AbruptFilament technology, double gateVolts) {
        return new AbruptCircuit(technology).levelSiemens(gateVolts - technology.access().thresholdVolts(), 2.5,
                100e-9);
    }

    /** {@return what some cells of a technology read later, of levels up to 120 uS} */
    private static Measured settled(AbruptFilament technology, int cells) {
        List<Settling> wanted = new ArrayList<>();
        for (int cell = 0; cell < cells; cell++) {
            for (double seconds : new double[]{0.01, 0.1, 1, 100, 1000}) {
                wanted.add(new Settling(cell, seconds, (4 + 116.0 * cell / cells) * 1e-6, 1));
            }
        }
        return new Simulation(technology, 98, 1)
                .of(new Measured(List.of(), List.of(), List.of(), wanted));
    }

    @Test
    void a_fit_recovers_how_cells_relax() {
        AbruptFilament made = Numbers.with(shipped(),
                Map.of("relaxation.jumpsPerDecade", 0.35, "relaxation.sizeSiemens", 14e-6, "relaxation.downward", 0.5));
        Measured measured = settled(made, 1200);
        AbruptFilament fitted = shipped();
        for (Stage stage : Stages.all()) {
            fitted = stage.name().equals("relaxation") ? stage.fit(fitted, measured, 5) : fitted;
        }
        Measured wanted = settled(made, 12_000);
        Measured before = settled(shipped(), 12_000);
        Measured after = settled(fitted, 12_000);
        for (double seconds : new double[]{0.1, 1, 1000}) {
            Quantiles target = Stages.changes(wanted, seconds, 0, 1);
            double apart = Math.abs(Stages.changes(before, seconds, 0, 1).mean() - target.mean());
            double left = Math.abs(Stages.changes(after, seconds, 0, 1).mean() - target.mean());
            // 1200 cells tell a mean to a thirty-fifth of the deviation
            assertTrue(left < apart / 2 && left < target.deviation() / 15, seconds + " s: " + left + " of " + apart);
            assertEquals(target.deviation(), Stages.changes(after, seconds, 0, 1).deviation(),
                    0.1 * target.deviation(), seconds + " s");
        }
    }

    @Test
    void only_the_parts_that_are_asked_for_are_fitted() throws IOException {
        AbruptFilament made = Numbers.with(shipped(), Map.of("setting.onsetVolts", 1.3, "access.thresholdVolts", 0.8));
        Path file = write(sets(made, 40));
        FilamentFitter fitter = new FilamentFitter();
        AbruptFilament fitted = TechnologyCard.parseAbrupt("fitted",
                fitter.fit("rram-64k", List.of(file), new Choice(List.of("SET threshold"), 0.5), 3, _ -> {}).card())
                .orElseThrow();
        assertEquals(1.3, fitted.setting().onsetVolts(), 0.06);
        assertEquals(shipped().access(), fitted.access());
        String message = assertThrows(ConfigurationException.class,
                () -> fitter.fit("rram-64k", List.of(file), new Choice(List.of("SETS"), 0.5), 3, _ -> {})).getMessage();
        assertTrue(message.contains("'SETS'") && message.contains("SET threshold"), message);
        assertTrue(assertThrows(ConfigurationException.class, () -> new Choice(List.of(), 1)).getMessage()
                .contains("between 0 and 1"));
    }

    @Test
    void a_card_agrees_with_its_own_cells_and_not_with_others() {
        Measured measured = sets(shipped(), 60);
        List<Comparison> same = Comparisons.of(measured, new Simulation(shipped(), 6, 1).of(measured));
        assertTrue(agreeing(same) > 0.97, "own cells: " + agreeing(same));
        AbruptFilament other = Numbers.with(shipped(), Map.of("access.thresholdVolts", 0.9));
        List<Comparison> different = Comparisons.of(measured, new Simulation(other, 6, 1).of(measured));
        assertTrue(agreeing(different) < 0.8, "other cells: " + agreeing(different));
        assertTrue(same.stream().mapToDouble(Comparison::probability).average().orElseThrow() > 0.2);
    }

    private static double agreeing(List<Comparison> comparisons) {
        List<Item> items = comparisons.stream().flatMap(c -> c.items().stream()).toList();
        return items.stream().filter(item -> item.verdict() != Verdict.DIFFERS).count() / (double) items.size();
    }

    private Path write(Measured sets) throws IOException {
        Path file = folder.resolve("set.tsv");
        try (Stream<String> lines = sets.responses().stream()
                .map(r -> String.format(Locale.ROOT, "%d\t%g\t%g\t%g\t%g\t%g", r.address(), r.widthSeconds(),
                        r.gateVolts(), r.columnVolts(), 1 / r.beforeSiemens(), 1 / r.afterSiemens()))) {
            Files.write(file, (Iterable<String>) lines::iterator);
        }
        return file;
    }

    @Test
    void a_fitted_card_is_a_card_again_with_its_remarks() throws IOException {
        Path file = write(sets(shipped(), 30));
        List<String> stages = new ArrayList<>();
        Fitted fitted = new FilamentFitter().fit("rram-64k", List.of(file), Choice.USUAL, 3, stages::add);
        assertEquals(List.of("SET threshold", "SET"), stages);
        assertTrue(fitted.card().contains("# lines, driver and shunt"), fitted.card());
        Optional<AbruptFilament> card = TechnologyCard.parseAbrupt("fitted", fitted.card());
        assertEquals(shipped().collapse(), card.orElseThrow().collapse());
    }

    @Test
    void numbers_go_through_a_cards_text_unharmed() {
        String text = TechnologyCard.builtInText("rram-64k");
        AbruptFilament changed = Numbers.with(shipped(),
                Map.of("access.seriesOhms", 1234.0, "collapse.durationSeconds", 7.5e-8, "reading.flicker", 0.0));
        assertEquals(changed, TechnologyCard.parseAbrupt("x", CardText.with("x", text, changed)).orElseThrow());
        String message = assertThrows(ConfigurationException.class,
                () -> CardText.with("x.yaml", text.replace("  series: ", "  # series: "), changed)).getMessage();
        assertTrue(message.contains("x.yaml") && message.contains("access.series"), message);
    }

    @Test
    void other_cards_and_too_little_data_are_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("set.tsv"), "7\t2e-06\t2.6\t3.0\t10000\t40000\n");
        FilamentFitter fitter = new FilamentFitter();
        String message = assertThrows(ConfigurationException.class,
                () -> fitter.fit("hfox-leti", List.of(file), Choice.USUAL, 1, _ -> {})).getMessage();
        assertTrue(message.contains("hfox-leti") && message.contains("rram-64k"), message);
        assertTrue(assertThrows(ConfigurationException.class,
                () -> fitter.fit("rram-64k", List.of(file), Choice.USUAL, 1, _ -> {}))
                .getMessage().contains("too little"));
    }
}
