package org.memloop.lab;

import java.util.List;
import java.util.Map;

/** Look at an emulated laboratory that runs, and let things go wrong in it. */
public interface RunningLab extends AutoCloseable {
    /**
     * Name one instrument and where it is.
     *
     * @param role what it is there for
     * @param identity maker, model, serial number and firmware
     * @param resources VISA resource names
     * @param page its page on the web; empty when it has none
     */
    record Instrument(String role, String identity, List<String> resources, String page) {}

    /** {@return the instruments, in the order of the laboratory file} */
    List<Instrument> instruments();

    /**
     * Describe the die and the instruments as they are now. Looking changes nothing.
     *
     * @return keys and values as a program reads them
     */
    Map<String, Object> status();

    /**
     * Let something go wrong from now on, or go right again.
     *
     * @param role whose instrument
     * @param fault what, for example {@code silent}; {@code none} ends all faults of the role
     * @param probability at how large a share of its occasions, 0 to 1
     * @param occasion at which occasion alone, counted from 1; 0 for all
     * @throws org.memloop.bench.ConfigurationException when there is no such role or fault
     */
    void fault(String role, String fault, double probability, long occasion);

    /** Switch everything off. Calling it again is harmless. */
    @Override
    void close();
}
