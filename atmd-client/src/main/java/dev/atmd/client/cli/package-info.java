/** The {@code atm} command. */
package dev.atmd.client.cli;
