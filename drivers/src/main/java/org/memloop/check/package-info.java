/** Hold what is simulated against numbers it has to hit. */
package org.memloop.check;
