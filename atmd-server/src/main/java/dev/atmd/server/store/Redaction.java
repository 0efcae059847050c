package dev.atmd.server.store;

import dev.atmd.core.text.Secrets;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What becomes of texts before they are written: secrets are masked. Thread-safe. */
public record Redaction(Pattern more) implements UnaryOperator<String> {
  @Override
  public String apply(String text) {
    var masked = Secrets.masked(text);
    return more.pattern().isEmpty() ? masked : more.matcher(masked).replaceAll(Secrets.MASK);
  }
}
