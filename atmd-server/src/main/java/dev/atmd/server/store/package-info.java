/** What outlives the daemon: the sessions as they are, and their history, in an SQLite database. */
package dev.atmd.server.store;
