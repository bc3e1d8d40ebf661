/** Answer from recordings instead of physics. */
package org.memloop.sim.replay;
