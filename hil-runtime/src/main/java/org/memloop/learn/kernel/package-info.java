/**
 * Run the hot loops of learning on plain arrays of floats. Nothing here knows of devices, data sets or files.
 *
 * <p>Every result is the same bit for bit whatever the number of threads: samples are independent of one another, and
 * each sum over samples is formed by one thread, in the order of the samples.
 *
 * <p>No vector is handed to another method, but for a few instructions that the compiler always inlines: where it does not
 * inline a call, its vectors become objects, and the loop takes ten times as long. For the same reason all vectors of floats
 * have one length: of two the compiler would have to guess which one comes out of a loop, and would at times guess wrong.
 */
package org.memloop.learn.kernel;
