package org.memloop.experiments.thesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.memloop.bench.ConfigurationException;

/**
 * Keep the page of results. What is measured stands between two marks, {@code <!-- measured: chapter-3 -->} and
 * {@code <!-- end -->}; all else is written by hand and stays when the page is made anew.
 */
final class ResultsPage {
    private ResultsPage() {}

    /** Refuses a page without a place for some section, before anything is measured for it. */
    static void requirePlaces(Path page, List<String> sections) {
        try {
            String text = text(page);
            sections.forEach(section -> filled(page, text, section, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path page) throws IOException {
        return Files.exists(page) ? Files.readString(page) : blank();
    }

    /** Puts new text between the marks of some sections; a page that does not exist is begun. */
    static void write(Path page, Map<String, String> sections) {
        try {
            String text = text(page);
            for (Map.Entry<String, String> section : sections.entrySet()) {
                text = filled(page, text, section.getKey(), section.getValue());
            }
            Path folder = page.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String filled(Path page, String text, String name, String measured) {
        String begin = "<!-- measured: " + name + " -->";
        Matcher marks = Pattern.compile(Pattern.quote(begin) + ".*?<!-- end -->", Pattern.DOTALL).matcher(text);
        if (!marks.find()) {
            throw new ConfigurationException(page + ": there is no place for the results of " + name + "; write a line "
                    + begin + " and after it a line <!-- end --> where they belong");
        }
        return text.substring(0, marks.start()) + begin + "\n" + measured.strip() + "\n<!-- end -->"
                + text.substring(marks.end());
    }

    private static String blank() throws IOException {
        try (InputStream file = ResultsPage.class.getResourceAsStream("results.md")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
