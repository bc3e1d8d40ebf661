package org.memloop.sim.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Keep what is to go wrong in a laboratory, by the role of the instrument it happens to; it may change while the
 * laboratory runs. Every rule draws its own random numbers, which follow from the seed, the role and the fault: what
 * strikes one instrument does not depend on what the others are asked.
 */
public final class Faults {
    private final long seed;
    private final Map<String, List<Watch>> watches = new TreeMap<>();

    /** Count the occasions of one rule. */
    private static final class Watch {
        private final FaultRule rule;
        private final SplittableRandom random;
        private long occasions;
        private long struck;

        Watch(FaultRule rule, long seed) {
            this.rule = rule;
            random = new SplittableRandom(seed);
        }

        boolean strikes(double nowSeconds) {
            if (nowSeconds < rule.fromSeconds()) {
                return false;
            }
            occasions++;
            boolean drawn = random.nextDouble() < rule.probability();
            boolean strikes = drawn && (rule.occasion() == 0 || rule.occasion() == occasions);
            struck += strikes ? 1 : 0;
            return strikes;
        }
    }

    /**
     * Begin with nothing wrong.
     *
     * @param seed what random strikes follow from
     */
    public Faults(long seed) {
        this.seed = seed;
    }

    /**
     * Let something go wrong from now on, in place of what a rule about the same fault said.
     *
     * @param role whose instrument, for example {@code generator}
     * @param rule what, and when
     */
    public synchronized void set(String role, FaultRule rule) {
        clear(role, rule.fault());
        long own = seed ^ role.hashCode() * 0x9E3779B97F4A7C15L ^ rule.fault().name().hashCode() * 0xC2B2AE3D27D4EB4FL;
        watches.computeIfAbsent(role, _ -> new ArrayList<>()).add(new Watch(rule, own));
    }

    /**
     * Let one thing go right again.
     *
     * @param role whose instrument
     * @param fault what no longer happens
     */
    public synchronized void clear(String role, Fault fault) {
        watches.computeIfPresent(role, (_, list) -> {
            list.removeIf(watch -> watch.rule.fault() == fault);
            return list.isEmpty() ? null : list;
        });
    }

    /**
     * Let everything go right again with one instrument.
     *
     * @param role whose instrument
     */
    public synchronized void clear(String role) {
        watches.remove(role);
    }

    /** Let everything go right again. */
    public synchronized void clear() {
        watches.clear();
    }

    /**
     * Tell what may go wrong with an instrument.
     *
     * @param role whose instrument
     * @return its rules, in the order they were made
     */
    public synchronized List<FaultRule> rules(String role) {
        return watches.getOrDefault(role, List.of()).stream().map(watch -> watch.rule).toList();
    }

    /**
     * Tell how often something went wrong with an instrument by the rules it has.
     *
     * @param role whose instrument
     * @return the number of strikes since each rule was made
     */
    public synchronized long struck(String role) {
        return watches.getOrDefault(role, List.of()).stream().mapToLong(watch -> watch.struck).sum();
    }

    /** {@return the roles that have rules} */
    public synchronized List<String> roles() {
        return List.copyOf(watches.keySet());
    }

    /**
     * Meet an occasion of a fault.
     *
     * @param role whose instrument
     * @param fault what might happen
     * @param nowSeconds the laboratory's simulated time
     * @return the rule by which it happens; empty when it does not
     */
    public synchronized Optional<FaultRule> strike(String role, Fault fault, double nowSeconds) {
        for (Watch watch : watches.getOrDefault(role, List.of())) {
            if (watch.rule.fault() == fault) {
                return watch.strikes(nowSeconds) ? Optional.of(watch.rule) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Meet an occasion of a fault.
     *
     * @param role whose instrument
     * @param fault what might happen
     * @param nowSeconds the laboratory's simulated time
     * @return whether it happens
     */
    public boolean strikes(String role, Fault fault, double nowSeconds) {
        return strike(role, fault, nowSeconds).isPresent();
    }
}
