package dev.atmd.bench;

/**
 * One measurement.
 *
 * @param perSecond how many
 * @param missing final states that are wrong, or events that never came
 */
record Result(String what, double perSecond, long missing) {}
