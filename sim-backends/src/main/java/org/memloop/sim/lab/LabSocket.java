package org.memloop.sim.lab;

import java.nio.file.Path;

import org.memloop.bench.BenchUri;
import org.memloop.lab.LabFile;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.array.SimBenchProvider;

/** Put into the socket of an emulated laboratory what its file says. */
final class LabSocket {
    private LabSocket() {}

    /**
     * Make the device.
     *
     * @param lab the laboratory
     * @param folder where its file is, since it may name others beside it
     * @param uri address that may say more of a die: its seed, fidelity, defects
     */
    static DeviceUnderTest device(LabFile lab, Path folder, BenchUri uri) {
        return SimBenchProvider.die(uri, lab.technology(), folder, lab.geometry());
    }
}
