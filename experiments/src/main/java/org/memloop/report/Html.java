package org.memloop.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Write the pieces a page is made of. */
final class Html {
    static final String STYLE = """
            :root { color-scheme: light; --ink: #1c2733; --soft: #5a6875; --line: #dde3e9; --page: #f4f6f8; }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink);
                   font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 48px; }
            h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; letter-spacing: -.01em; }
            h2 { font-size: 18px; margin: 36px 0 12px; }
            .subtitle { color: var(--soft); margin: 0 0 24px; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 12px; }
            .tile, figure, .card { background: #fff; border: 1px solid var(--line); border-radius: 8px; }
            .tile { padding: 14px 16px; }
            .tile b { display: block; font-size: 24px; line-height: 1.2; font-weight: 650;
                      font-variant-numeric: tabular-nums; }
            .tile span { color: var(--soft); font-size: 13px; }
            .figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
            .wide { grid-column: 1 / -1; }
            figure { margin: 0; padding: 16px 18px 12px; }
            figcaption { color: var(--soft); font-size: 13px; margin-top: 8px; }
            figcaption b { color: var(--ink); }
            svg { display: block; width: 100%; height: auto; }
            .note { border-left: 4px solid #d55e00; background: #fff; padding: 10px 14px; margin: 0; }
            .columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; align-items: start; }
            .card + .card { margin-top: 16px; } .columns > .card { margin-top: 0; }
            .card { padding: 12px 18px 14px; overflow-x: auto; } .card h3 { font-size: 15px; margin: 2px 0 8px; }
            table { border-collapse: collapse; width: 100%; font-size: 14px; }
            th, td { text-align: left; padding: 5px 14px 5px 0; border-top: 1px solid #edf1f4; vertical-align: top; }
            tr:first-child > * { border-top: 0; }
            th { font-weight: 500; color: var(--soft); white-space: nowrap; }
            td { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
            .numbers th, .numbers td { text-align: right; padding-right: 18px; }
            footer { color: var(--soft); font-size: 13px; margin-top: 32px; }
            @media (max-width: 760px) { .figures, .columns { grid-template-columns: minmax(0, 1fr); } }
            @media print { body { background: #fff; } figure, .card, .tile { break-inside: avoid; } }
            """;

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String tile(String value, String name) {
        return "<div class='tile'><b>" + escape(value) + "</b><span>" + escape(name) + "</span></div>\n";
    }

    static String note(String text) {
        return "<p class='note'>" + escape(text) + "</p>\n";
    }

    static String figure(String svg, boolean wide, String title, String text) {
        return "<figure" + (wide ? " class='wide'" : "") + ">" + svg + "<figcaption><b>" + escape(title) + ".</b> "
                + escape(text) + "</figcaption></figure>\n";
    }

    static String card(String title, Map<String, String> rows) {
        return card(title, rows.entrySet().stream()
                .map(row -> "<tr><th>" + escape(row.getKey()) + "</th><td>" + escape(row.getValue()) + "</td></tr>\n")
                .collect(Collectors.joining("", "<table>", "</table>")));
    }

    static String card(String title, List<String> header, List<List<String>> rows, boolean numbers) {
        String head = header.stream().map(name -> "<th>" + escape(name) + "</th>").collect(Collectors.joining());
        String body = rows.stream().map(Html::row).collect(Collectors.joining("\n"));
        return card(title, "<table" + (numbers ? " class='numbers'" : "") + "><tr>" + head + "</tr>\n" + body
                + "</table>");
    }

    private static String row(List<String> fields) {
        return fields.stream().map(field -> "<td>" + escape(field) + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String card(String title, String content) {
        return "<div class='card'><h3>" + escape(title) + "</h3>" + content + "</div>\n";
    }
}
