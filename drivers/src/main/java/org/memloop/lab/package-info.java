/** Read laboratory files and open the racks they describe. */
package org.memloop.lab;
