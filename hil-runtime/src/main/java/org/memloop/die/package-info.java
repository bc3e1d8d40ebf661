/** Keep what is known of the cells of a die, from run to run. */
package org.memloop.die;
