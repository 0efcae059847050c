package dev.atmd.protocol.adapter;

import dev.atmd.core.session.Pid;
import org.jspecify.annotations.Nullable;

/** Wire values as domain values. */
final class Values {
  private Values() {}

  /** Zero stands for "not known" in every harness. */
  static @Nullable Pid pid(@Nullable Long number) {
    return number == null || number == 0 ? null : new Pid(number);
  }

  static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
