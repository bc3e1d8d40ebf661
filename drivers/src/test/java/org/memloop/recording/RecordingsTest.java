package org.memloop.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memloop.bench.ConfigurationException;

class RecordingsTest {
    private static final float[] SIEMENS = {95e-6f, 94.5e-6f, 94e-6f, 1e-6f, -2e-9f, 0};

    @TempDir
    Path folder;

    private static Recording recording() {
        return Recording.of("two devices", 2, 3, SIEMENS.clone());
    }

    private static Recording read(Path file) {
        return Recordings.read(file, Optional.empty());
    }

    private Path text(String content) throws IOException {
        return Files.writeString(folder.resolve("r.csv"), content);
    }

    private String refusal(Path file) {
        return assertThrows(ConfigurationException.class, () -> read(file)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r.h5", "r.hdf5", "r.npy", "r.csv", "R.TXT"})
    void comesBackFromEveryFormatAsItWas(String name) {
        Path file = folder.resolve(name);
        Recordings.write(recording(), file);
        Recording back = read(file);
        assertEquals(recording(), back);
        assertEquals(94.5e-6f, back.siemens(0, 1));
        assertEquals(1e-6f, back.siemens(1, 0));
        assertTrue(back.source().startsWith(file.toString()), back.source());
        assertThrows(UncheckedIOException.class, () -> Recordings.write(recording(), file), "overwritten");
        assertFalse(Files.exists(folder.resolve(name + ".part")));
    }

    @Test
    void remarksAreKeptInHdf5() {
        Path file = folder.resolve("r.h5");
        Recordings.write(recording().with("seed", "7").with("pulse", "0.9 V, 600 ns"), file);
        assertEquals(recording().with("seed", "7").with("pulse", "0.9 V, 600 ns").about(), read(file).about());
    }

    @Test
    void remarksOfAnyLengthAndLetterDoNotHurtTheNumbers() {
        Path file = folder.resolve("r.h5");
        String cells = IntStream.range(0, 100_000).mapToObj(String::valueOf).collect(Collectors.joining(" "));
        Recordings.write(recording().with("cells", cells).with("operator", "Bj\u00f6rn, 5 \u00b5m probe"), file);
        Recording back = read(file);
        assertEquals(recording(), back);
        assertEquals("Bj\u00f6rn, 5 \u00b5m probe", back.about().get("operator"));
        try (HdfFile hdf = new HdfFile(file)) {
            String[] words = (String[]) hdf.getDatasetByPath("cells").getData();
            assertEquals("99999", words[99_999]);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'.95,.94\\n.1,.2'|1", "'pulse 0,pulse 1\\n.95,.94\\n.1,.2'|1",
            "'# G in uS\\n.95;.94\\n.1;.2'|1e-6", "'p0 (\u00b5S),p1 (\u00b5S)\\n.95 , .94\\n\\n.1,.2\\n'|1e-6",
            "'\"device\",G0_nS,G1_nS\\nA7,.95,.94\\nB1,.1,.2'|1e-9", "'.95 .94\\n.1  .2'|1",
            "'# in siemens\\n.95 .94\\n.1 .2'|1", "'#\\n# mS\\nSET a,b\\n.95,.94\\n.1,.2'|1e-3"})
    void readsTextWithAndWithoutHeader(String content, double unitSiemens) throws IOException {
        Recording recording = read(text(content.replace("\\n", "\n")));
        float[] expected = {.95f, .94f, .1f, .2f};
        assertEquals(2, recording.devices());
        assertEquals(2, recording.pulses());
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i] * unitSiemens, recording.siemens(i / 2, i % 2), 1e-6 * unitSiemens);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'1e-5,2e-5\\n1e-5'|line 2: holds 1 conductances, the first device has 2",
            "'# x\\n1e-5,2e-5\\n1e-5,2f-5x'|line 3: '2f-5x' is not a number", "'# only words'|holds no numbers",
            "'95.1,94.0'|row 0, column 0", "'1e-5,NaN'|row 0, column 1", "'R (kohm)\\n10'|resistances",
            "'a (uS),b (nS)\\n1,2'|several units"})
    void tellsWhatIsWrongWithText(String content, String told) throws IOException {
        Path file = text(content.replace("\\n", "\n"));
        String message = refusal(file);
        assertTrue(message.startsWith(file.toString()) && message.contains(told), message);
    }

    private Path numpy(int version, String header, ByteBuffer numbers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(header.length());
        out.write(length.array(), 0, version == 1 ? 2 : 4);
        out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(numbers.array());
        return Files.write(folder.resolve("r.npy"), out.toByteArray());
    }

    @Test
    void readsNumpyInBothOrdersVersionsAndWidths() throws IOException {
        ByteBuffer columns = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (int i : new int[]{0, 3, 1, 4, 2, 5}) {
            columns.putDouble(SIEMENS[i]);
        }
        assertEquals(recording(),
                read(numpy(2, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }\n", columns)));
        ByteBuffer rows = ByteBuffer.allocate(24).order(ByteOrder.BIG_ENDIAN);
        rows.asFloatBuffer().put(SIEMENS);
        assertEquals(recording(),
                read(numpy(1, "{'shape': (2,3), 'fortran_order': False, 'descr': '>f4'}", rows)));
    }

    @Test
    void tellsWhatIsWrongWithNumpy() throws IOException {
        ByteBuffer six = ByteBuffer.allocate(24);
        assertTrue(refusal(numpy(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }\n", six))
                .contains("type i4"));
        assertTrue(refusal(numpy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }\n", six))
                .contains("two dimensions"));
        assertTrue(refusal(numpy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }\n", six))
                .contains("is the file whole?"));
        assertTrue(refusal(numpy(9, "", six)).contains("format 9"));
        assertTrue(refusal(Files.writeString(folder.resolve("r.npy"), "0.1,0.2,0.3,0.4")).contains("does not begin"));
    }

    private Path hdf5() {
        Path file = folder.resolve("several.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset("list", new double[]{1, 2});
            hdf.putDataset("counts", new int[][]{{1, 2}});
            hdf.putGroup("die7").putDataset("g", new double[][]{{95, 94}, {1, 2}}).putAttribute("units", "uS");
            hdf.putDataset("r", new double[][]{{1, 2}}).putAttribute("units", "kohm");
            hdf.putDataset("odd", new double[][]{{1, 2}}).putAttribute("units", "furlong");
            hdf.putDataset("bare", new float[][]{{95, 94}});
        }
        return file;
    }

    @Test
    void findsTheDataSetAndItsUnit() {
        Recording recording = Recordings.read(hdf5(), Optional.of("die7/g"));
        assertEquals(94e-6, recording.siemens(0, 1), 1e-11);
        assertEquals(2e-6, recording.siemens(1, 1), 1e-11);
    }

    @ParameterizedTest
    @CsvSource({"nowhere,/die7/g", "list,no data set list", "counts,holds int", "r,resistances", "odd,'furlong'",
            "/bare,row 0"})
    void tellsWhatIsWrongWithADataSet(String dataset, String told) {
        Path file = hdf5();
        String message = assertThrows(ConfigurationException.class,
                () -> Recordings.read(file, Optional.of(dataset))).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(told), message);
    }

    @Test
    void tellsWhatIsWrongWithAFile() throws IOException {
        String several = refusal(hdf5());
        assertTrue(several.contains("several data sets") && several.contains("/die7/g"), several);
        assertTrue(refusal(folder.resolve("none.h5")).contains("no such file"));
        assertTrue(refusal(folder.resolve("r.mat")).contains("ending"));
        assertTrue(refusal(Files.writeString(folder.resolve("r.h5"), "no HDF5 at all")).contains("HDF5"));
        assertThrows(ConfigurationException.class, () -> Recordings.read(text("1e-5"), Optional.of("x")));
        assertThrows(ConfigurationException.class,
                () -> Recordings.write(recording(), folder.resolve("not/there/r.h5")));
    }

    @Test
    void whatBecameOfSynapsesIsOneGroupALayer() {
        Path file = folder.resolve("synapses.h5");
        SynapseFile.Layer layer = new SynapseFile.Layer(3, 2, new float[]{1, 2, 3, 4, 5, 6}, new float[6],
                new int[]{0, 1, 2, 3, 4, 70_000}, new int[6], Optional.of(new float[]{6, 5, 4, 3, 2, 1}));
        SynapseFile.write(List.of(new SynapseFile.Layer(1, 1, new float[1], new float[1], new int[1], new int[1],
                Optional.empty()), layer), file);
        try (HdfFile hdf = new HdfFile(file)) {
            assertArrayEquals(new float[][]{{1, 2, 3}, {4, 5, 6}},
                    (float[][]) hdf.getDatasetByPath("/layer2/weights_initial").getData());
            assertArrayEquals(new int[][]{{0, 1, 2}, {3, 4, 70_000}},
                    (int[][]) hdf.getDatasetByPath("/layer2/pulses_positive").getData());
            assertEquals("pulses", hdf.getDatasetByPath("/layer1/pulses_negative").getAttribute("units").getData());
        }
        List<SynapseFile.Layer> back = SynapseFile.read(file);
        assertTrue(back.getFirst().travel().isEmpty());
        assertArrayEquals(new float[]{6, 5, 4, 3, 2, 1}, back.getLast().travel().orElseThrow());
        assertThrows(UncheckedIOException.class, () -> SynapseFile.write(List.of(layer), file));
        assertThrows(IllegalArgumentException.class,
                () -> new SynapseFile.Layer(3, 2, new float[6], new float[6], new int[5], new int[6],
                        Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new SynapseFile.Layer(3, 2, new float[6], new float[6],
                new int[6], new int[6], Optional.of(new float[5])));
    }
}
