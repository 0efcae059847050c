package dev.atmd.client.cli;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.Status;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of the wire, as they are written on a command line. */
final class Words {
  private Words() {}

  /** {@code idle}, {@code working} or {@code attention_needed}. */
  static final class OfStatus implements ITypeConverter<Status> {
    @Override
    public Status convert(String word) {
      return known(word, Status::ofTag, Arrays.stream(Status.values()).map(Status::tag));
    }
  }

  /** {@code claude}, {@code pi} and so on. */
  static final class OfHarness implements ITypeConverter<Harness> {
    @Override
    public Harness convert(String word) {
      return known(
          word,
          Harness::ofTag,
          Arrays.stream(Harness.values()).filter(h -> h != Harness.UNKNOWN).map(Harness::tag));
    }
  }

  private static <T> T known(
      String word, Function<String, Optional<T>> meaning, Stream<String> all) {
    return meaning
        .apply(word)
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + word + "' is none of " + all.collect(Collectors.joining(", "))));
  }
}
