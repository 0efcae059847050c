/** Sockets and the conversations on them. */
package dev.atmd.server.net;
