/** The load itself: connections, what is written to them, and what is read from them. */
package dev.atmd.bench.load;
