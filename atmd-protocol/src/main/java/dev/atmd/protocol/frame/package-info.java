/** Lines out of bytes, bounded while they are read. For the daemon, which runs on Netty. */
package dev.atmd.protocol.frame;
