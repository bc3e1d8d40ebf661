package org.memloop.campaign;

import java.util.List;

import org.memloop.calibration.Procedure;

/**
 * Take one procedure to some cells.
 *
 * @param name what the stage is called
 * @param cells which cells
 * @param points the conditions, at least one
 * @param split whether the cells are shared out among the conditions; otherwise every condition is tried on all of them
 * @param repeats how often all that is done, at least 1
 * @param order in which order cells are taken
 * @param block how many cells go through the whole procedure before the next ones begin; 0 for all at once
 * @param stop rules of this stage, besides those of the campaign
 */
public record Stage(String name, CellSet cells, List<Point> points, boolean split, int repeats, Order order, int block,
        StopRules stop) {
    /** Say in which order cells are taken. */
    public enum Order {
        /** As their set names them. */
        GIVEN,
        /** At random, by the campaign's seed. */
        RANDOM
    }

    /**
     * Hold one condition.
     *
     * @param label what is varied and how, empty where nothing is
     * @param procedure the procedure with the settings of this condition
     */
    public record Point(String label, Procedure procedure) {}

    /** Keep the list from changing. */
    public Stage {
        points = List.copyOf(points);
    }

    /** {@return the name of the stage's procedure} */
    public String procedure() {
        return points.getFirst().procedure().name();
    }
}
