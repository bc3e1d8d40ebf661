/** Drive instruments made by Keysight, and by Agilent before it. */
package org.memloop.instrument.keysight;
