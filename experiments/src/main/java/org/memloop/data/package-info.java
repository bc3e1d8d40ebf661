/** Bring images to learn from: MNIST from files or mirrors, and digits drawn on the spot. */
package org.memloop.data;
