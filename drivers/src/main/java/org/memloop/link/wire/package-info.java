/** Lay out what instruments' protocols send, byte for byte, the same for those who ask and those who answer. */
package org.memloop.link.wire;
