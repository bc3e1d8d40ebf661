/** Prove the paths of a laboratory on a board of known resistors, before a die is at risk. */
package org.memloop.calibration.proof;
