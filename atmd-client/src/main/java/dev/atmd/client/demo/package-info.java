/** Agents that only pretend, to see a daemon and its watchers at work. */
package dev.atmd.client.demo;
