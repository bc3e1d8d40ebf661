package org.memloop.sim.instrument;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Know what the chip's supply pins get, and what works with that. A pin that nothing was connected to is fed as it
 * should be.
 *
 * <pre>
 *   VDD5 below 4 V             registers do not shift; below 2.5 V they forget, and no line is connected
 *   VDD below 1 V              the array belongs to neither mode: no line is connected, registers do not shift
 *   VDDR below 1 V             word lines stay on ground: no current
 *   VDDC below 1 V             bit and source lines stay on ground: no current
 *   a line above VDD5 + 0.5 V  the diodes of the multiplexers hold it there
 *   VDD5 above 6 V, others above 1.8 V     oxide breaks: the chip is dead, and draws a hundred times as much
 * </pre>
 */
final class ChipPower {
    private static final double FORGETTING_VOLTS = 2.5;
    private static final double DIODE_VOLTS = 0.5;
    private static final double DEAD_FACTOR = 100;

    private final Map<SupplyPin, PowerSource> sources = new EnumMap<>(SupplyPin.class);
    private final Set<SupplyPin> broken = EnumSet.noneOf(SupplyPin.class);

    void connect(SupplyPin pin, PowerSource source) {
        sources.put(pin, source);
    }

    /** {@return whether every pin is fed as it should be, without any supply} */
    boolean ideal() {
        return sources.isEmpty();
    }

    void meetPulse() {
        for (PowerSource source : Set.copyOf(sources.values())) {
            source.meetPulse();
        }
    }

    /** {@return what hangs on a source: every pin it feeds, siemens} */
    double loadSiemens(PowerSource source) {
        double siemens = 0;
        for (Map.Entry<SupplyPin, PowerSource> entry : sources.entrySet()) {
            SupplyPin pin = entry.getKey();
            siemens += entry.getValue() == source ? pin.loadSiemens() * (broken.contains(pin) ? DEAD_FACTOR : 1) : 0;
        }
        return siemens;
    }

    double volts(SupplyPin pin) {
        PowerSource source = sources.get(pin);
        return source == null ? pin.nominalVolts() : source.volts(loadSiemens(source));
    }

    /** Look at all pins: what is too much breaks. */
    void look() {
        for (SupplyPin pin : sources.keySet()) {
            double volts = volts(pin);
            if (volts > pin.mostVolts() || volts < -DIODE_VOLTS) {
                broken.add(pin);
            }
        }
    }

    boolean dead() {
        return !broken.isEmpty();
    }

    private boolean enough(SupplyPin pin) {
        return volts(pin) >= pin.leastVolts();
    }

    boolean forgets() {
        return dead() || volts(SupplyPin.VDD5) < FORGETTING_VOLTS;
    }

    boolean shifts() {
        return ideal() || !dead() && enough(SupplyPin.VDD5) && enough(SupplyPin.VDD);
    }

    boolean connectsLines() {
        return ideal() || !dead() && volts(SupplyPin.VDD5) >= FORGETTING_VOLTS && enough(SupplyPin.VDD)
                && enough(SupplyPin.VDDR) && enough(SupplyPin.VDDC);
    }

    double mostLineVolts() {
        return volts(SupplyPin.VDD5) + DIODE_VOLTS;
    }

    /** {@return one line about the pins, for a person} */
    String describe() {
        StringJoiner text = new StringJoiner(", ");
        for (SupplyPin pin : SupplyPin.values()) {
            text.add("%s %.3f V%s".formatted(pin, volts(pin), broken.contains(pin) ? " (broken)" : ""));
        }
        return text.toString();
    }
}
