package dev.atmd.client.demo;

import java.time.Duration;

/**
 * One thing an agent says, and how long it is silent afterwards.
 *
 * @param type of the message on the wire
 * @param json its payload
 */
record Report(String type, String json, Duration pause) {}
