package dev.atmd.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atmd.core.session.SessionId.Named;
import dev.atmd.core.session.SessionId.Pending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 9_802, 4_294_967_295L})
  void recognisesAPlaceholder(long pid) {
    assertThat(SessionId.of("pending-" + pid)).isEqualTo(new Pending(new Pid(pid)));
    assertThat(SessionId.of("pending-" + pid).value()).isEqualTo("pending-" + pid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "pending-",
        "pending-0",
        "pending-07",
        "pending--1",
        "pending-4294967296",
        "pending-99999999999999999999",
        "pending-1x",
        "pending-\u0661",
        "Pending-1"
      })
  void anythingElseIsAName(String value) {
    assertThat(SessionId.of(value)).isEqualTo(new Named(value));
  }

  @ParameterizedTest
  @CsvSource({
    "8e11bfb5-7dc2-432b, 8e11bfb5",
    "pending-9802, pending-",
    "s2, s2",
    "'', ''",
    "12345678, 12345678",
    "aaaaaaaéa, aaaaaaaéa",
    "aaaaaaéa, aaaaaaé",
    "éééééé, éééé"
  })
  void isAbbreviatedToEightBytes(String id, String abbreviated) {
    assertThat(SessionId.of(id).abbreviated()).isEqualTo(abbreviated);
  }

  @Test
  void aPidIsAPositiveUnsignedNumberOf32Bits() {
    assertThatThrownBy(() -> new Pid(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Pid(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Pid(4_294_967_296L)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Pid(4_294_967_295L)).hasToString("4294967295");
  }
}
