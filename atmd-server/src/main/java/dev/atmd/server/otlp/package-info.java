/** Sends the metrics to a collector of OpenTelemetry, if that is wanted. */
package dev.atmd.server.otlp;
