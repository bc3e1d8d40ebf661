package org.memloop.lab;

import java.util.List;
import java.util.Map;

import org.memloop.instrument.BenchClock;
import org.memloop.link.Links;

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

    /** {@return how drivers of this program reach the emulations} */
    Outside outside();

    /** {@return the laboratory's own clock: rest takes no time on the wall} */
    BenchClock clock();

    /** {@return under which resource name each instrument is reached, by role, as a laboratory file has them} */
    Map<String, String> addresses();

    /**
     * Tell every way to an instrument that links of this program have: raw socket, VXI-11, HiSLIP, and its bus.
     *
     * @param role whose instrument on the network
     * @return resource names that {@link #links()} opens; empty when there is no such instrument
     */
    List<String> reached(String role);

    /** {@return what opens links of this program to the instruments} */
    Links links();

    /**
     * Tell of every cell, by columns: {@code row}, {@code column}, {@code pulses}, {@code state}, {@code siemens}.
     *
     * @return lists of one value for each cell, in the order of their numbers; empty when the socket holds no die
     */
    Map<String, List<Object>> cells();

    /**
     * Let something go wrong from now on, or go right again.
     *
     * @param entry what, and when; the fault {@code none} ends all faults of the instrument
     * @throws org.memloop.bench.ConfigurationException when there is no such role or fault, or a number is out of range
     */
    void fault(LabFile.FaultEntry entry);

    /** Switch everything off. Calling it again is harmless. */
    @Override
    void close();
}
