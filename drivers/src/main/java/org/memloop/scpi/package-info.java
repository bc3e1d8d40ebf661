/** Converse with instruments in SCPI: messages, answers, binary blocks, identity and the error queue. */
package org.memloop.scpi;
