package org.memloop.sim.instrument;

import java.util.function.IntSupplier;

/**
 * Keep one register group of SCPI's status model (SCPI-1999, volume 1, chapter 9): the condition, the events its
 * changes latch through the transition filters, and the mask that sums events up.
 *
 * <pre>
 *   condition --> PTRansition, NTRansition --> event --> & ENABle --> one bit of the register above
 * </pre>
 */
final class StatusGroup {
    private static final int ALL = 0x7FFF;

    private final IntSupplier now;
    private int condition;
    private int events;
    private int enabled;
    private int rising = ALL;
    private int falling;

    /**
     * Declare a group.
     *
     * @param header where in the tree, for example {@code :STATus:QUEStionable}
     * @param now the condition
     */
    StatusGroup(ScpiTable table, String header, IntSupplier now) {
        this.now = now;
        condition = now.getAsInt();
        table.query(header + ":CONDition", _ -> show(refreshed()));
        table.query(header + "[:EVENt]", _ -> {
            refreshed();
            int read = events;
            events = 0;
            return show(read);
        });
        table.command(header + ":ENABle", call -> enabled = word(call)).query(header + ":ENABle", _ -> show(enabled));
        table.command(header + ":PTRansition", call -> rising = word(call));
        table.query(header + ":PTRansition", _ -> show(rising));
        table.command(header + ":NTRansition", call -> falling = word(call));
        table.query(header + ":NTRansition", _ -> show(falling));
    }

    /** Latch what has changed. {@return the condition} */
    private int refreshed() {
        int next = now.getAsInt();
        events |= next & ~condition & rising | ~next & condition & falling;
        condition = next;
        return next;
    }

    boolean summary() {
        refreshed();
        return (events & enabled) != 0;
    }

    /** Forget events, as {@code *CLS} does. */
    void clear() {
        refreshed();
        events = 0;
    }

    /** Enable nothing and filter nothing, as {@code :STATus:PRESet} does. */
    void preset() {
        enabled = 0;
        rising = ALL;
        falling = 0;
    }

    private static String show(int word) {
        return "+" + word;
    }

    private static int word(ScpiTable.Call call) throws ScpiError {
        call.atMost(1);
        double value = ScpiData.number(call.text(0), "");
        if (!(value >= 0 && value <= 0xFFFF)) {
            throw new ScpiError(ScpiError.OUT_OF_RANGE, call.text(0));
        }
        return (int) Math.rint(value) & ALL;
    }
}
