/** Connects harnesses to the daemon by editing their settings, and undoes it. */
package dev.atmd.client.setup;
