/** Carry bytes between a driver and its instrument: serial ports and sockets behind one small interface. */
package org.memloop.link;
