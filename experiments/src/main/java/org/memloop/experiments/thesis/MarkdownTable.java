package org.memloop.experiments.thesis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lay out a table in Markdown, its first column to the left, the others to the right. */
final class MarkdownTable {
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    MarkdownTable(List<String> header) {
        columns = header.size();
        row(header);
        List<String> rule = new ArrayList<>(Collections.nCopies(columns, "--:"));
        rule.set(0, "---");
        row(rule);
    }

    void row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("a row of " + cells.size() + " cells in a table of " + columns);
        }
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
