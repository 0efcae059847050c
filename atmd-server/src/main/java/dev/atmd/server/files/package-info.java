/** The files that a daemon owns: its socket, its pid file. */
package dev.atmd.server.files;
