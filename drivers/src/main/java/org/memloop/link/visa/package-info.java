/** Call a VISA library, where one is installed, through its C interface (VPP-4.3.2). */
package org.memloop.link.visa;
