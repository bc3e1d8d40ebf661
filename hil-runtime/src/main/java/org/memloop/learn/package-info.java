/** Learn with Equilibrium Propagation and ternary pulses on synapses that may be pairs of real devices. */
package org.memloop.learn;
