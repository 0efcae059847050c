package dev.atmd.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String RANDOM = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n";

  static List<String> keys() {
    return List.of(
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ASIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + RANDOM,
        "gho_" + RANDOM,
        "github_pat_11ABCDEFG0_" + RANDOM,
        "glpat-" + RANDOM,
        "xoxb-123456789012-" + RANDOM,
        "xapp-1-A0123-" + RANDOM,
        "sk-" + RANDOM,
        "sk-proj-" + RANDOM,
        "sk-ant-api03-" + RANDOM,
        "sk_live_" + RANDOM,
        "gsk_" + RANDOM,
        "AIza" + RANDOM,
        "ya29." + RANDOM,
        "GOCSPX-" + RANDOM,
        "npm_" + RANDOM,
        "hf_" + RANDOM,
        "SG." + RANDOM + "." + RANDOM,
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0." + RANDOM,
        """
        -----BEGIN OPENSSH PRIVATE KEY-----
        b3BlbnNz
        -----END OPENSSH PRIVATE KEY-----\
        """,
        "-----BEGIN PRIVATE KEY-----\\nMIIEvQ\\n-----END PRIVATE KEY-----");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void masksWhatHasTheFormOfAKey(String key) {
    assertThat(Secrets.masked(key)).isEqualTo(Secrets.MASK);
    assertThat(Secrets.masked("use " + key + ", please")).isEqualTo("use [masked], please");
    assertThat(Secrets.masked("{\"a\":\"" + key + "\"}")).isEqualTo("{\"a\":\"[masked]\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer #",
        "authorization: Basic #",
        "curl -H 'Authorization: token #' x",
        "Authorization=#",
        "{\"authorization\": \"Bearer #\"}",
        "password=#",
        "PASSWORD: #",
        "export DB_PASSWORD=#",
        "{\"password\":\"#\",\"a\":1}",
        "{\\\"password\\\":\\\"#\\\",\\\"a\\\":1}",
        "password := '#'",
        "api_key = #",
        "X-Api-Key: #",
        "AWS_SECRET_ACCESS_KEY=#",
        "client_secret=#&grant=x",
        "login --token # --verbose",
        "mysql --password # db",
        "postgres://user:#@host:5432/db",
        "https://:#@github.com/a/b.git",
      })
  void masksWhatIsNamedASecret(String text) {
    var secret = "hunter2hunter2";

    assertThat(Secrets.masked(text.replace("#", secret))).isEqualTo(text.replace("#", "[masked]"));
  }

  @Test
  void masksAQuotedSecretWithItsBlanks() {
    assertThat(Secrets.masked("password: \"correct horse\" next"))
        .isEqualTo("password: \"[masked]\" next");
    assertThat(Secrets.masked("{\"password\":\"a\\\"b\",\"c\":1}"))
        .isEqualTo("{\"password\":\"[masked]\",\"c\":1}");
    assertThat(Secrets.masked("password=ab c")).isEqualTo("password=[masked] c");
  }

  @Test
  void masksAPrivateKeyThatIsCutShort() {
    assertThat(Secrets.masked("x -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK"))
        .isEqualTo("x [masked]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "0123456789abcdef0123456789abcdef01234567",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "commit fc3c60d: Measure bare servers",
        "toolu_01A09q90qw90lq917835lq9",
        "sk-learn-contrib-lightning-and-more",
        "task-list-1234567890-of-many-things",
        "used 5000 tokens: 4000 in, 1000 out",
        "max_tokens=4096 token_count=5",
        "if (password == null) return;",
        "the password is wrong",
        "Unexpected token: foo",
        "https://example.org:8443/a@b/c",
        "git@github.com:owner/name.git",
        "ls -la /home/dev/secrets",
        "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----",
        "bearer of news",
        "/tmp/atm-1000/atm.sock",
        "2026-11-21T12:00:07.123Z INFO  Daemon: listens",
        "grün 漢字 😀"
      })
  void leavesWhatOnlyIdentifies(String text) {
    assertThat(Secrets.masked(text)).isEqualTo(text);
  }

  /** Looks at characters are counted, since times depend on what else the machine does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJ",
        "-eyJ-",
        "sk-",
        "sk-a",
        "-sk-a",
        "password",
        "password ",
        "password=",
        "password=\"",
        "\\\"token\\\" ",
        "--",
        "--a-key ",
        "://",
        "://a:",
        "a:b@",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----END ",
        "bearer ",
        "SG.aaaaaaaaaaaaaaaaaaaa",
        "a",
        "authorization: "
      })
  void takesTimeInProportionToTheText(String unit) {
    var small = unit.repeat(2_000 / unit.length() + 1);
    var large = small.repeat(10);

    for (var form : Secrets.FORMS) {
      var few = looks(form, small);
      var many = looks(form, large);

      assertThat(many).as("%s in %s", form, unit).isLessThan(11 * few + 10_000);
    }
  }

  private static long looks(Secrets.Form form, String text) {
    var counting = new CountingText(text);
    assertThat(form.pattern().matcher(counting).replaceAll("")).isNotNull();
    return counting.looks;
  }

  /** Counts how often it is looked at. */
  private static final class CountingText implements CharSequence {
    private final String text;
    private long looks;

    private CountingText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
