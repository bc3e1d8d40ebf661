package org.memloop.campaign;

import java.util.List;

import org.memloop.bench.Pulse;

/**
 * Say what is to be done to an array: stage after stage, each one procedure on some cells.
 *
 * @param name one word, part of folder names
 * @param description for a person
 * @param seed where all chance of the campaign comes from
 * @param read the condition of readings
 * @param stop rules that hold throughout
 * @param stages the stages, in order
 */
public record Campaign(String name, String description, long seed, Pulse read, StopRules stop, List<Stage> stages) {
    /** Keep the list from changing. */
    public Campaign {
        stages = List.copyOf(stages);
    }

    /** {@return how many times a procedure will be begun on some cells, blocks aside} */
    public int passes() {
        return stages.stream().mapToInt(stage -> stage.repeats() * stage.points().size()).sum();
    }
}
