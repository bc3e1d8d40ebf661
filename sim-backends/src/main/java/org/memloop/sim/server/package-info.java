/** Serve emulated instruments where real ones are reached: on serial ports and sockets. */
package org.memloop.sim.server;
