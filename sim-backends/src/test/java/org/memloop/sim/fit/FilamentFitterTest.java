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
import org.memloop.recording.CardFitter.Comparison;
import org.memloop.recording.CardFitter.Fitted;
import org.memloop.recording.CardFitter.Item;
import org.memloop.recording.CardFitter.Verdict;
import org.memloop.sim.device.AbruptCircuit;
import org.memloop.sim.device.AbruptFilament;
import org.memloop.sim.device.CardText;
import org.memloop.sim.device.TechnologyCard;
import org.memloop.sim.fit.Measured.Response;

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

    @Test
    void a_fitted_card_is_a_card_again_with_its_remarks() throws IOException {
        Path file = folder.resolve("set.tsv");
        try (Stream<String> lines = sets(shipped(), 30).responses().stream()
                .map(r -> String.format(Locale.ROOT, "%d\t%g\t%g\t%g\t%g\t%g", r.address(), r.widthSeconds(),
                        r.gateVolts(), r.columnVolts(), 1 / r.beforeSiemens(), 1 / r.afterSiemens()))) {
            Files.write(file, (Iterable<String>) lines::iterator);
        }
        List<String> stages = new ArrayList<>();
        Fitted fitted = new FilamentFitter().fit("rram-64k", List.of(file), 3, stages::add);
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
                () -> fitter.fit("hfox-leti", List.of(file), 1, _ -> {})).getMessage();
        assertTrue(message.contains("hfox-leti") && message.contains("rram-64k"), message);
        assertTrue(assertThrows(ConfigurationException.class, () -> fitter.fit("rram-64k", List.of(file), 1, _ -> {}))
                .getMessage().contains("too little"));
    }
}
