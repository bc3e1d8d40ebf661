package org.memloop.recording;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;

/**
 * Read and write recordings as text: one line a device, numbers separated by commas, semicolons, tabs or spaces. Lines
 * that begin with {@code #}, and one line of words before the numbers, are the header, which may name the unit; without
 * one it is siemens. A header whose first word is {@code device} says that the first column only names the devices.
 */
final class CsvFile {
    private static final Pattern COMMA = Pattern.compile("\\s*[,;\t]\\s*");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Path file;
    private final StringBuilder header = new StringBuilder();
    private boolean worded;
    private boolean named;
    private double unitSiemens = 1;
    private float[] siemens = new float[1024];
    private int size;
    private int pulses;

    private CsvFile(Path file) {
        this.file = file;
    }

    static Recording read(Path file) throws IOException {
        CsvFile csv = new CsvFile(file);
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                csv.take(line.strip(), number);
            }
        }
        if (csv.size == 0) {
            throw new ConfigurationException(file + ": holds no numbers");
        }
        return Recording.of(file.toString(), csv.size / csv.pulses, csv.pulses,
                Arrays.copyOf(csv.siemens, csv.size));
    }

    private void take(String line, int number) {
        if (line.isEmpty()) {
            return;
        }
        if (line.startsWith("#")) {
            header.append(line).append('\n');
            return;
        }
        String[] words = (COMMA.matcher(line).find() ? COMMA : SPACE).split(line);
        if (size == 0 && !worded && !isNumber(words[words.length - 1])) {
            header.append(line);
            worded = true;
            named = words[0].replace("\"", "").equalsIgnoreCase("device");
            return;
        }
        if (size == 0) {
            unitSiemens = SiemensUnit.inText(file + ", header", header.toString()).orElse(1.0);
            pulses = words.length - (named ? 1 : 0);
        }
        add(words, number);
    }

    private void add(String[] words, int number) {
        int first = named ? 1 : 0;
        if (words.length - first != pulses || pulses == 0) {
            throw new ConfigurationException(file + ", line " + number + ": holds " + (words.length - first)
                    + " conductances, the first device has " + pulses + "; every device needs as many");
        }
        if (size + pulses > siemens.length) {
            siemens = Arrays.copyOf(siemens, Math.addExact(Math.max(siemens.length * 2, size), pulses));
        }
        for (int i = first; i < words.length; i++) {
            try {
                siemens[size++] = (float) (Double.parseDouble(words[i]) * unitSiemens);
            } catch (NumberFormatException e) {
                throw new ConfigurationException(
                        file + ", line " + number + ": '" + words[i] + "' is not a number", e);
            }
        }
    }

    private static boolean isNumber(String word) {
        try {
            Double.parseDouble(word);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    static void write(Recording recording, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("# conductance in S; one line a device, one column a pulse\n");
            StringBuilder line = new StringBuilder();
            for (int device = 0; device < recording.devices(); device++) {
                line.setLength(0);
                for (int pulse = 0; pulse < recording.pulses(); pulse++) {
                    line.append(pulse == 0 ? "" : ",").append(recording.siemens(device, pulse));
                }
                out.append(line).append('\n');
            }
        }
    }
}
