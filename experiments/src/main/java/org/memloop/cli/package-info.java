/** Turn a command line into a plan, and every failure into one line and an exit code. */
package org.memloop.cli;
