package org.memloop.campaign;

import org.memloop.calibration.Procedure;

/**
 * Name one procedure on some cells within a campaign.
 *
 * @param number of the pass in the campaign, from 1
 * @param stage name of the stage
 * @param label the condition, empty where nothing is varied
 * @param repeat which repetition, from 1
 * @param procedure the procedure
 * @param cells the cells, in the order in which they are taken
 */
public record Pass(int number, String stage, String label, int repeat, Procedure procedure, int[] cells) {}
