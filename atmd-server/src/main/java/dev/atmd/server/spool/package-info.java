/** Events that senders have put down while the daemon was away. */
package dev.atmd.server.spool;
