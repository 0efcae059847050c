/** What the payloads of each harness mean, in the vocabulary of the registry. */
package dev.atmd.protocol.adapter;
