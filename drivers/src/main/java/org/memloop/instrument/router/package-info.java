/**
 * Drive the array router: a Nucleo board that loads the chip's line registers and triggers the generator. The wire
 * protocol is written down in {@code docs/router-protocol.md}.
 */
package org.memloop.instrument.router;
