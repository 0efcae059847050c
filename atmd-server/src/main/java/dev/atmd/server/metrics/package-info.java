/** What the daemon counts. */
package dev.atmd.server.metrics;
