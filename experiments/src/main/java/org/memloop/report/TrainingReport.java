package org.memloop.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.learn.Epoch;
import org.memloop.run.Environment;

/** Write what a training run did as one HTML page that needs no other file and no network. */
public final class TrainingReport {
    private static final int CELLS_LISTED = 60;

    /**
     * Hold everything the page shows.
     *
     * @param title headline, for example {@code Run 0007: digits on wire:}
     * @param subtitle what, when, how it ended; one line
     * @param epochs the epochs in order, at least one
     * @param testAccuracy fraction of test images classified rightly at the end, where they were tested
     * @param initialWeights weights of each layer before training
     * @param finalWeights weights of each layer after training
     * @param die the array at the end, where there is one
     * @param origin what is needed to do it again
     */
    public record Content(String title, String subtitle, List<Epoch> epochs, OptionalDouble testAccuracy,
            float[][] initialWeights, float[][] finalWeights, Optional<Die> die, Origin origin) {
        /** Refuse a run without epochs, and layers that do not match. */
        public Content {
            epochs = List.copyOf(epochs);
            if (epochs.isEmpty() || initialWeights.length != finalWeights.length) {
                throw new IllegalArgumentException("a report needs at least one epoch, and the weights of every layer "
                        + "before and after; here are " + epochs.size() + " epochs, " + initialWeights.length + " and "
                        + finalWeights.length + " layers");
            }
        }

        long pulses() {
            return die.map(Die::totalPulses).orElseGet(() -> epochs.stream().mapToLong(Epoch::pulses).sum());
        }
    }

    /**
     * Describe the array after training, one value for each cell.
     *
     * @param geometry its shape
     * @param conductanceSiemens last conductance read, siemens
     * @param pulses programming pulses fired at each cell during the run
     * @param used whether a synapse lies on the cell
     * @param bad whether the cell was found unusable
     */
    public record Die(Geometry geometry, double[] conductanceSiemens, long[] pulses, boolean[] used, boolean[] bad) {
        /** Refuse columns that do not cover the array. */
        public Die {
            for (int length : new int[]{conductanceSiemens.length, pulses.length, used.length, bad.length}) {
                if (length != geometry.cells()) {
                    throw new IllegalArgumentException(
                            "a " + geometry + " array has " + geometry.cells() + " cells, not " + length);
                }
            }
        }

        long totalPulses() {
            return Arrays.stream(pulses).sum();
        }

        int[] where(boolean[] mask) {
            return IntStream.range(0, mask.length).filter(cell -> mask[cell]).toArray();
        }
    }

    /**
     * Say what is needed to do the run again.
     *
     * @param settings every setting as it was resolved, with units
     * @param environment which software ran where
     * @param run names and values of the run itself: its identity, seed, times
     * @param bench what the bench said of itself, where there is one
     */
    public record Origin(Map<String, String> settings, Environment environment, Map<String, String> run,
            Optional<Capabilities> bench) {}

    private final Content content;
    private final StringBuilder page = new StringBuilder();

    private TrainingReport(Content content) {
        this.content = content;
    }

