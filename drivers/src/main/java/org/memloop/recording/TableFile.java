package org.memloop.recording;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;

/** Write tables for other programs: as one HDF5 file, or as a folder of CSV files. */
public final class TableFile {
    private TableFile() {}

    /**
     * Write a new HDF5 file: a group for each table that has rows, in it a data set for each column with its unit in the
     * attribute {@code units}.
     *
     * @param file where; must not exist yet
     * @param attributes what the file is about, as attributes of its root
     * @param tables the tables
     * @throws UncheckedIOException when the file exists
     * @throws io.jhdf.exceptions.HdfException when it cannot be written
     */
    public static void writeHdf5(Path file, Map<String, String> attributes, List<Table> tables) {
        if (Files.exists(file)) {
            throw new UncheckedIOException(new FileAlreadyExistsException(file.toString()));
        }
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            attributes.forEach(hdf::putAttribute);
            for (Table table : tables) {
                if (table.rows() > 0) {
                    WritableGroup group = hdf.putGroup(table.name());
                    for (Table.Column column : table.columns()) {
                        group.putDataset(column.name(), column.array()).putAttribute("units", column.unit());
                    }
                }
            }
        }
    }

    /**
     * Write a new folder of CSV files, one for each table, with a line of column names first.
     *
     * @param folder where; must not exist yet
     * @param tables the tables
     * @throws UncheckedIOException when the folder exists or cannot be written
     */
    public static void writeCsv(Path folder, List<Table> tables) {
        try {
            if (folder.toAbsolutePath().getParent() != null) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
            }
            Files.createDirectory(folder);
            for (Table table : tables) {
                write(folder.resolve(table.name() + ".csv"), table);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, Table table) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            out.append(table.columns().stream().map(Table.Column::name).collect(Collectors.joining(","))).append('\n');
            for (int row = 0; row < table.rows(); row++) {
                char separator = 0;
                for (Table.Column column : table.columns()) {
                    if (separator != 0) {
                        out.append(separator);
                    }
                    out.append(column.text(row));
                    separator = ',';
                }
                out.append('\n');
            }
        }
    }
}
