package dev.atmd.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.atmd.core.session.Harness;
import dev.atmd.core.session.LifecycleEvent;
import dev.atmd.protocol.message.ClientLine;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.LifecycleUpdate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Any line is answered with a value, by the quick way as by the other. */
class ClientMessageFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void readsAnyLine(byte[] line) {
    expectAgreement(line);
  }

  /** The first byte chooses the harness; the rest is its payload. */
  @FuzzTest(maxDuration = "10m")
  void readsAnyPayloadOfAnyHarness(byte[] input) {
    if (input.length < 2) {
      return;
    }
    var harnesses = Harness.values();
    var harness = harnesses[(input[0] & 0x7F) % harnesses.length].tag();
    var head =
        "{\"protocol_version\":{\"major\":1,\"minor\":1},\"type\":\"agent_event\",\"harness\":\""
            + harness
            + "\",\"data\":";
    expectAgreement(joined(head, Arrays.copyOfRange(input, 1, input.length)));
  }

  @FuzzTest(maxDuration = "10m")
  void readsAnyStatusLine(byte[] payload) {
    expectAgreement(joined(payloadHead("status_update"), payload));
  }

  @FuzzTest(maxDuration = "10m")
  void readsAnyHookEvent(byte[] payload) {
    expectAgreement(joined(payloadHead("hook_event"), payload));
  }

  @FuzzTest(maxDuration = "10m")
  void readsAnyPiEvent(byte[] payload) {
    expectAgreement(joined(payloadHead("pi_event"), payload));
  }

  private static String payloadHead(String type) {
    return "{\"protocol_version\":{\"major\":1,\"minor\":0},\"type\":\"" + type + "\",\"data\":";
  }

  private static void expectAgreement(byte[] line) {
    var read = ClientMessageReader.read(line, line.length);

    assertThat(read).isEqualTo(ClientMessageReader.readAny(line, line.length));
    assertThat(promptChars(read)).isLessThanOrEqualTo(line.length);
  }

  private static int promptChars(ClientLine read) {
    return read instanceof Understood(_, LifecycleUpdate(var report, _), _)
            && report.event() instanceof LifecycleEvent.PromptSubmitted(var prompt)
            && prompt != null
        ? prompt.length()
        : 0;
  }

  private static byte[] joined(String head, byte[] payload) {
    var line = new ByteArrayOutputStream();
    line.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    line.writeBytes(payload);
    line.write('}');
    return line.toByteArray();
  }
}
