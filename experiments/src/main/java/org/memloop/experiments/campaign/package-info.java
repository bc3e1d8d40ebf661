/** Read, run and report campaigns. */
package org.memloop.experiments.campaign;
