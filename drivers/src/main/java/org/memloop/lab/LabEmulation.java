package org.memloop.lab;

import java.nio.file.Path;
import java.util.ServiceLoader;

import org.memloop.bench.ConfigurationException;

/**
 * Run the instruments of a laboratory file as emulations that any program can talk to. Emulations are found with
 * {@link ServiceLoader}, as benches are, so that nobody who starts one has to know them.
 */
public interface LabEmulation {
    /**
     * Say where a laboratory is reached and what it grows from.
     *
     * @param seed where die and noise come from
     * @param boot number that tells this start of the router from others, as a real one draws it when it starts
     * @param address of the first instrument on the network; empty for one of the loopback interface
     * @param ports at which ports
     * @param announced whether to tell of the instruments by multicast DNS
     * @param baud speed of the router's serial line, bits per second; 0 for as fast as it goes
     * @param latency whether instruments take their time: {@code off}, {@code simulated} or {@code real}
     */
    record Terms(long seed, int boot, String address, Ports ports, boolean announced, int baud, String latency) {}

    /** Tell the ways to choose ports. */
    enum Ports {
        /** Any that are free. */
        FREE,
        /** Those of real instruments, each instrument at an address of its own. */
        REAL,
        /** Those that the resource names of the laboratory file say. */
        FILE
    }

    /**
     * Switch a laboratory on.
     *
     * @param lab what it consists of
     * @param folder where its file is
     * @param terms where it is reached
     * @return the running laboratory
     * @throws org.memloop.bench.BenchException when it cannot be
     */
    RunningLab start(LabFile lab, Path folder, Terms terms);

    /**
     * Find the emulation there is.
     *
     * @return it
     * @throws ConfigurationException when this program came without one
     */
    static LabEmulation find() {
        return ServiceLoader.load(LabEmulation.class).findFirst()
                .orElseThrow(() -> new ConfigurationException("this installation has no emulated instruments"));
    }
}
