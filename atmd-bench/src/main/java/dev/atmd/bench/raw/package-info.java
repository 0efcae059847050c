/** Servers that do almost nothing, in a process of their own: what the machine allows. */
package dev.atmd.bench.raw;
