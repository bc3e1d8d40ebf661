package org.memloop.experiments.campaign;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;

import org.memloop.bench.Pulse;
import org.memloop.bench.Quantity;
import org.memloop.calibration.Verdict.Result;
import org.memloop.experiments.Console;

/** Say in one line what a pass, or all of them, came to. */
final class CampaignWords {
    private static final double MICRO = 1e6;

    private CampaignWords() {}

    static String pass(PassData data, int passes) {
        return String.format(Locale.ROOT,
                "%d/%d %s%s: %,d of %,d cells %s, %,d pulses, %,d readings, %s on the bench's clock, median %.1f uS",
                data.pass.number(), passes, data.pass.stage(),
                data.pass.label().isEmpty() ? "" : " (" + data.pass.label() + ")",
                data.count(Result.REACHED) + data.count(Result.LEFT_ALONE), data.pass.cells().length,
                data.count(Result.LEFT_ALONE) == 0
                        ? "reached"
                        : "there (" + data.count(Result.LEFT_ALONE) + " were before)",
                data.pulses, data.readings, Console.duration(data.seconds()), MICRO * data.medianSiemens());
    }

    static String summary(List<PassData> passes, double seconds) {
        long pulses = passes.stream().mapToLong(pass -> pass.pulses).sum();
        long readings = passes.stream().mapToLong(pass -> pass.readings).sum();
        return String.format(Locale.ROOT, "%,d pulses and %,d readings in %s: %,.0f a second", pulses, readings,
                Console.duration(seconds), (pulses + readings) / Math.max(seconds, 1e-9));
    }

    /** Settings as a file would hold them. */
    static String settings(Record record) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            SettingKey key = SettingKey.of(component);
            Object value;
            try {
                value = component.getAccessor().invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            text.append(text.isEmpty() ? "" : ", ").append(key.key()).append(' ').append(switch (value) {
                case Double number when !key.unit().isEmpty() -> Quantity.text(number, key.unit());
                case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
                case Pulse pulse -> pulse.name() + " (" + Quantity.text(pulse.columnVolts(), "V") + ", gate "
                        + Quantity.text(pulse.gateVolts(), "V") + ", " + Quantity.text(pulse.widthSeconds(), "s") + ")";
                case Record inner -> "(" + settings(inner) + ")";
                default -> value.toString();
            });
        }
        return text.toString();
    }
}
