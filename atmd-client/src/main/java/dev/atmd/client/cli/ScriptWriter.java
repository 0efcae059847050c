package dev.atmd.client.cli;

import dev.atmd.client.text.Script;
import java.io.PrintWriter;

/** Prints all text in one script. As thread-safe as what it prints to, whose errors it tells. */
final class ScriptWriter extends PrintWriter {
  private final Script script;

  ScriptWriter(PrintWriter out, Script script) {
    super(out, true);
    this.script = script;
  }

  @Override
  public void write(int c) {
    write(String.valueOf((char) c));
  }

  @Override
  public void write(char[] text, int from, int length) {
    write(new String(text, from, length));
  }

  @Override
  public void write(String text, int from, int length) {
    var shown = script.text(text.substring(from, from + length));
    super.write(shown, 0, shown.length());
  }
}
