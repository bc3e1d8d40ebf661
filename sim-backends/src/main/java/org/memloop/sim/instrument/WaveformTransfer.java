package org.memloop.sim.instrument;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Emulate the waveform commands of an Infiniium oscilloscope: what was recorded, as preamble and blocks. */
final class WaveformTransfer {
    private static final double NO_NUMBER = 9.99999e37;
    private static final double BANDWIDTH_HERTZ = 2e9;

    private final Supplier<SegmentMemory> recording;
    private final Supplier<String> recorded;
    private final ScpiSettings.Choice source;
    private final ScpiSettings.Choice format;
    private final ScpiSettings.Choice byteOrder;
    private final ScpiSettings.Flag streaming;
    private final ScpiSettings.Flag allSegments;
    private final ScpiSettings.Number segmentIndex;

    WaveformTransfer(ScpiSettings settings, ScpiTable table, Supplier<SegmentMemory> recording,
            Supplier<String> recorded) {
        this.recording = recording;
        this.recorded = recorded;
        source = settings.choice(":WAVeform:SOURce", "CHANnel1|CHANnel2|CHANnel3|CHANnel4");
        format = settings.choice(":WAVeform:FORMat", "WORD|BYTE|ASCii");
        byteOrder = settings.choice(":WAVeform:BYTeorder", "MSBFirst|LSBFirst");
        streaming = settings.flag(":WAVeform:STReaming", false);
        settings.choice(":WAVeform:VIEW", "ALL|MAIN");
        allSegments = settings.flag(":WAVeform:SEGMented:ALL", false);
        segmentIndex = settings.number(":ACQuire:SEGMented:INDex", new ScpiSettings.Range("", 1, 8192, 1), 1,
                (_, _) -> {});
        table.query(":WAVeform:PREamble", _ -> preamble());
        table.query(":WAVeform:POINts", _ -> String.valueOf(recorded().scales().points()));
        table.query(":WAVeform:SEGMented:COUNt", _ -> String.valueOf(recorded().segments()));
        new WaveformMeasurements(settings, table, recording, () -> selected(recording.get()));
        table.bytes(":WAVeform:DATA", 2, this::data);
        table.queryWith(":MEASure:VAVerage", 2, _ -> ScpiData.show(recording.get().segments() == 0
                ? NO_NUMBER
                : recording.get().meanVolts(selected(recording.get()))));
    }

    private SegmentMemory recorded() throws ScpiError {
        SegmentMemory memory = recording.get();
        if (!source.is(recorded.get()) || memory.segments() == 0) {
            throw new ScpiError(ScpiError.STALE_DATA, "nothing was recorded from " + source.get());
        }
        return memory;
    }

    private int selected(SegmentMemory memory) {
        return (int) Math.min(segmentIndex.get(), memory.segments()) - 1;
    }

    /** Answer the 25 fields of the preamble; the references of both axes are always 0. */
    private String preamble() throws ScpiError {
        SegmentMemory memory = recorded();
        SegmentMemory.Scales scales = memory.scales();
        int kind = format.is("ASC") ? 0 : format.is("BYTE") ? 1 : 2;
        double count = scales.countVolts() * (kind == 1 ? 256 : 1);
        StringJoiner fields = new StringJoiner(",");
        fields.add(String.valueOf(kind)).add("1").add(String.valueOf(scales.points())).add("1");
        fields.add(exact(scales.increment())).add(exact(scales.origin())).add("0");
        fields.add(exact(count)).add(exact(scales.offsetVolts())).add("0").add(scales.fiftyOhm() ? "2" : "1");
        fields.add(exact(scales.points() * scales.increment())).add(exact(scales.origin()));
        fields.add(exact(scales.rangeVolts())).add(exact(scales.offsetVolts()));
        fields.add("\"01 JAN 2026\"").add("\"00:00:00:00\"").add("\"MSOS204A:MY00000002\"");
        fields.add(scales.segmented() ? "2" : "0").add("100").add("2").add("1");
        return fields.add(exact(BANDWIDTH_HERTZ)).add(exact(0)).add(String.valueOf(memory.segments())).toString();
    }

    private static String exact(double value) {
        return String.format(Locale.ROOT, "%+.10E", value);
    }

    /** Answer with the selected segment or all of them, from a first point (counted from 1), for a number of points. */
    private byte[] data(ScpiTable.Call call) throws ScpiError {
        SegmentMemory memory = recorded();
        boolean all = allSegments.get();
        int points = memory.scales().points();
        int available = all ? memory.segments() * points : points;
        int start = call.data().isEmpty() ? 1 : (int) ScpiData.number(call.text(0), "");
        int count = call.data().size() < 2 ? available - start + 1 : (int) ScpiData.number(call.text(1), "");
        if (start < 1 || count < 1 || start > available || count > available - start + 1) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, start + "," + count);
        }
        int from = (all ? 0 : selected(memory) * points) + start - 1;
        if (format.is("ASC")) {
            return memory.text(from, count).getBytes(StandardCharsets.US_ASCII);
        }
        byte[] body = memory.bytes(from, count, format.is("WORD"), byteOrder.is("MSBF"));
        String length = String.valueOf(body.length);
        ByteArrayOutputStream block = new ByteArrayOutputStream(body.length + 12);
        block.writeBytes((streaming.get() ? "#0" : "#" + length.length() + length).getBytes(StandardCharsets.US_ASCII));
        block.writeBytes(body);
        return block.toByteArray();
    }
}
