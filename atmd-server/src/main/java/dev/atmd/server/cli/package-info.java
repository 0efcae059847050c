/** The atmd command. */
package dev.atmd.server.cli;
