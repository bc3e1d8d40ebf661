/** Draw random numbers that are a function of seed, cell and event alone, whatever thread asks. */
package org.memloop.sim.random;
