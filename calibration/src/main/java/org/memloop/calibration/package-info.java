/** Bring cells to where they can be used, and say what a raw reading means. */
package org.memloop.calibration;
