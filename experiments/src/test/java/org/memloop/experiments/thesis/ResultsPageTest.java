package org.memloop.experiments.thesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memloop.bench.ConfigurationException;

class ResultsPageTest {
    @TempDir
    Path folder;

    @Test
    void what_was_written_by_hand_stays() throws IOException {
        Path page = folder.resolve("docs").resolve("results.md");
        ResultsPage.write(page, Map.of("chapter-3", "old $1 numbers"));
        assertTrue(Files.readString(page).contains("<!-- measured: chapter-3 -->\nold $1 numbers\n<!-- end -->"));
        Files.writeString(page, Files.readString(page) + "By hand.\n");
        ResultsPage.write(page, Map.of("chapter-3", "new"));
        String text = Files.readString(page);
        assertTrue(text.startsWith("# Results") && text.contains("-->\nnew\n<!--") && text.endsWith("By hand.\n"),
                text);
        assertFalse(text.contains("old $1 numbers"));
    }

    @Test
    void a_page_without_a_place_says_what_to_write_into_it() throws IOException {
        Path page = Files.writeString(folder.resolve("r.md"), "# Mine\n");
        var told = assertThrows(ConfigurationException.class, () -> ResultsPage.write(page, Map.of("chapter-3", "x")));
        assertTrue(told.getMessage().contains("<!-- measured: chapter-3 -->"), told.getMessage());
        assertThrows(ConfigurationException.class, () -> ResultsPage.requirePlaces(page, List.of("speed")));
        assertEquals("# Mine\n", Files.readString(page));
        Path blank = folder.resolve("none.md");
        ResultsPage.requirePlaces(blank, List.of("speed", "chapter-3", "chapter-4", "sweeps", "sim"));
        assertFalse(Files.exists(blank));
    }

    @Test
    void several_seeds_become_a_mean_and_a_deviation() {
        assertEquals("2.00 ± 1.00", Spread.of(1, 2, 3).text(2));
        assertEquals("1,234.5", Spread.of(List.of(1234.5)).text(1));
        assertThrows(IllegalArgumentException.class, Spread::of);
    }
}
