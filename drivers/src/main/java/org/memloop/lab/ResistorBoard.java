package org.memloop.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Geometry;
import org.memloop.bench.Pulse;
import org.memloop.bench.Quantity;

/**
 * Know the board of different resistors that takes a die's place while a laboratory is proved. A cell whose gate is open
 * has one resistance from its bit line (SET polarity) and one from its source line (RESET polarity); where they differ,
 * a reversed polarity shows.
 */
public final class ResistorBoard {
    private static final String HEADER = "row,column,set_ohms,reset_ohms";
    private static final String OPEN = "open";
    private static final int CODES = 257; // a prime above the most lines a router of protocol version 1 has
    private static final int ONE_WAY_EVERY = 8;

    private final Geometry geometry;
    private final double[] setOhms;
    private final double[] resetOhms;

    private ResistorBoard(Geometry geometry, double[] setOhms, double[] resetOhms) {
        this.geometry = geometry;
        this.setOhms = setOhms;
        this.resetOhms = resetOhms;
    }

    /**
     * Make a board by rule, for a virtual laboratory and as a plan for a real one. Every row and every column has a
     * pattern of its own; every eighth cell along a diagonal conducts in SET polarity only, since its resistor goes to the
     * return instead of the source line.
     *
     * <pre>
     *   R(r, c) = least * (most / least) ^ (((73 r + 149 c + 31 r c) mod 257) / 256)
     *   RESET   = the same, but open where (r + c) mod 8 = 0
     * </pre>
     *
     * @param geometry shape of the array
     * @param leastOhms smallest resistance, ohms
     * @param mostOhms largest, ohms
     * @return the board
     */
    public static ResistorBoard coded(Geometry geometry, double leastOhms, double mostOhms) {
        double[] set = new double[geometry.cells()];
        double[] reset = new double[geometry.cells()];
        for (int cell = 0; cell < set.length; cell++) {
            int row = geometry.row(cell);
            int column = geometry.column(cell);
            int code = (73 * row + 149 * column + 31 * row * column) % CODES;
            set[cell] = leastOhms * Math.pow(mostOhms / leastOhms, code / (CODES - 1.0));
            reset[cell] = (row + column) % ONE_WAY_EVERY == 0 ? Double.POSITIVE_INFINITY : set[cell];
        }
        return new ResistorBoard(geometry, set, reset);
    }

    /**
     * Read the map of a board from a CSV file with the columns {@code row,column,set_ohms,reset_ohms}; a cell that the
     * file leaves out, and the word {@code open}, do not conduct.
     *
     * @param file its path
     * @param geometry shape of the array
     * @return the board
     * @throws ConfigurationException naming the file and line
     */
    public static ResistorBoard read(Path file, Geometry geometry) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the map of the resistor board " + file + ": "
                    + (Files.exists(file) ? e.getMessage() : "there is no such file"), e);
        }
        if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
            throw new ConfigurationException(file + ": the first line must be " + HEADER);
        }
        double[] set = new double[geometry.cells()];
        double[] reset = new double[geometry.cells()];
        Arrays.fill(set, Double.POSITIVE_INFINITY);
        Arrays.fill(reset, Double.POSITIVE_INFINITY);
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                String where = file + ", line " + (i + 1);
                String[] fields = lines.get(i).split(",", -1);
                if (fields.length != 4) {
                    throw new ConfigurationException(where + ": four fields are needed, " + HEADER);
                }
                int cell = cell(where, fields, geometry);
                set[cell] = ohms(where, fields[2]);
                reset[cell] = ohms(where, fields[3]);
            }
        }
        return new ResistorBoard(geometry, set, reset);
    }

    private static int cell(String where, String[] fields, Geometry geometry) {
        try {
            return geometry.cell(Integer.parseInt(fields[0].strip()), Integer.parseInt(fields[1].strip()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(where + ": there is no cell at row " + fields[0] + ", column " + fields[1]
                    + " of a " + geometry + " array", e);
        }
    }

    private static double ohms(String where, String field) {
        if (field.strip().equals(OPEN)) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double ohms = Quantity.parseOrBare(field, "ohm");
            if (ohms > 0) {
                return ohms;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new ConfigurationException(where + ": '" + field + "' is no resistance above 0 ohm, and not 'open'");
    }

    /** {@return the shape of the array whose place it takes} */
    public Geometry geometry() {
        return geometry;
    }

    /**
     * Tell what is there.
     *
     * @param cell the cell's number
     * @param polarity which line is driven
     * @return resistance from the driven line to the return, ohms; infinite where nothing conducts
     */
    public double ohms(int cell, Pulse.Polarity polarity) {
        return polarity == Pulse.Polarity.SET ? setOhms[cell] : resetOhms[cell];
    }
}
