/** Reports over HTTP/1.1, for senders that cannot speak lines. */
package dev.atmd.server.http;
