/** What a subscription brings, as values for a thread of one's own. */
package dev.atmd.client.feed;
