package org.memloop.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.memloop.learn.Epoch;
import org.memloop.learn.Ledger;

/**
 * Put together what is told of an epoch, in tables and to programs. Pulses, blocked pulses and energy are those of the
 * epoch; the most pulses of a synapse, saturated and blocked devices are as they stand at its end.
 *
 * @param epoch the epoch
 * @param testAccuracy fraction of test images classified rightly after it
 * @param before what the synapses had been given before it
 * @param after what they have been given after it
 */
public record EpochRow(Epoch epoch, double testAccuracy, Ledger before, Ledger after) {
    /** One column of the table of epochs. */
    record Column(String name, Function<EpochRow, Object> value) {}

    /** {@return the columns of a table of epochs that synapses with such a ledger learn in} */
    static List<Column> columns(Ledger ledger) {
        List<Column> columns = new ArrayList<>(List.of(new Column("epoch", row -> row.epoch().epoch()),
                new Column("trainAccuracy", row -> row.epoch().trainAccuracy()),
                new Column("validationAccuracy", row -> row.epoch().validationAccuracy()),
                new Column("testAccuracy", EpochRow::testAccuracy),
                new Column("pulses", row -> row.epoch().pulses()),
                new Column("blocked", row -> row.epoch().blocked()),
                new Column("saturated", row -> row.after().saturated())));
        for (int i = 0; i < ledger.layers(); i++) {
            int layer = i;
            columns.add(new Column("pulsesLayer" + (layer + 1), row -> row.pulses(layer)));
        }
        for (int i = 0; i < ledger.layers(); i++) {
            int layer = i;
            columns.add(new Column("mostPulsesLayer" + (layer + 1), row -> row.after().mostPulses(layer)));
        }
        if (ledger.energyJoules().isPresent()) {
            columns.add(new Column("energyJoules", EpochRow::energyJoules));
            columns.add(new Column("blockedDevices", row -> row.after().blockedDevices()));
        }
        columns.addAll(List.of(new Column("residual", row -> row.epoch().residual()),
                new Column("freeResidualMean", row -> row.epoch().convergence().freeMean()),
                new Column("freeResidualMax", row -> row.epoch().convergence().freeMax()),
                new Column("nudgeResidualMean", row -> row.epoch().convergence().nudgeMean()),
                new Column("nudgeResidualMax", row -> row.epoch().convergence().nudgeMax())));
        return columns;
    }

    /** {@return keys and values for a program, in order} */
    Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("epoch", epoch.epoch());
        object.put("trainAccuracy", epoch.trainAccuracy());
        object.put("validationAccuracy", epoch.validationAccuracy());
        object.put("testAccuracy", testAccuracy);
        object.put("pulses", epoch.pulses());
        object.put("pulsesPerLayer", LongStream.range(0, after.layers()).map(layer -> pulses((int) layer)).toArray());
        object.put("mostPulsesPerLayer",
                LongStream.range(0, after.layers()).map(layer -> after.mostPulses((int) layer)).toArray());
        object.put("blocked", epoch.blocked());
        object.put("saturated", after.saturated());
        if (after.energyJoules().isPresent()) {
            object.put("energyJoules", energyJoules());
            object.put("blockedDevices", after.blockedDevices());
        }
        object.put("seconds", epoch.seconds());
        return object;
    }

    private long pulses(int layer) {
        return after.pulses(layer) - before.pulses(layer);
    }

    private double energyJoules() {
        return after.energyJoules().orElseThrow() - before.energyJoules().orElseThrow();
    }
}
