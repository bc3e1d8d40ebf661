/** Fit the numbers of a technology card to measurements, and tell how well they fit others. */
package org.memloop.sim.fit;
