package dev.atmd.server.web;

import java.util.List;
import java.util.Map;

/** Counts what goes on at the dashboard. Called on event loops; must not block. */
public interface WebGauges {
  void webOpened();

  void webClosed();

  void webStreamOpened();

  void webStreamClosed();

  /** Somebody was not served, for this reason. */
  void webRefused(Refusal reason);

  /** What the daemon has counted under these names. */
  List<Reading> read(List<String> names);

  /** All of it as Prometheus text. */
  String scrape();

  /** Why somebody is not served. */
  enum Refusal {
    /** Another user of this machine. */
    STRANGER,
    CONNECTIONS,
    STREAMS,
    HOST,
    ORIGIN,
    LOGIN,
    REQUEST
  }

  /** One number and what it is of. */
  record Reading(String name, Map<String, String> of, double value) {
    public Reading {
      of = Map.copyOf(of);
    }
  }
}
