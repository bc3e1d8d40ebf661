/** Keep a run: its folder, its record, its tables. */
package org.memloop.run;
