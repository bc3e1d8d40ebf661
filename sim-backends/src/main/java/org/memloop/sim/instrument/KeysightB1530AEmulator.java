package org.memloop.sim.instrument;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Emulate a Keysight B1530A waveform generator and fast measurement unit behind the functions of its library: channels
 * 101 and 102, wired to the column and the gate net unless {@link #connect} says otherwise. {@link #library} hands out
 * all functions of the library, to be called as those of {@code wgfmu.dll} are; each returns 0 or a negative code.
 *
 * <p>A run takes simulated time only: it is over when {@code execute} returns. Its trigger
 * outputs go to the router's trigger input. Not emulated: the pass-through of source-measure units.
 */
public final class KeysightB1530AEmulator {
    /** The channels it has. */
    public static final List<Integer> CHANNELS = List.of(101, 102);

    private static final String PREFIX = "WGFMU_";

    private final WgfmuUnit unit;
    private final WgfmuSessionFunctions session;
    private final WgfmuChannelFunctions settings;
    private final WgfmuPatternFunctions patterns;
    private final WgfmuSequenceFunctions sequences;
    private final WgfmuRunFunctions runs;
    private final Map<String, Object> owners = new TreeMap<>();
    private final Map<String, Method> functions = new TreeMap<>();

    /**
     * Put a unit into a laboratory.
     *
     * @param wiring the laboratory
     * @param seed what its noise grows from
     */
    public KeysightB1530AEmulator(Wiring wiring, long seed) {
        unit = new WgfmuUnit(wiring, new SplittableRandom(seed));
        session = new WgfmuSessionFunctions(unit);
        settings = new WgfmuChannelFunctions(unit);
        patterns = new WgfmuPatternFunctions(unit);
        sequences = new WgfmuSequenceFunctions(unit);
        runs = new WgfmuRunFunctions(unit);
        for (Object group : List.of(session, settings, patterns, sequences, runs)) {
            Arrays.stream(group.getClass().getDeclaredMethods()).filter(KeysightB1530AEmulator::isFunction)
                    .forEach(method -> {
                        functions.put(PREFIX + method.getName(), method);
                        owners.put(PREFIX + method.getName(), group);
                    });
        }
    }

    private static boolean isFunction(Method method) {
        return method.getReturnType() == int.class
                && (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0 && !method.isSynthetic();
    }

    /**
     * Wire a channel to the chip.
     *
     * @param channel 101 or 102
     * @param net where its remote switch unit goes
     * @throws IllegalArgumentException when there is no such channel
     */
    public void connect(int channel, Net net) {
        if (!unit.channels.containsKey(channel)) {
            throw new IllegalArgumentException(
                    "there is no channel " + channel + "; there are " + unit.channels.keySet());
        }
        unit.nets.put(channel, net);
    }

    /**
     * Let the unit take its time.
     *
     * @param latency whether it does, and whether somebody waits
     */
    public void pace(Latency latency) {
        unit.latency = latency;
    }

    /** {@return the names of all functions, {@code WGFMU_} included} */
    public List<String> functions() {
        return List.copyOf(functions.keySet());
    }

    /**
     * Be the library: find each function's address by its name, for native callers of this process. The functions are
     * those of the header; texts that come back end with a zero after as many characters as the size says.
     *
     * @param arena how long the addresses are valid
     * @return the library
     */
    public SymbolLookup library(Arena arena) {
        Map<String, MemorySegment> made = new TreeMap<>();
        return name -> {
            synchronized (made) {
                return functions.containsKey(name)
                        ? Optional.of(made.computeIfAbsent(name,
                                n -> WgfmuLibrary.stub(functions.get(n), owners.get(n), arena)))
                        : Optional.empty();
            }
        };
    }

    WgfmuSessionFunctions session() {
        return session;
    }

    WgfmuChannelFunctions settings() {
        return settings;
    }

    WgfmuPatternFunctions patterns() {
        return patterns;
    }

    WgfmuSequenceFunctions sequences() {
        return sequences;
    }

    WgfmuRunFunctions runs() {
        return runs;
    }
}
