package org.memloop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.Capabilities;
import org.memloop.bench.Geometry;
import org.memloop.bench.Limits;
import org.memloop.learn.Epoch;
import org.memloop.run.Environment;

class TrainingReportTest {
    private static final Geometry GEOMETRY = new Geometry(128, 64);

    private static TrainingReport.Content content(String title, int epochs) {
        return content(title, epochs, GEOMETRY);
    }

    private static TrainingReport.Content content(String title, int epochs, Geometry geometry) {
        SplittableRandom random = new SplittableRandom(3);
        List<Epoch> learned = IntStream.rangeClosed(1, epochs)
                .mapToObj(i -> new Epoch(i, 0.93 - 0.4 * Math.exp(-i / 2.),
                        0.91 - 0.35 * Math.exp(-i / 2.) + 0.01 * random.nextGaussian(), 41230 / i, 12L * i, 0.02 / i,
                        12.3))
                .toList();
        int cells = geometry.cells();
        double[] siemens = new double[cells];
        long[] pulses = new long[cells];
        boolean[] used = new boolean[cells];
        boolean[] bad = new boolean[cells];
        for (int cell = 0; cell < cells; cell++) {
            bad[cell] = random.nextInt(100) == 0;
            used[cell] = cell < 7400 && !bad[cell];
            pulses[cell] = used[cell] ? (long) (-40 * Math.log(random.nextDouble())) : 0;
            siemens[cell] = bad[cell]
                    ? random.nextInt(2) * 400e-6
                    : Math.max(6e-6, 95e-6 * Math.exp(0.08 * random.nextGaussian()) - pulses[cell] * 0.3e-6);
        }
        Capabilities bench = new Capabilities("simulated die", geometry, new Limits(2.5, 2.1, 5, 1e-7, 1e-3, 5000),
                new Capabilities.ReadAccuracy(1e-9, 2e-9),
                List.of(new Capabilities.Identity("router", "MEMLOOP,ROUTER,1,0.1", "ASRL/dev/ttyACM0::INSTR"),
                        new Capabilities.Identity("generator", "ACME,PG-1,<7>,1.0", "TCPIP::10.0.0.7::5025::SOCKET")));
        Environment environment = new Environment("0.1.0", Optional.of("0123456789abcdef"), true,
                "25.0.3 (Eclipse Adoptium)", "Linux 6.1, amd64", "bench-pc", "ada", 42);
        return new TrainingReport.Content(title, "Training, finished on 2026-03-01", learned, OptionalDouble.of(0.8973),
                new float[][]{weights(random, 3200, 0.3), weights(random, 500, 0.3)},
                new float[][]{weights(random, 3200, 0.6), weights(random, 500, 0.5)},
                Optional.of(new TrainingReport.Die(geometry, siemens, pulses, used, bad)),
                new TrainingReport.Origin(Map.of("epochs", "" + epochs, "bench", "wire:?seed=7"), environment,
                        Map.of("seed", "7", "id", "8b0f"), Optional.of(bench)));
    }

