package org.memloop.experiments;

import java.util.ArrayList;
import java.util.List;

/** Lay out rows of text in columns, for a terminal; the last column breaks into further lines. */
final class TextTable {
    private static final int LAST_COLUMN_CHARS = 90;

    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... headings) {
        rows.add(headings);
    }

    void add(String... cells) {
        rows.add(cells);
    }

    /** {@return the lines of the table} */
    List<String> lines() {
        int columns = rows.getFirst().length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder start = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                start.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            String indent = " ".repeat(start.length());
            List<String> last = broken(row[columns - 1]);
            for (int i = 0; i < last.size(); i++) {
                lines.add(((i == 0 ? start : indent) + last.get(i)).stripTrailing());
            }
        }
        return lines;
    }

    private static List<String> broken(String text) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ")) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > LAST_COLUMN_CHARS) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
