package dev.atmd.client.setup;

import java.io.IOException;

/**
 * A file that is ours from its first byte to its last.
 *
 * @param content what it holds; somewhere in it stands {@link #MARK}
 */
record WholeFile(String content) implements Part {
  /** What tells our file from somebody else's of the same name. */
  static final String MARK = "atmd reporter";

  @Override
  public Presence presence(String text, Sender sender) throws IOException {
    if (text.equals(content)) {
      return Presence.CURRENT;
    }
    if (text.isEmpty()) {
      return Presence.MISSING;
    }
    if (!text.contains(MARK)) {
      throw new SetupException("is not ours (it does not say \"" + MARK + "\"); move it away");
    }
    return Presence.OUTDATED;
  }

  @Override
  public String add(String text, Sender sender) {
    return content;
  }

  @Override
  public String remove(String text, String original) {
    return "";
  }

  @Override
  public boolean isNothing(String text) {
    return text.isEmpty();
  }
}
