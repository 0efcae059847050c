/** The registry: commands in, events and outcomes out, one owner of all sessions. */
package dev.atmd.core.registry;