    /**
     * Write the page.
     *
     * @param file where; must not exist yet
     * @param content what it shows
     * @throws UncheckedIOException when the file exists or cannot be written
     */
    public static void write(Path file, Content content) {
        try {
            Files.writeString(file, html(content), StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String html(Content content) {
        return html(content, Figure::svg);
    }

    static String html(Content content, Function<Figure, String> pen) {
        TrainingReport report = new TrainingReport(content);
        report.head();
        report.tiles();
        report.page.append("<h2>Figures</h2>\n").append(new TrainingFigures(content, pen).html());
        report.tables();
        return report.page.append("</main></body></html>\n").toString();
    }

    private void head() {
        page.append("<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>")
                .append("<meta name='viewport' content='width=device-width, initial-scale=1'>\n<title>")
                .append(Html.escape(content.title())).append("</title>\n<style>\n").append(Html.STYLE)
                .append("</style></head>\n<body><main>\n<h1>").append(Html.escape(content.title()))
                .append("</h1>\n<p class='subtitle'>").append(Html.escape(content.subtitle())).append("</p>\n");
    }

    private void tiles() {
        Epoch last = content.epochs().getLast();
        Epoch best = content.epochs().stream().max(Comparator.comparingDouble(Epoch::validationAccuracy)).orElseThrow();
        page.append("<div class='tiles'>\n");
        content.testAccuracy().ifPresent(test -> page.append(Html.tile(percent(test), "final test accuracy")));
        page.append(Html.tile(percent(last.validationAccuracy()), "final validation accuracy"));
        page.append(Html.tile(percent(best.validationAccuracy()), "best validation, epoch " + best.epoch()));
        page.append(Html.tile(percent(last.trainAccuracy()), "final training accuracy"));
        page.append(Html.tile(count(content.pulses()), "programming pulses"));
        content.die().ifPresent(die -> page.append(
                Html.tile(count(die.where(die.bad()).length), "bad cells of " + count(die.geometry().cells()))));
        page.append("</div>\n");
    }

    private void tables() {
        Origin origin = content.origin();
        page.append("<h2>To do it again</h2>\n<div class='columns'>\n");
        page.append(Html.card("Settings", origin.settings()));
        page.append("<div>\n").append(Html.card("Run", origin.run()));
        page.append(Html.card("Software", software(origin.environment())));
        origin.bench().ifPresent(bench -> page.append(Html.card("Limits", limits(bench.limits()))));
        page.append("</div></div>\n");
        origin.bench().ifPresent(this::bench);
        content.die().ifPresent(die -> {
            int[] bad = die.where(die.bad());
            page.append(Html.card("Bad cells",
                    Map.of(count(bad.length), bad.length == 0 ? "none was found" : listed(die.geometry(), bad))));
        });
        page.append("<h2>Epochs</h2>\n").append(Html.card("Measured", List.of("epoch", "training (%)", "validation (%)",
                "pulses", "withheld pulses", "residual", "time (s)"),
                content.epochs().stream().map(TrainingReport::row).toList(), true));
    }

    private void bench(Capabilities bench) {
        page.append("<h2>The bench</h2>\n");
        if (bench.instruments().isEmpty()) {
            page.append(Html.card("Instruments", Map.of("none", bench.description())));
        } else {
            page.append(Html.card("Instruments", List.of("role", "identity (*IDN?)", "resource"), bench.instruments()
                    .stream().map(i -> List.of(i.role(), i.idn(), i.resource())).toList(), false));
        }
    }

    private static String listed(Geometry geometry, int[] cells) {
        String rest = cells.length > CELLS_LISTED ? " and " + count(cells.length - CELLS_LISTED) + " more" : "";
        return Arrays.stream(cells).limit(CELLS_LISTED)
                .mapToObj(cell -> geometry.row(cell) + ":" + geometry.column(cell))
                .collect(Collectors.joining(", ", "row:column ", rest));
    }

    private static List<String> row(Epoch e) {
        return List.of("" + e.epoch(), percentNumber(e.trainAccuracy()), percentNumber(e.validationAccuracy()),
                count(e.pulses()), count(e.blocked()), String.format(Locale.ROOT, "%.2g", e.residual()),
                String.format(Locale.ROOT, "%.1f", e.seconds()));
    }

    private static Map<String, String> software(Environment environment) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("memloop", environment.memloop() + environment.commit()
                .map(commit -> ", commit " + commit + (environment.modified() ? " with changes" : "")).orElse(""));
        rows.put("Java", environment.java());
        rows.put("system", environment.system());
        rows.put("host", environment.host());
        rows.put("user", environment.user());
        return rows;
    }

    private static Map<String, String> limits(Limits limits) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("bit line (SET)", "at most " + limits.bitLineVoltsMax() + " V");
        rows.put("source line (RESET)", "at most " + limits.sourceLineVoltsMax() + " V");
        rows.put("word line (gate)", "at most " + limits.wordLineVoltsMax() + " V");
        rows.put("pulse width",
                microseconds(limits.widthSecondsMin()) + " to " + microseconds(limits.widthSecondsMax()));
        rows.put("pulses per cell", "at most " + count(limits.pulsesPerCellMax()));
        return rows;
    }

    private static String microseconds(double seconds) {
        return new BigDecimal(1e6 * seconds, new MathContext(4)).stripTrailingZeros().toPlainString() + " \u00b5s";
    }

    private static String percent(double fraction) {
        return percentNumber(fraction) + " %";
    }

    private static String percentNumber(double fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
