package org.memloop.sim.instrument;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

import org.memloop.sim.instrument.FlexEngine.Arguments;

/**
 * Remember what was set, as commands, by the number under which {@code *LRN?} tells it, and there by command and channel.
 */
final class FlexSettings {
    private static final int GROUPS_MAX = 119;

    /** Read a channel from a command's arguments. */
    interface Channels {
        int channel(Arguments arguments, int index) throws FlexError;
    }

    private final FlexEngine engine;
    private final Channels channels;
    private final Map<Integer, Map<String, String>> learned = new TreeMap<>();

    FlexSettings(FlexEngine engine, Channels channels) {
        this.engine = engine;
        this.channels = channels;
    }

    /** Declare a command whose last form is told. */
    void setting(String mnemonic, int group, int least, int most, FlexEngine.Change change) {
        engine.command(mnemonic, least, most, arguments -> {
            change.run(arguments);
            remember(group, mnemonic, mnemonic + " " + String.join(",", arguments.texts()));
        });
    }

    /** Declare a command whose first argument is a channel; group 0 stands for the channel's own number. */
    void perChannel(String mnemonic, int group, int least, int most, FlexEngine.Change change) {
        engine.command(mnemonic, least, most, arguments -> {
            int channel = channels.channel(arguments, 0);
            change.run(arguments);
            boolean forces = mnemonic.equals("DV") || mnemonic.equals("DI");
            remember(group == 0 ? channel : group, forces ? "D" : mnemonic + channel,
                    mnemonic + " " + String.join(",", arguments.texts()));
        });
    }

    private void remember(int group, String key, String text) {
        learned.computeIfAbsent(group, _ -> new TreeMap<>()).put(key, text);
    }

    void forget() {
        learned.clear();
    }

    /** Declare {@code *LRN?}, whose group 0 is told by the one who knows the switches. */
    void tell(FlexEngine.Action switches) {
        engine.query("*LRN?", 1, arguments -> {
            int group = arguments.whole(0, 0, GROUPS_MAX, 0);
            StringJoiner text = new StringJoiner(";");
            learned.getOrDefault(group, Map.of()).values().forEach(text::add);
            return group == 0 ? switches.run(arguments) : text.length() == 0 ? "0" : text.toString();
        });
    }
}
