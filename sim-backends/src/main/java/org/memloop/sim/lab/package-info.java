/** Put emulated instruments around one die and let the real drivers talk to them: the virtual laboratory. */
package org.memloop.sim.lab;
