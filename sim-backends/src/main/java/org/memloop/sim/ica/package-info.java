/** Learn online on simulated synapses: independent components, the test bench of a device's compensation. */
package org.memloop.sim.ica;
