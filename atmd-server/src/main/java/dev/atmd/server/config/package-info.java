/** What can be configured, and where each value came from. */
package dev.atmd.server.config;
