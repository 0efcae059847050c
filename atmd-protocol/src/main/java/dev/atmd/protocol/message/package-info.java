/** Every message as a record, and how a session looks on the wire. */
package dev.atmd.protocol.message;
