package dev.atmd.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.server.files.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
  @TempDir private Path directory;
  private Path passwd = Path.of("");

  @BeforeEach
  void writeAccounts() throws IOException {
    passwd =
        Files.writeString(
            directory.resolve("passwd"),
            """
            root:x:0:0:root:/root:/bin/sh
            prometheus:x:998:997::/var/lib/p:/sbin/nologin
            +::::
            """);
  }

  @Test
  void areFoundByNameAndByNumber() throws StartException {
    assertThat(Accounts.numbers(List.of("prometheus", "1234"), passwd))
        .containsExactlyInAnyOrder(998L, 1_234L);
    assertThat(Accounts.numbers(List.of(), passwd)).isEmpty();
  }

  @Test
  void thatDoNotExistAreNamed() {
    assertThatThrownBy(() -> Accounts.numbers(List.of("promethues"), passwd))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("web.scrapers", "promethues", passwd.toString(), "id -u");
  }

  @Test
  void haveNumbersThatTheKernelKnows() {
    assertThatThrownBy(() -> Accounts.numbers(List.of("4294967295"), passwd))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("web.scrapers", "4294967295");
  }

  @Test
  void canBeNamedByNumberOnlyWhereNoneAreListed() {
    var missing = directory.resolve("missing");

    assertThatThrownBy(() -> Accounts.numbers(List.of("prometheus"), missing))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("prometheus", missing.toString(), "number");
  }
}
