/** Find the instruments that a computer can reach, without a word to them but the question who they are. */
package org.memloop.link.discovery;
