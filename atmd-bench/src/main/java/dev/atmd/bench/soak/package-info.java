/** Hours of what daemons live through: clients, sessions and subscribers that come and go. */
package dev.atmd.bench.soak;
