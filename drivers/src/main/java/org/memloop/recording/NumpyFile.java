package org.memloop.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.memloop.bench.ConfigurationException;

/**
 * Read and write recordings as NumPy arrays (NEP 1), in siemens.
 *
 * <pre>
 *   0x93 "NUMPY"  major  minor  length          header                                            numbers
 *   6 bytes       1      1      2 (v1), 4 (v2)  {'descr': '&lt;f4', 'fortran_order': False, ...}\n  4 or 8 bytes each
 * </pre>
 */
final class NumpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-z])(\\d+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,?\\s*\\)");

    private NumpyFile() {}

    static Recording read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        String header = header(file, bytes);
        Matcher type = find(file, header, TYPE, "numbers of one type");
        if (!type.group(2).equals("f") || !(type.group(3).equals("4") || type.group(3).equals("8"))) {
            throw new ConfigurationException(file + ": holds numbers of type " + type.group(2) + type.group(3)
                    + "; a recording is of float32 or float64");
        }
        boolean columnsFirst = find(file, header, ORDER, "an order of rows").group(1).equals("True");
        Matcher shape = find(file, header, SHAPE, "two dimensions, devices and pulses");
        int width = Integer.parseInt(type.group(3));
        int devices;
        int pulses;
        try {
            devices = Integer.parseInt(shape.group(1));
            pulses = Integer.parseInt(shape.group(2));
        } catch (NumberFormatException e) {
            throw new ConfigurationException(file + ": the shape " + shape.group() + " is too large", e);
        }
        if (devices == 0 || pulses == 0 || (long) devices * pulses * width != bytes.remaining()) {
            throw new ConfigurationException(file + ": " + devices + "x" + pulses + " numbers of " + width
                    + " bytes cannot be the " + bytes.remaining() + " bytes after the header; is the file whole?");
        }
        bytes.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        float[] siemens = new float[devices * pulses];
        for (int i = 0; i < siemens.length; i++) {
            float value = width == 4 ? bytes.getFloat() : (float) bytes.getDouble();
            siemens[columnsFirst ? i % devices * pulses + i / devices : i] = value;
        }
        return Recording.of(file.toString(), devices, pulses, siemens);
    }

    private static String header(Path file, ByteBuffer bytes) {
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() < 12) {
            throw new ConfigurationException(file + ": is too short to be a NumPy array");
        }
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new ConfigurationException(file + ": does not begin as a NumPy array does");
        }
        int version = bytes.get();
        bytes.get();
        long length = version == 1 ? bytes.getShort() & 0xffff : bytes.getInt() & 0xffffffffL;
        if (version < 1 || version > 3 || length > bytes.remaining()) {
            throw new ConfigurationException(
                    file + ": is cut off, or of NumPy format " + version + ", which is unknown");
        }
        byte[] header = new byte[(int) length];
        bytes.get(header);
        return new String(header, StandardCharsets.UTF_8);
    }

    private static Matcher find(Path file, String header, Pattern pattern, String what) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new ConfigurationException(file + ": does not hold " + what + "; its header is " + header.strip());
        }
        return matcher;
    }

    static void write(Recording recording, Path file) throws IOException {
        String description = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + recording.devices() + ", "
                + recording.pulses() + "), }";
        int beforeHeader = MAGIC.length + 4;
        // the format asks that the numbers begin at a multiple of 64 bytes
        int start = (beforeHeader + description.length() + 1 + 63) / 64 * 64;
        float[] siemens = recording.table();
        ByteBuffer bytes = ByteBuffer.allocate(Math.addExact(start, Math.multiplyExact(4, siemens.length)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (start - beforeHeader));
        bytes.put(description.getBytes(StandardCharsets.US_ASCII));
        while (bytes.position() < start - 1) {
            bytes.put((byte) ' ');
        }
        bytes.put((byte) '\n');
        bytes.asFloatBuffer().put(siemens);
        Files.write(file, bytes.array());
    }
}
