/** How the daemon speaks to servers that its user has named. */
package dev.atmd.server.outbound;
