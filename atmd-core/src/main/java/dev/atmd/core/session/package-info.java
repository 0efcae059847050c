/** The domain: what a session is, and what an event does to it. */
package dev.atmd.core.session;
