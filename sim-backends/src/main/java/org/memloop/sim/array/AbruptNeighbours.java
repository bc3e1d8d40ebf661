package org.memloop.sim.array;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.memloop.bench.Pulse.Polarity;
import org.memloop.sim.device.AbruptCircuit;
import org.memloop.sim.device.AbruptFilament;

/**
 * Tell which pulses other cells of a column feel behind their shut gates, in an {@link AbruptDie}: those whose leak would hold
 * up a filament of 1 uS, leave 20 mV on one of 100 uS in RESET, or break a virgin oxide, where the transistor's threshold is
 * three deviations low. What is weaker lies far below where any cell was measured to switch, and is left out.
 */
final class AbruptNeighbours {
    private static final double LEAST_SIEMENS = 1e-6;
    private static final double LEAST_VOLTS = 20e-3;
    private static final double FILAMENT_SIEMENS = 100e-6;
    private static final double DEVIATIONS = 3;
    /** For so long a virgin cell is beside others that are formed: a thousand cells, ten pulses of 1 ms each. */
    private static final double FORMING_SECONDS = 10;

    private final AbruptFilament technology;
    private final AbruptCircuit circuit;
    private final boolean felt;
    private final Map<AbruptPulse, Optional<Beside.Dose<AbruptPulse>>> doses = new HashMap<>();

    AbruptNeighbours(AbruptFilament technology, AbruptCircuit circuit, boolean felt) {
        this.technology = technology;
        this.circuit = circuit;
        this.felt = felt;
    }

    /** {@return what a pulse is to the others of its column, empty when they do not feel it} */
    Optional<Beside.Dose<AbruptPulse>> dose(AbruptPulse pulse) {
        return !felt || !pulse.wears() ? Optional.empty() : doses.computeIfAbsent(pulse, this::matters);
    }

    private Optional<Beside.Dose<AbruptPulse>> matters(AbruptPulse pulse) {
        AbruptFilament.Access access = technology.access();
        double overdrive = DEVIATIONS * access.thresholdSpreadVolts() - access.thresholdVolts();
        boolean matters = pulse.polarity() == Polarity.SET
                ? circuit.levelSiemens(overdrive, pulse.columnVolts(), pulse.widthSeconds()) > LEAST_SIEMENS
                        || breaks(pulse, overdrive)
                : circuit.cellVolts(FILAMENT_SIEMENS, overdrive, pulse.columnVolts(), true) > LEAST_VOLTS;
        return matters
                ? Optional.of(new Beside.Dose<>(
                        new AbruptPulse(pulse.polarity(), pulse.columnVolts(), 0, pulse.widthSeconds()), 1))
                : Optional.empty();
    }

    private boolean breaks(AbruptPulse pulse, double overdrive) {
        AbruptFilament.Forming forming = technology.forming();
        double weakVolts = forming.strengthVolts() - DEVIATIONS * forming.strengthSpreadVolts()
                - forming.strengthPerDecadeVolts() * Math.log10(FORMING_SECONDS / 1e-6);
        return circuit.cellVolts(forming.virginSiemens(), overdrive, pulse.columnVolts(), false) > weakVolts;
    }
}