    private static float[] weights(SplittableRandom random, int count, double spread) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) (spread * random.nextGaussian());
        }
        return weights;
    }

    private static String withoutImages(String html) {
        return html.replaceAll("base64,[^\"]*\"", "").replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", "");
    }

    private static long matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    void needs_nothing_from_anywhere_else() {
        String html = TrainingReport.html(content("Run 0007", 12));
        assertFalse(withoutImages(html).contains("http"), "a report has no address in it");
        assertFalse(html.contains("<script") || html.contains("<link") || html.contains("@import"));
        assertEquals(matches("href=", html), matches("href=\"data:image/png;base64,", html));
        assertEquals(matches("src=", html), 0);
    }

    @Test
    void shows_every_figure_with_units() {
        List<Figure> drawn = new ArrayList<>();
        TrainingReport.html(content("Run 0007", 12), figure -> {
            drawn.add(figure);
            return "<svg/>";
        });
        assertEquals(
                List.of("accuracy (%)", "devices", "bit line (column)", "bit line (column)", "synapses", "synapses"),
                drawn.stream().map(figure -> figure.y().label()).toList());
        assertEquals("conductance (\u00b5S)", drawn.get(2).series().getFirst().name());
    }

    @Test
    void a_map_shows_a_cell_where_it_lies_and_leaves_bad_ones_out() {
        TrainingReport.Content content = content("Run 0007", 12);
        List<Figure> drawn = new ArrayList<>();
        TrainingReport.html(content, figure -> {
            drawn.add(figure);
            return "<svg/>";
        });
        Series.HeatMap map = (Series.HeatMap) drawn.get(2).series().getFirst();
        int cell = GEOMETRY.cell(17, 42);
        assertEquals(content.die().orElseThrow().conductanceSiemens()[cell] * 1e6, map.values()[17 + 128 * 42]);
        for (int i = 0; i < GEOMETRY.cells(); i++) {
            assertEquals(content.die().orElseThrow().bad()[i],
                    !map.known()[GEOMETRY.row(i) + 128 * GEOMETRY.column(i)]);
        }
        assertTrue(map.high() > 90 && map.high() < 200, "shorted cells of 400 uS do not set the colours");
    }

    @Test
    void a_large_array_is_shown_in_blocks_on_a_page_of_bearable_size() {
        TrainingReport.Content content = content("Run 0007", 200, new Geometry(1024, 794));
        TrainingReport.Die die = content.die().orElseThrow();
        List<Figure> drawn = new ArrayList<>();
        String html = TrainingReport.html(content, figure -> {
            drawn.add(figure);
            return figure.svg();
        });
        assertTrue(html.length() < 3_000_000, html.length() + " characters");
        assertTrue(html.contains("the mean of the good cells among 4 x 4, and white only"));
        Series.HeatMap map = (Series.HeatMap) drawn.get(2).series().getFirst();
        assertEquals(256, map.columns());
        assertEquals(199, map.rows());
        double sum = 0;
        int good = 0;
        for (int row = 40; row < 44; row++) {
            for (int column = 792; column < 794; column++) {
                int cell = die.geometry().cell(row, column);
                sum += die.bad()[cell] ? 0 : 1e6 * die.conductanceSiemens()[cell];
                good += die.bad()[cell] ? 0 : 1;
            }
        }
        assertEquals(sum / good, map.values()[10 + 256 * 198], 1e-9);
        assertTrue(drawn.get(2).csv().contains("40,792,"), "a block stands at its first cell");
    }

    @Test
    void a_run_on_a_computer_without_fonts_is_told_without_figures() {
        String html = TrainingReport.html(content("Run 0007", 12), _ -> {
            FontsException.requireFonts(() -> {
                throw new InternalError("Fontconfig head is null");
            });
            return "";
        });
        assertTrue(html.contains("install the packages fontconfig and fonts-dejavu-core"));
        assertFalse(html.contains("<figure"));
        assertTrue(html.contains("89.73 %") && html.contains("wire:?seed=7"));
    }

    @Test
    void draws_every_figure() {
        String html = TrainingReport.html(content("Run 0007", 12));
        for (String figure : List.of("Learning curve", "Pulses per device", "Conductance map", "Pulse map",
                "Weights of layer 1", "Weights of layer 2")) {
            assertTrue(html.contains("aria-label=\"" + figure + "\""), figure);
        }
        assertEquals(6, matches("<figure", html));
        assertFalse(withoutImages(html).contains("NaN") || withoutImages(html).contains("Infinity"));
    }

    @Test
    void tells_what_is_needed_to_do_it_again() {
        TrainingReport.Content content = content("Run 0007", 12);
        String html = TrainingReport.html(content);
        for (String told : List.of("89.73 %", "wire:?seed=7", "0123456789abcdef with changes", "MEMLOOP,ROUTER,1,0.1",
                "ACME,PG-1,&lt;7&gt;,1.0", "at most 2.1 V", "0.1 \u00b5s to 1000 \u00b5s", "at most 5,000")) {
            assertTrue(html.contains(told), told);
        }
    }

    @Test
    void what_people_write_is_text_and_no_markup() {
        String html = TrainingReport.html(content("<b>R&D's</b>", 1));
        assertFalse(html.contains("<b>R&D"));
        assertTrue(html.contains("<h1>&lt;b&gt;R&amp;D&#39;s&lt;/b&gt;</h1>"));
    }

    @Test
    void the_same_run_makes_the_same_page() {
        assertEquals(TrainingReport.html(content("Run", 3)), TrainingReport.html(content("Run", 3)));
    }

    @Test
    void is_written_once(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        TrainingReport.write(file, content("Run 0007", 12));
        assertEquals(TrainingReport.html(content("Run 0007", 12)), Files.readString(file));
        assertThrows(UncheckedIOException.class, () -> TrainingReport.write(file, content("Run 0008", 12)));
    }

    @Test
    void an_array_described_in_part_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new TrainingReport.Die(GEOMETRY, new double[8192],
                new long[8191], new boolean[8192], new boolean[8192]));
    }
}
