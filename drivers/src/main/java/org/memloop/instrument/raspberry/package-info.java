/** Route the array by a Raspberry Pi that drives the chip's line registers itself. */
package org.memloop.instrument.raspberry;
