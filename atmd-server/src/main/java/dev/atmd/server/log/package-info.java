/** Where log lines go, and how many of them. */
package dev.atmd.server.log;
