/** What git says of the directories that sessions work in. */
package dev.atmd.server.git;
