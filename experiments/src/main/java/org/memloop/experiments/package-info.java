/** Run experiments: one class for each, with a record of its settings. */
package org.memloop.experiments;
