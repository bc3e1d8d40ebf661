package org.memloop.instrument.keysight;

import java.util.Arrays;

import org.memloop.bench.BenchException;
import org.memloop.bench.LinkException;
import org.memloop.instrument.SupplyReading;
import org.memloop.scpi.ScpiSession;

/** Hold what the conversations with power supplies have in common. */
final class SupplySession implements AutoCloseable {
    private static final String LOCAL = "SYST:LOC";

    private final ScpiSession session;
    private final int constantVoltage;
    private final int constantCurrent;
    private boolean closed;

    /**
     * Speak with a supply.
     *
     * @param session the conversation; closed with this one
     * @param constantVoltage bit of its instrument summary register that tells of constant voltage
     * @param constantCurrent bit of it that tells of constant current
     */
    SupplySession(ScpiSession session, int constantVoltage, int constantCurrent) {
        this.session = session;
        this.constantVoltage = constantVoltage;
        this.constantCurrent = constantCurrent;
    }

    /**
     * Ask several queries in one message.
     *
     * @param message the queries, joined with {@code ;}
     * @param queries how many they are
     * @return numbers {@code [query][output]}
     * @throws LinkException when something else was answered
     */
    double[][] numbers(String message, int queries) {
        String answer = session.query(message);
        String[] parts = answer.strip().split(";");
        if (parts.length != queries) {
            throw new LinkException(session.instrument(), message, "answered '" + answer + "'", null);
        }
        try {
            return Arrays.stream(parts)
                    .map(part -> Arrays.stream(part.split(",")).map(String::strip).mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (NumberFormatException e) {
            throw new LinkException(session.instrument(), message, "answered '" + answer + "'", e);
        }
    }

    /**
     * Tell what an output that has not tripped does.
     *
     * @param on whether it is switched on
     * @param condition its instrument summary register
     * @return its state; off as well when it regulates nothing
     */
    SupplyReading.State state(boolean on, double condition) {
        int bits = (int) condition;
        if (on && (bits & constantCurrent) != 0) {
            return SupplyReading.State.CONSTANT_CURRENT;
        }
        return on && (bits & constantVoltage) != 0
                ? SupplyReading.State.CONSTANT_VOLTAGE
                : SupplyReading.State.OFF;
    }

    /** Hand it back to its front panel and let go of the link. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            session.write(LOCAL);
        } catch (BenchException _) {
            // its front panel stays locked until somebody presses Local
        } finally {
            session.close();
        }
    }
}
