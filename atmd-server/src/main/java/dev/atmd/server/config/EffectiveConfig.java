package dev.atmd.server.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value of every setting, and where it came from. Immutable. */
public final class EffectiveConfig {
  /** The defaults: config/atmd.toml, built into the program. */
  private static final String DEFAULTS = "/dev/atmd/server/config/atmd.toml";

  private final Map<Setting, Value> values;

  private EffectiveConfig(Map<Setting, Value> values) {
    this.values = values;
  }

  /** A value as it was written, and where that was. */
  public record Value(String text, String source) {}

  /**
   * Reads all sources; a later one wins: defaults, file, environment, flags.
   *
   * @param file the file to read, which must exist; null reads one from the usual places if it does
   * @param flags values by key
   */
  public static EffectiveConfig read(
      @Nullable Path file, Map<String, String> environment, Map<String, String> flags)
      throws ConfigException {
    var config = new EffectiveConfig(new EnumMap<>(Setting.class));
    config.readDefaults();
    var chosen = file == null ? usualFile(environment) : file;
    if (file != null || Files.exists(chosen)) {
      config.readFile(chosen);
    }
    for (var setting : Setting.values()) {
      var text = environment.get(setting.variable());
      if (text != null) {
        config.put(setting, text, "$" + setting.variable());
      }
    }
    for (var flag : flags.entrySet()) {
      config.put(known(flag.getKey(), "the command line"), flag.getValue(), "the command line");
    }
    return config;
  }

  /** The defaults alone. */
  public static EffectiveConfig defaults() {
    try {
      return read(Path.of("/dev/null"), Map.of(), Map.of());
    } catch (ConfigException e) {
      throw new AssertionError("the built-in defaults are valid", e);
    }
  }

  public Value value(Setting setting) {
    var value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException("no default for " + setting.key());
    }
    return value;
  }

  String text(Setting setting) {
    return value(setting).text();
  }

  /** The words of a setting that has several. */
  Set<String> words(Setting setting) {
    return Set.copyOf(Setting.Kind.AnyOf.split(text(setting)));
  }

  int count(Setting setting) {
    return (int) size(setting);
  }

  long size(Setting setting) {
    return Long.parseLong(text(setting));
  }

  Duration duration(Setting setting) {
    return Duration.ofNanos(Math.round(Double.parseDouble(text(setting)) * 1e9));
  }

  private static Path usualFile(Map<String, String> environment) {
    var named = environment.getOrDefault("ATMD_CONFIG", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    var configHome = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var home = Path.of(environment.getOrDefault("HOME", "/"));
    var directory = configHome.isEmpty() ? home.resolve(".config") : Path.of(configHome);
    return directory.resolve("atm").resolve("atmd.toml");
  }

  private void readDefaults() throws ConfigException {
    try (InputStream in = EffectiveConfig.class.getResourceAsStream(DEFAULTS)) {
      if (in == null) {
        throw new IllegalStateException("the defaults are missing from the program");
      }
      take(new TomlMapper().readTree(in), "default");
    } catch (IOException e) {
      throw new IllegalStateException("the defaults cannot be read", e);
    }
  }

  private void readFile(Path file) throws ConfigException {
    try {
      take(new TomlMapper().readTree(file.toFile()), file.toString());
    } catch (JacksonException e) {
      var line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw new ConfigException(file + line + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + ": " + e.getMessage());
    }
  }

  private void take(JsonNode tables, String source) throws ConfigException {
    for (var table : tables.properties()) {
      if (!table.getValue().isObject()) {
        throw new ConfigException(
            "%s: `%s` stands outside a table such as [limits]".formatted(source, table.getKey()));
      }
      for (var entry : table.getValue().properties()) {
        var key = table.getKey() + "." + entry.getKey();
        put(known(key, source), entry.getValue().asText(), source);
      }
    }
  }

  private static Setting known(String key, String source) throws ConfigException {
    var setting = Setting.ofKey(key);
    if (setting.isEmpty()) {
      throw new ConfigException(
          "%s: there is no setting `%s`; `atmd config` lists them".formatted(source, key));
    }
    return setting.get();
  }

  private void put(Setting setting, String text, String source) throws ConfigException {
    if (!setting.kind().accepts(text)) {
      throw new ConfigException(
          "%s: %s is \"%s\", but must be %s"
              .formatted(source, setting.key(), text, setting.kind().expected()));
    }
    values.put(setting, new Value(text, source));
  }
}
