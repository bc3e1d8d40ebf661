package org.memloop.experiments.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.memloop.calibration.Procedure;
import org.memloop.campaign.Stage;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Make the conditions of a stage: every combination of the values that its sweep lists. */
final class Sweeps {
    private static final int MOST_CONDITIONS = 1000;

    private Sweeps() {}

    private record Combination(String label, ObjectNode settings) {}

    static List<Stage.Point> points(String source, Keys stage, ObjectNode with, JsonNode sweep, Procedure usual) {
        List<Combination> all = List.of(new Combination("", with));
        for (Map.Entry<String, JsonNode> axis : sweep.properties()) {
            if (!axis.getValue().isArray() || axis.getValue().isEmpty()) {
                throw stage.wrong("sweep." + axis.getKey(), "must be a list of values");
            }
            List<Combination> more = new ArrayList<>();
            for (Combination one : all) {
                for (JsonNode value : axis.getValue()) {
                    more.add(new Combination((one.label().isEmpty() ? "" : one.label() + "; ") + axis.getKey() + " "
                            + value.asString(""), set(stage, one.settings().deepCopy(), axis.getKey(), value)));
                }
            }
            all = more;
            if (all.size() > MOST_CONDITIONS) {
                throw stage.wrong("sweep", "has more than " + MOST_CONDITIONS + " conditions");
            }
        }
        return all.stream().map(one -> new Stage.Point(one.label(),
                (Procedure) SettingsReader.read(Keys.of(source, stage.path("with"), one.settings()), (Record) usual)))
                .toList();
    }

    /** A key with points goes down into maps: {@code set.gate}. */
    private static ObjectNode set(Keys stage, ObjectNode settings, String key, JsonNode value) {
        ObjectNode at = settings;
        String[] steps = key.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            JsonNode next = at.get(steps[i]);
            if (next == null) {
                at = at.putObject(steps[i]);
            } else if (next instanceof ObjectNode map) {
                at = map;
            } else {
                throw stage.wrong("sweep." + key,
                        "varies something of '" + steps[i] + "', which the stage gives whole");
            }
        }
        at.set(steps[steps.length - 1], value);
        return settings;
    }
}
