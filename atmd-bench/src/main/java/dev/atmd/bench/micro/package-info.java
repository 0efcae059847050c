/** Parts of the daemon by themselves, measured with JMH. */
package dev.atmd.bench.micro;
