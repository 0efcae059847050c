/** Broken frames in great number, and a client that must not notice. */
package dev.atmd.bench.fuzz;
