/** Tells a person, wherever they are, which session needs them, why, and what it asks. */
package dev.atmd.server.notify;
