package org.memloop.instrument;

import java.util.List;

import org.memloop.bench.Capabilities;

/** Feed the chip's supply pins, within protection that is set before anything is switched on. */
public interface PowerSupply extends AutoCloseable {
    /** {@return who this is} */
    Capabilities.Identity identity();

    /** {@return what each output that is used has to give} */
    List<SupplyTarget> targets();

    /**
     * Set voltage, current limit and protection of every output that is used, make sure that they are as asked, and switch
     * those outputs on, in the order of {@link #targets()}. An output that is on already stays on.
     *
     * @throws org.memloop.bench.InstrumentException when an output has tripped, is on at another voltage, or does not take
     *         a setting
     */
    void switchOn();

    /**
     * Measure every output that is used.
     *
     * @return one entry for each of {@link #targets()}, in order
     */
    List<SupplyReading> measure();

    /** Switch every output that is used off, the last first. */
    void switchOff();

    /** Let go of the link; outputs stay as they are. Calling it again is harmless. */
    @Override
    void close();
}
