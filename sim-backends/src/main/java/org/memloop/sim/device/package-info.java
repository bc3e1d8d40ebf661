/** Model the physics of one memory cell: its conduction, its switching, and how cells differ. */
package org.memloop.sim.device;
