/** Kill, starve and break whole programs of this installation, and look whether anything was lost or fired twice. */
package org.memloop.experiments.selftest;
