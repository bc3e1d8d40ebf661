/**
 * Keep recordings of devices: conductances after each pulse, one row a device, one column a pulse, in HDF5, NumPy and
 * CSV files, and what became of synapses.
 */
package org.memloop.recording;
