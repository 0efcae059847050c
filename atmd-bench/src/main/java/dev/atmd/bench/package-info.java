/** A load program: what a daemon takes in, what it gives out, and whether all of it arrives. */
package dev.atmd.bench;
