/** How sessions are put into words, the same on every surface. */
package dev.atmd.client.text;
