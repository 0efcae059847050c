/**
 * The live dashboard of a terminal. {@link dev.atmd.client.top.Desk} decides what is shown, and
 * what a key does; {@link dev.atmd.client.top.Dashboard} owns the terminal, the feed and the panes.
 */
package dev.atmd.client.top;
