/** From the registry's events to the sockets of subscribers. */
package dev.atmd.server.broadcast;
