package dev.atmd.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** How this protocol reads and writes JSON. */
final class Json {
  /** Levels of nesting, counting the outer object (atm-protocol §1.3). */
  private static final int MAX_NESTING = 127;

  /** A line is bounded already; no part of it needs a bound of its own. */
  private static final int NO_OWN_BOUND = Integer.MAX_VALUE;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(NO_OWN_BOUND)
                  .maxNameLength(NO_OWN_BOUND)
                  .maxStringLength(NO_OWN_BOUND)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  private Json() {}
}
