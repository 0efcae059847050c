/** Harnesses that the daemon listens to by itself, over a stream that they offer. */
package dev.atmd.server.streams;
