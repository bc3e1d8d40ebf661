package org.memloop.calibration;

import java.util.List;

import org.memloop.bench.ConfigurationException;

/** Know every procedure. */
public final class Procedures {
    /** Every procedure, with its usual settings. */
    public static final List<Procedure> USUAL = List.of(ReadMap.USUAL, ReadOffset.USUAL, Forming.USUAL,
            Conditioning.USUAL,
            Switching.SET, Switching.RESET, SetReset.USUAL, WriteVerify.USUAL, WeakResetCharacterization.USUAL,
            Potentiation.USUAL, SetLevel.USUAL, IvSweep.USUAL, Endurance.USUAL, Retention.USUAL, Relaxation.USUAL,
            ReadNoise.USUAL);

    private Procedures() {}

    /**
     * Find a procedure by its name.
     *
     * @param name what it is called
     * @return the procedure with its usual settings
     * @throws ConfigurationException naming those there are
     */
    public static Procedure named(String name) {
        return USUAL.stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> new ConfigurationException("there is no procedure '" + name + "'; there are "
                        + String.join(", ", USUAL.stream().map(Procedure::name).toList())));
    }
}
