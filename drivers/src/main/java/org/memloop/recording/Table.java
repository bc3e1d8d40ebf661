package org.memloop.recording;

import java.util.List;

/**
 * Hold a table in columns of equal length.
 *
 * @param name what its rows are
 * @param columns the columns
 */
public record Table(String name, List<Column> columns) {
    /** Keep the list from changing and refuse columns of different lengths. */
    public Table {
        columns = List.copyOf(columns);
        if (columns.stream().mapToInt(Column::length).distinct().count() > 1) {
            throw new IllegalArgumentException("the columns of " + name + " have different lengths");
        }
    }

    /** {@return how many rows it has} */
    public int rows() {
        return columns.isEmpty() ? 0 : columns.getFirst().length();
    }

    /** Hold one column. */
    public sealed interface Column {
        /** {@return its name} */
        String name();

        /** {@return SI unit of its values, 1 for a pure number} */
        String unit();

        /** {@return how many values it has} */
        int length();

        /** {@return its values, as an array} */
        Object array();

        /**
         * Say a value as text.
         *
         * @param row which
         * @return the shortest text that reads back as the same value
         */
        String text(int row);
    }

    /**
     * Hold whole numbers.
     *
     * @param name what they are
     * @param unit their unit
     * @param values they
     */
    public record Wholes(String name, String unit, int[] values) implements Column {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Object array() {
            return values;
        }

        @Override
        public String text(int row) {
            return String.valueOf(values[row]);
        }
    }

    /**
     * Hold large whole numbers.
     *
     * @param name what they are
     * @param unit their unit
     * @param values they
     */
    public record Longs(String name, String unit, long[] values) implements Column {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Object array() {
            return values;
        }

        @Override
        public String text(int row) {
            return String.valueOf(values[row]);
        }
    }

    /**
     * Hold decimals.
     *
     * @param name what they are
     * @param unit their unit
     * @param values they
     */
    public record Decimals(String name, String unit, double[] values) implements Column {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Object array() {
            return values;
        }

        @Override
        public String text(int row) {
            return String.valueOf(values[row]);
        }
    }

    /**
     * Hold words.
     *
     * @param name what they are
     * @param values they
     */
    public record Words(String name, String[] values) implements Column {
        @Override
        public String unit() {
            return "1";
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Object array() {
            return values;
        }

        @Override
        public String text(int row) {
            return '"' + values[row].replace("\"", "\"\"") + '"';
        }
    }
}
