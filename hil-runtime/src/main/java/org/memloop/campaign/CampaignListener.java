package org.memloop.campaign;

import org.memloop.calibration.CellHealth;
import org.memloop.calibration.ProcedureObserver;

/** Take what a campaign does and measures, while it runs. */
public interface CampaignListener {
    /**
     * Hear that a pass begins.
     *
     * @param pass what is going to be done
     * @return who takes what is measured and judged in it
     */
    ProcedureObserver begins(Pass pass);

    /**
     * Hear that a pass has come to its end.
     *
     * @param pass what was done
     */
    default void ends(Pass pass) {}

    /**
     * Hear of progress within a pass.
     *
     * @param pass which one
     * @param part what is being done
     * @param done how many of its parts are done
     * @param of how many there are
     */
    default void progress(Pass pass, String part, int done, int of) {}

    /**
     * Hear what was found of a cell.
     *
     * @param cell its number
     * @param health what was found
     */
    default void found(int cell, CellHealth health) {}
}
