/** Do the figures and tables of the thesis's chapters 3 and 4 again: series of runs, and what is made of them. */
package org.memloop.experiments.thesis;
