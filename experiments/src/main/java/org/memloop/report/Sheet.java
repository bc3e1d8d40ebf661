package org.memloop.report;

import java.util.List;

/**
 * Put several figures side by side on one sheet, each under its title with a letter before it: a, b, c. Heat maps have no
 * place there.
 *
 * @param title what a screen reader calls the whole; it is not drawn
 * @param columns how many figures stand side by side, at least 1
 * @param panels the figures, row by row
 */
public record Sheet(String title, int columns, List<Figure> panels) {
    /** Refuse a sheet without figures, and heat maps. */
    public Sheet {
        panels = List.copyOf(panels);
        if (panels.isEmpty() || columns < 1) {
            throw new IllegalArgumentException(title + ": a sheet has at least one figure in at least one column");
        }
        if (panels.stream().anyMatch(panel -> panel.series().getFirst() instanceof Series.HeatMap)) {
            throw new IllegalArgumentException(title + ": a heat map has no place on a sheet");
        }
    }

    /** {@return what stands above a panel: its letter, where there are several, and its title} */
    String heading(int panel) {
        return (panels.size() == 1 ? "" : (char) ('a' + panel) + "   ") + panels.get(panel).title();
    }

    /**
     * Draw it as one SVG element, letters as outlines.
     *
     * @return the element
     * @throws FontsException when this computer has no fonts to draw with
     */
    public String svg() {
        FontsException.requireFonts(FigureStyle::measureText);
        return FigureStyle.svg(this);
    }

    /**
     * Draw it as a PNG image, two pixels for each point.
     *
     * @return the content of the file
     * @throws FontsException when this computer has no fonts to draw with
     */
    public byte[] png() {
        FontsException.requireFonts(FigureStyle::measureText);
        return FigureStyle.png(this);
    }

    /**
     * Write the numbers of all figures as text (RFC 4180), one after the other, a line with its heading before each.
     *
     * @return the lines
     */
    public String csv() {
        StringBuilder lines = new StringBuilder();
        for (int panel = 0; panel < panels.size(); panel++) {
            if (panels.size() > 1) {
                lines.append("# ").append(heading(panel)).append("\r\n");
            }
            lines.append(panels.get(panel).csv());
        }
        return lines.toString();
    }
}
