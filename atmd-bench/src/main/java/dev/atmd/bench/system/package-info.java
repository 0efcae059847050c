/** What is measured: a daemon, and what it is compared with. */
package dev.atmd.bench.system;
