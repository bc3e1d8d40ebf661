package org.memloop.sim.instrument;

/** Be an emulated instrument that understands SCPI, whatever wire it hangs on. */
public interface ScpiInstrument {
    /**
     * Take one program message and carry it out.
     *
     * @param message the message without its terminator
     * @return the response message with its line feed, empty when nothing was asked
     */
    byte[] handle(byte[] message);
}
