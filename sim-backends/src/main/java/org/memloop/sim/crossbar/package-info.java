/** Solve the wiring of an array exactly: what the resistance of its lines does to the currents of its cells. */
package org.memloop.sim.crossbar;
