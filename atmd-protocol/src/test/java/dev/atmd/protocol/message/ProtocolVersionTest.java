package dev.atmd.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolVersionTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 1", "65535, 1"})
  void agreesOnTheSmallerMinor(int minor, int agreed) {
    assertThat(new ProtocolVersion(1, minor).agreed()).isEqualTo(new ProtocolVersion(1, agreed));
  }

  @Test
  void isCompatibleWithTheSameMajorOnly() {
    assertThat(new ProtocolVersion(1, 65_535).isCompatible()).isTrue();
    assertThat(new ProtocolVersion(0, 1).isCompatible()).isFalse();
    assertThat(new ProtocolVersion(2, 0).isCompatible()).isFalse();
    assertThat(new ProtocolVersion(2, 0)).hasToString("2.0");
  }
}
