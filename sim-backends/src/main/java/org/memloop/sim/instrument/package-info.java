/** Emulate the instruments of a laboratory, with their real grammar, limits and noise, over one shared die. */
package org.memloop.sim.instrument;
