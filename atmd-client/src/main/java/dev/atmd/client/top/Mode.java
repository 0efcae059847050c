package dev.atmd.client.top;

import java.util.List;

/** What keys are for at the moment. */
sealed interface Mode {
  record Browsing() implements Mode {}

  record Helping() implements Mode {}

  /** Types a filter, which counts at once. */
  record Filtering() implements Mode {}

  /** Types an answer to what was asked when it began. */
  record Replying(Target target, Asked asked, String text) implements Mode {}

  /**
   * Has to confirm.
   *
   * @param pane what its pane shows, so far as has been seen
   */
  record Confirming(Deed deed, List<String> pane) implements Mode {
    public Confirming {
      pane = List.copyOf(pane);
    }
  }
}
