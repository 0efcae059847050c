/** Talks to a daemon: one question at a time, or a feed of what changes. */
package dev.atmd.client;
