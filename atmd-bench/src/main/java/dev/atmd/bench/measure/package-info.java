/** What is measured, and how it is verified. */
package dev.atmd.bench.measure;
