/** Take procedures to many cells, under many conditions, until the work is done or a rule says stop. */
package org.memloop.campaign;
