/** Write what a run did as one page that needs nothing else. */
package org.memloop.report;
