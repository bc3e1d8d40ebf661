package org.memloop.experiments.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import org.memloop.bench.ConfigurationException;
import org.memloop.bench.Pulse;
import org.memloop.calibration.Procedure;
import org.memloop.calibration.Procedures;
import org.memloop.campaign.Campaign;
import org.memloop.campaign.CellSet;
import org.memloop.campaign.Stage;
import org.memloop.campaign.StopRules;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Read campaigns from YAML files (docs/campaigns.md). Everything that can be wrong without an array is found here, before
 * anything is connected.
 */
public final class CampaignFile {
    /** Campaigns that come with the program. */
    public static final List<String> BUILT_IN = List.of("thesis", "thesis-small", "write-verify", "write-verify-rram",
            "survey", "iv-sweep");

    private static final YAMLMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String source;
    private final Map<String, CellSet> sets = new LinkedHashMap<>();

    private CampaignFile(String source) {
        this.source = source;
    }

    /** Say how conditions of a sweep share the cells of a stage. */
    enum Assign {
        /** Every condition is tried on every cell. */
        EACH,
        /** The cells are shared out among the conditions. */
        SPLIT
    }

    /**
     * Find the text of a campaign.
     *
     * @param name one of {@link #BUILT_IN}, or the path of a file
     * @return its text
     * @throws ConfigurationException when there is neither
     */
    public static String text(String name) {
        if (BUILT_IN.contains(name)) {
            try (InputStream in = CampaignFile.class.getResourceAsStream(name + ".yaml")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        try {
            return Files.readString(Path.of(name));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("no campaign file " + name + "; built in are "
                    + String.join(", ", BUILT_IN), e);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the campaign " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Read a campaign.
     *
     * @param source where the text is from, for messages
     * @param text YAML
     * @return the campaign
     * @throws ConfigurationException naming file and key of what is missing, unknown or wrong
     */
    public static Campaign parse(String source, String text) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JacksonException e) {
            throw new ConfigurationException(
                    source + " is not YAML: " + e.getOriginalMessage().lines().findFirst().orElse("")
                            + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"),
                    e);
        }
        return new CampaignFile(source).campaign(root);
    }

    private Campaign campaign(JsonNode root) {
        Keys keys = Keys.of(source, "", root);
        if (keys.whole("format").orElseThrow(() -> keys.wrong("format", "is missing; write format: 1")) != 1) {
            throw keys.wrong("format", "is not known to this version, only 1");
        }
        String name = keys.text("name").orElseThrow(() -> keys.wrong("name", "is missing"));
        if (!name.matches("[a-z0-9][a-z0-9-]{0,40}")) {
            throw keys.wrong("name", "must be one word of lower-case letters, digits and dashes, not '" + name + "'");
        }
        keys.map("sets").ifPresent(map -> keys.required("sets").properties()
                .forEach(entry -> sets.put(entry.getKey(), cells(map, entry.getKey()))));
        Pulse read = SettingsReader.pulse(keys, "read", Pulse.READ);
        if (read.wears()) {
            throw keys.wrong("read", "changes cells at " + read.columnVolts() + " V; readings stay below "
                    + Pulse.NON_DISTURBING_VOLTS + " V");
        }
        Campaign campaign = new Campaign(name, keys.text("description").orElse(""), keys.large("seed").orElse(1L), read,
                stop(keys), stages(keys));
        keys.end();
        return campaign;
    }

    private List<Stage> stages(Keys keys) {
        List<Stage> stages = new ArrayList<>();
        JsonNode list = keys.required("stages");
        if (!list.isArray() || list.isEmpty()) {
            throw keys.wrong("stages", "must be a list of at least one stage");
        }
        Set<String> names = new HashSet<>();
        for (JsonNode one : list) {
            Stage stage = stage(Keys.of(source, "stages[" + stages.size() + "]", one));
            if (!names.add(stage.name())) {
                throw keys.wrong("stages", "has two stages called '" + stage.name() + "'");
            }
            stages.add(stage);
        }
        return stages;
    }

    private Stage stage(Keys keys) {
        String named = keys.text("procedure").orElseThrow(() -> keys.wrong("procedure", "is missing"));
        Procedure usual;
        try {
            usual = Procedures.named(named);
        } catch (ConfigurationException e) {
            throw keys.wrong("procedure", "is not known: " + e.getMessage());
        }
        String name = keys.text("name").orElse(named);
        if (!name.matches("[a-z0-9][a-z0-9-]{0,40}")) {
            throw keys.wrong("name", "must be one word of lower-case letters, digits and dashes, not '" + name + "'");
        }
        ObjectNode with = (ObjectNode) keys.node("with").filter(JsonNode::isObject)
                .orElseGet(() -> YAML.createObjectNode());
        keys.map("with");
        List<Stage.Point> points = Sweeps.points(source, keys, with, keys.map("sweep").isPresent()
                ? keys.required("sweep")
                : YAML.createObjectNode(), usual);
        int repeats = keys.whole("repeat").orElse(1);
        int block = keys.whole("block").orElse(0);
        if (repeats < 1 || block < 0) {
            throw keys.wrong(repeats < 1 ? "repeat" : "block", "must be at least 1");
        }
        Stage stage = new Stage(name, cells(keys, "cells"), points,
                keys.choice("assign", Assign.class).orElse(Assign.EACH) == Assign.SPLIT, repeats,
                keys.choice("order", Stage.Order.class).orElse(Stage.Order.GIVEN), block, stop(keys));
        keys.end();
        return stage;
    }

    private static StopRules stop(Keys parent) {
        return parent.map("stop").map(keys -> {
            StopRules rules = new StopRules(keys.decimal("yield-below"),
                    keys.whole("compliance-hits").map(OptionalInt::of).orElse(OptionalInt.empty()),
                    keys.quantity("time", "s"),
                    keys.large("pulses-per-cell").map(OptionalLong::of).orElse(OptionalLong.empty()),
                    keys.whole("instrument-errors").orElse(0));
            keys.end();
            rules.yieldBelow().ifPresent(share -> {
                if (!(share >= 0 && share <= 1)) {
                    throw keys.wrong("yield-below", "is a share from 0 to 1, not " + share);
                }
            });
            return rules;
        }).orElse(StopRules.NONE);
    }

    // ---- sets of cells ----

    private CellSet cells(Keys keys, String key) {
        JsonNode node = keys.required(key);
        if (node.isArray()) {
            List<CellSet> some = new ArrayList<>();
            for (JsonNode one : node) {
                ObjectNode each = YAML.createObjectNode();
                each.set(key, one);
                some.add(cells(Keys.of(source, keys.path(key) + "[" + some.size() + "]", each), key));
            }
            return new CellSet.Union(some);
        }
        return node.isString() ? named(keys, key, node.asString()) : described(keys.map(key).orElseThrow(), keys, key);
    }

    private CellSet named(Keys keys, String key, String name) {
        if (sets.containsKey(name)) {
            return sets.get(name);
        }
        return switch (name) {
            case "all" -> new CellSet.All();
            case "healthy" -> new CellSet.Known(CellSet.Known.State.HEALTHY, new CellSet.All());
            case "formed" -> new CellSet.Known(CellSet.Known.State.FORMED, new CellSet.All());
            case "virgin" -> new CellSet.Known(CellSet.Known.State.VIRGIN, new CellSet.All());
            default -> throw keys.wrong(key, "names no set of cells: '" + name
                    + "'; there are all, healthy, formed, virgin" + (sets.isEmpty() ? "" : ", ")
                    + String.join(", ", sets.keySet()));
        };
    }

    private CellSet described(Keys map, Keys parent, String key) {
        CellSet set;
        if (map.node("rows").isPresent() || map.node("columns").isPresent()) {
            int[] rows = ends(map, "rows");
            int[] columns = ends(map, "columns");
            set = new CellSet.Rectangle(rows[0], rows[1], columns[0], columns[1]);
        } else if (map.node("list").isPresent()) {
            set = listed(map);
        } else if (map.whole("sample").isPresent()) {
            set = new CellSet.Sample(atLeastOne(map, "sample"), cells(map, "of"), map.large("seed").orElse(0L));
        } else if (map.whole("spread").isPresent()) {
            set = new CellSet.Spread(atLeastOne(map, "spread"), cells(map, "of"));
        } else {
            CellSet.Known.State state = map.choice("known", CellSet.Known.State.class)
                    .orElseThrow(() -> parent.wrong(key, "says rows and columns, list, sample, spread or known"));
            set = new CellSet.Known(state, cells(map, "of"));
        }
        map.end();
        return set;
    }

    private static int atLeastOne(Keys map, String key) {
        int count = map.whole(key).orElseThrow();
        if (count < 1) {
            throw map.wrong(key, "must be at least 1, not " + count);
        }
        return count;
    }

    private static int[] ends(Keys map, String key) {
        String text = map.text(key).orElseThrow(() -> map.wrong(key, "is missing"));
        String[] ends = text.split("-", 2);
        try {
            int from = Integer.parseInt(ends[0].strip());
            int to = ends.length == 1 ? from : Integer.parseInt(ends[1].strip());
            if (from <= to) {
                return new int[]{from, to};
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw map.wrong(key, "must be a number or a range such as 0-15, not '" + text + "'");
    }

    private static CellSet listed(Keys map) {
        List<CellSet.Listed.Place> places = new ArrayList<>();
        for (JsonNode one : map.required("list")) {
            String[] parts = one.asString("").split(":");
            try {
                places.add(new CellSet.Listed.Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw map.wrong("list", "holds cells as \"row:column\", in quotes, not '" + one.asString("") + "'");
            }
        }
        return new CellSet.Listed(places);
    }
}
