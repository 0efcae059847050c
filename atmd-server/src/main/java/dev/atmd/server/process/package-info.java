/** The processes of this machine, read from /proc. */
package dev.atmd.server.process;
