package org.memloop.sim.lab;

import java.nio.file.Path;

import org.memloop.bench.BenchUri;
import org.memloop.lab.LabFile;
import org.memloop.sim.array.BoardInSocket;
import org.memloop.sim.array.DeviceUnderTest;
import org.memloop.sim.array.EmptySocket;
import org.memloop.sim.array.SimBenchProvider;

/** Put into the socket of an emulated laboratory what its file says. */
final class LabSocket {
    private LabSocket() {}

    /**
     * Make a die, a board of resistors, or nothing.
     *
     * @param lab the laboratory
     * @param folder where its file is, since it may name others beside it
     * @param uri address that may say more of a die: its seed, fidelity, defects
     */
    static DeviceUnderTest device(LabFile lab, Path folder, BenchUri uri) {
        return switch (lab.technology()) {
            case LabFile.RESISTOR_BOARD -> new BoardInSocket(lab.board().orElseThrow());
            case LabFile.EMPTY_SOCKET -> new EmptySocket(lab.geometry());
            default -> SimBenchProvider.die(uri, lab.technology(), folder, lab.geometry());
        };
    }
}
