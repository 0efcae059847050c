package dev.atmd.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** What people copy into other programs fits the daemon and the commands there are. */
final class IntegrationFilesTest {
  private static final Pattern METRIC = Pattern.compile("\\batmd_[a-z_]+\\b");
  private static final Pattern LABEL = Pattern.compile("by \\(([a-z]+)\\)|\\{([a-z]+)=");

  @Test
  void everyPanelShowsMetricsThatThereAre() throws IOException {
    var dashboard = Wire.parse(text("grafana/atmd.json"));
    var metrics = metrics();
    var ids = new HashSet<Integer>();

    for (var panel : dashboard.path("panels")) {
      var title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", title).isTrue();
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      for (var target : panel.path("targets")) {
        check(target, title, metrics);
      }
    }
    assertThat(ids).hasSizeGreaterThan(10);
  }

  private static void check(JsonNode target, String title, Map<String, Set<String>> metrics) {
    var expression = target.path("expr").asText();
    var named = METRIC.matcher(expression).results().map(match -> match.group()).toList();
    assertThat(named).as("%s: %s", title, expression).isNotEmpty();
    assertThat(metrics.keySet()).as("%s: %s", title, expression).containsAll(named);
    var labels =
        LABEL
            .matcher(expression)
            .results()
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .toList();
    for (var name : named) {
      assertThat(metrics.get(name)).as("%s: labels of %s", title, name).containsAll(labels);
    }
  }

  /** Each with its labels. */
  private static Map<String, Set<String>> metrics() {
    try (var daemon = ProcessDaemon.start();
        var client = daemon.extended()) {
      var metrics = new HashMap<String, Set<String>>();
      client
          .send(Wire.messageOf(1, "metrics", Map.of()))
          .expect("metrics")
          .path("text")
          .asText()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            var name = line.split("[{ ]", 2)[0];
            var labels = metrics.computeIfAbsent(name, _ -> new TreeSet<>());
            Pattern.compile("([a-z]+)=\"")
                .matcher(line)
                .results()
                .forEach(match -> labels.add(match.group(1)));
          });
      return metrics;
    }
  }

  @Test
  void theUnitsStartWhatThereIs() throws Exception {
    assertThat(text("systemd/atmd.service")).contains("bin/atmd run --quiet\n");
    var plist = text("launchd/dev.atmd.plist").replaceFirst("(?s)<!DOCTYPE.*?>", "");
    var parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(plist.getBytes(StandardCharsets.UTF_8)));
    var strings = parsed.getElementsByTagName("string");
    assertThat(Stream.of(1, 2, 3).map(i -> strings.item(i).getTextContent()))
        .isEqualTo(List.of("/usr/local/atmd/bin/atmd", "run", "--quiet"));
  }

  @Test
  void tmuxUnderstandsItsLines() {
    var file = Checkout.root().resolve("config").resolve("tmux").resolve("atm.conf").toString();
    var socket = "atm-" + Unique.pid();

    var shown =
        Commands.run("tmux", "-L", socket, "-f", file, "start-server", ";", "show-options", "-g");
    assertThat(shown).contains("#(atm status)", "status-interval 5");
  }

  private static String text(String name) throws IOException {
    return Files.readString(Checkout.root().resolve("config").resolve(Path.of(name)));
  }
}
