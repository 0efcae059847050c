package dev.atmd.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapedNamesTest {
  @ParameterizedTest
  @CsvSource({
    "atmd.messages, COUNTER, , atmd_messages_total",
    "jvm.threads.started, COUNTER, threads, jvm_threads_started_threads_total",
    "atmd.ingest, TIMER, seconds, atmd_ingest_seconds",
    "atmd.ingest.max, TIMER, seconds, atmd_ingest_seconds_max",
    "jvm.memory.max, GAUGE, bytes, jvm_memory_max_bytes",
    "atmd.agent.last.event, GAUGE, seconds, atmd_agent_last_event_seconds",
    "atmd.memory.resident.bytes, GAUGE, , atmd_memory_resident_bytes"
  })
  void areThoseOfTheScrape(String name, Meter.Type type, String unit, String scraped) {
    assertThat(new ScrapedNames().name(name, type, unit)).isEqualTo(scraped);
  }
}
