package org.memloop.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

import org.memloop.bench.ConfigurationException;
import org.memloop.recording.CardFitter;
import org.memloop.recording.CardFitter.Comparison;
import org.memloop.recording.CardFitter.Fitted;
import org.memloop.recording.CardFitter.Item;
import org.memloop.recording.CardFitter.Verdict;
import org.memloop.report.FitFigures;

/** Fit the card of a simulated technology to measurements, and tell how well it fits cells it was not fitted to. */
public final class FitCard {
    private final FitCardPlan plan;
    private final Console console;

    /**
     * Prepare the fit.
     *
     * @param plan every setting
     * @param console who is told
     */
    public FitCard(FitCardPlan plan, Console console) {
        this.plan = plan;
        this.console = console;
    }

    /**
     * Do it.
     *
     * @throws ConfigurationException naming file and line, or the card's key, when one is wrong
     * @throws UncheckedIOException when a file exists or cannot be written
     */
    public void run() {
        plan.out().filter(Files::exists).ifPresent(file -> {
            throw new ConfigurationException(file + ": exists already; a fitted card is a new file");
        });
        CardFitter fitter = ServiceLoader.load(CardFitter.class).findFirst()
                .orElseThrow(
                        () -> new ConfigurationException("no simulation is installed whose cards could be fitted"));
        if (plan.fit()) {
            Fitted fitted = fitter.fit(plan.card(), plan.recordings(), plan.choice(), plan.seed(),
                    stage -> console.remark("fitting: " + stage));
            console.remark(fitted.summary());
            tell(fitted.comparisons());
            plan.out().ifPresent(file -> write(file, fitted.card()));
        } else {
            tell(fitter.compare(plan.card(), plan.recordings(), plan.seed()));
        }
    }

    private void tell(List<Comparison> comparisons) {
        console.result(String.format(Locale.ROOT, "%-34s %12s %12s %12s %12s", "", "measured", "std. error",
                "simulated", "tolerance"));
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (Comparison comparison : comparisons) {
            console.result(String.format(Locale.ROOT, "%s: %,d numbers, Kolmogorov-Smirnov %.3f (p = %.2g)",
                    comparison.title(), comparison.measured().length, comparison.distance(),
                    comparison.probability()));
            for (Item item : comparison.items()) {
                verdicts.merge(item.verdict(), 1, Integer::sum);
                tell(comparison, item);
            }
            plan.figures().ifPresent(folder -> draw(folder, comparison));
        }
        console.result(String.format(Locale.ROOT,
                "%d of %d numbers agree within their tolerance, %d more within twice the standard error of what was"
                        + " measured, %d differ",
                verdicts.getOrDefault(Verdict.AGREES, 0),
                verdicts.values().stream().mapToInt(Integer::intValue).sum(),
                verdicts.getOrDefault(Verdict.WITHIN_SAMPLING, 0), verdicts.getOrDefault(Verdict.DIFFERS, 0)));
    }

    private void tell(Comparison comparison, Item item) {
        String verdict = switch (item.verdict()) {
            case AGREES -> "agrees";
            case WITHIN_SAMPLING -> "within sampling";
            case DIFFERS -> "DIFFERS";
        };
        console.result(String.format(Locale.ROOT, "  %-32s %12.4g %12.2g %12.4g %12.3g  %s", item.name(),
                item.measured(), item.standardError(), item.simulated(), item.tolerance(), verdict));
        console.object(Map.of("comparison", comparison.title(), "item", item.name(), "measured", item.measured(),
                "standardError", item.standardError(), "simulated", item.simulated(), "tolerance", item.tolerance(),
                "verdict", verdict));
    }

    private static void draw(Path folder, Comparison comparison) {
        String name = comparison.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^-|-$", "");
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), FitFigures.of(comparison).png());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, String card) {
        try {
            Files.writeString(file, card, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        console.result("card: " + file);
    }
}
