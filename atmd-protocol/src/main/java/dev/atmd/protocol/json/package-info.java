/** Messages to and from JSON, byte for byte as atm-protocol §2 and §3 say. */
package dev.atmd.protocol.json;
