/** Define the vocabulary every other part speaks: cells, pulses, programs, readings and the Bench itself. */
package org.memloop.bench;
