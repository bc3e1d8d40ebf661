/** Speak to the instruments of a bench through one interface for each kind, and put them together in a rack. */
package org.memloop.instrument;
