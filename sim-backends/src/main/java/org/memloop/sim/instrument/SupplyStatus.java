package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.List;

import org.memloop.sim.instrument.SupplyOutput.Regulation;

/**
 * Keep the status registers of a supply: for each output whether it regulates volts or current, summed up in the
 * questionable register, and that in bit 3 of the status byte.
 *
 * <pre>
 *   INSTrument:ISUMmary1..3 --> INSTrument bits 1..3 --> QUEStionable bit 13 --> status byte bit 3
 * </pre>
 */
final class SupplyStatus {
    private static final int SUMMARY = 1 << 13;
    private static final int OVER_VOLTAGE = 1 << 9;
    private static final int OVER_CURRENT = 1 << 10;

    private final List<StatusGroup> groups = new ArrayList<>();

    /** Declare the registers; bit 0 tells of one way to regulate and bit 1 of the other. */
    SupplyStatus(ScpiEngine engine, List<SupplyOutput> outputs, Regulation bit0, Regulation bit1) {
        ScpiTable table = engine.table();
        List<StatusGroup> each = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            SupplyOutput output = outputs.get(i);
            each.add(new StatusGroup(table, ":STATus:QUEStionable:INSTrument:ISUMmary" + (i + 1), () -> {
                Regulation now = output.regulation();
                return (now == bit0 ? 1 : 0) | (now == bit1 ? 2 : 0) | (output.overVoltsTripped() ? OVER_VOLTAGE : 0)
                        | (output.overCurrentTripped() ? OVER_CURRENT : 0);
            }));
        }
        StatusGroup instruments = new StatusGroup(table, ":STATus:QUEStionable:INSTrument", () -> {
            int bits = 0;
            for (int i = 0; i < each.size(); i++) {
                bits |= each.get(i).summary() ? 2 << i : 0;
            }
            return bits;
        });
        StatusGroup questionable = new StatusGroup(table, ":STATus:QUEStionable",
                () -> instruments.summary() ? SUMMARY : 0);
        StatusGroup operation = new StatusGroup(table, ":STATus:OPERation", () -> 0);
        groups.addAll(each);
        groups.addAll(List.of(instruments, questionable, operation));
        table.command(":STATus:PRESet", _ -> groups.forEach(StatusGroup::preset));
        engine.onClear(() -> groups.forEach(StatusGroup::clear));
        engine.summary(() -> questionable.summary() ? 8 : 0);
    }
}
