package org.memloop.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Write what a campaign did as one HTML page that needs no other file and no network. */
public final class CampaignReport {
    private CampaignReport() {}

    /**
     * Hold everything the page shows.
     *
     * @param title headline
     * @param subtitle what, when, how it ended; one line
     * @param notes what a person should know first
     * @param tiles great numbers, by what they count
     * @param passes the passes in a table, with its header
     * @param sections one for each stage
     * @param origin what is needed to do it again, by the heading of the card
     */
    public record Content(String title, String subtitle, List<String> notes, Map<String, String> tiles, Table passes,
            List<Section> sections, Map<String, Map<String, String>> origin) {}

    /**
     * Hold a table.
     *
     * @param header names of its columns
     * @param rows its lines
     */
    public record Table(List<String> header, List<List<String>> rows) {}

    /**
     * Hold what one stage shows.
     *
     * @param title its name
     * @param text what was done, one line
     * @param figures its figures
     */
    public record Section(String title, String text, List<Drawn> figures) {}

    /**
     * Hold a figure with its caption.
     *
     * @param figure the figure
     * @param wide whether it takes the whole width of the page
     * @param caption what one sees
     */
    public record Drawn(Figure figure, boolean wide, String caption) {}

    /**
     * Write the page; one that is there is replaced, since it can be made again from the record at any time.
     *
     * @param file where
     * @param content what it shows
     * @throws UncheckedIOException when it cannot be written
     * @throws FontsException when this computer has no fonts to draw with
     */
    public static void write(Path file, Content content) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, html(content));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String html(Content content) {
        StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>")
                .append("<meta name='viewport' content='width=device-width, initial-scale=1'>\n<title>")
                .append(Html.escape(content.title())).append("</title>\n<style>\n").append(Html.STYLE)
                .append("</style></head>\n<body><main>\n<h1>").append(Html.escape(content.title()))
                .append("</h1>\n<p class='subtitle'>").append(Html.escape(content.subtitle())).append("</p>\n");
        content.notes().forEach(note -> page.append(Html.note(note)));
        page.append("<div class='tiles'>\n");
        content.tiles().forEach((name, value) -> page.append(Html.tile(value, name)));
        page.append("</div>\n<h2>Passes</h2>\n")
                .append(Html.card("Stage by stage", content.passes().header(), content.passes().rows(), true));
        for (Section section : content.sections()) {
            page.append("<h2>").append(Html.escape(section.title())).append("</h2>\n<p class='subtitle'>")
                    .append(Html.escape(section.text())).append("</p>\n<div class='figures'>\n");
            section.figures().forEach(drawn -> page.append(
                    Html.figure(drawn.figure().svg(), drawn.wide(), drawn.figure().title(), drawn.caption())));
            page.append("</div>\n");
        }
        page.append("<h2>To do it again</h2>\n<div class='columns'>\n");
        content.origin().forEach((title, rows) -> page.append(Html.card(title, rows)));
        return page.append("</div>\n</main></body></html>\n").toString();
    }
}
