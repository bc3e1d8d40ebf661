/** Simulate arrays of devices: the die, its line multiplexers, and a bench that pulses a die directly. */
package org.memloop.sim.array;
