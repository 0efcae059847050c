/** The daemon, put together. */
package dev.atmd.server;
