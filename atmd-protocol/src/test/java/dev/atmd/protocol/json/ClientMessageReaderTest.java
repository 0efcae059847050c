package dev.atmd.protocol.json;

import static dev.atmd.protocol.json.Lines.message;
import static dev.atmd.protocol.json.Lines.read;
import static dev.atmd.protocol.json.Lines.understood;
import static dev.atmd.protocol.json.Lines.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.session.Harness;
import dev.atmd.core.session.SessionFilter;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.Status;
import dev.atmd.protocol.message.ClientLine.Receipt;
import dev.atmd.protocol.message.ClientLine.Understood;
import dev.atmd.protocol.message.ClientMessage.Connect;
import dev.atmd.protocol.message.ClientMessage.Disconnect;
import dev.atmd.protocol.message.ClientMessage.Discover;
import dev.atmd.protocol.message.ClientMessage.ListSessions;
import dev.atmd.protocol.message.ClientMessage.Ping;
import dev.atmd.protocol.message.ClientMessage.ReadMetrics;
import dev.atmd.protocol.message.ClientMessage.Subscribe;
import dev.atmd.protocol.message.ClientMessage.Unsubscribe;
import dev.atmd.protocol.message.Detail;
import dev.atmd.protocol.message.ErrorCode;
import dev.atmd.protocol.message.Position;
import dev.atmd.protocol.message.ProtocolVersion;
import dev.atmd.protocol.message.SubscribeRequest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The object on a line, field by field (atm-protocol §3, §5). */
class ClientMessageReaderTest {
  @Test
  void readsEveryMessageWithoutAPayload() {
    assertThat(understood(message("'type':'connect'"))).isEqualTo(new Connect(null));
    assertThat(understood(message("'type':'list_sessions'"))).isEqualTo(new ListSessions());
    assertThat(understood(message("'type':'unsubscribe'"))).isEqualTo(new Unsubscribe());
    assertThat(understood(message("'type':'disconnect'"))).isEqualTo(new Disconnect());
    assertThat(understood(message("'type':'discover'"))).isEqualTo(new Discover());
    assertThat(understood(message("'type':'metrics'"))).isEqualTo(new ReadMetrics());
    assertThat(understood(message("'type':'ping','seq':42"))).isEqualTo(new Ping(42));
  }

  @Test
  void readsFieldsInAnyOrderAmongUnknownOnes() {
    assertThat(
            read(
                "{ \"x\":[1,{\"y\":null}],\t\"seq\":7,\"type\":\"ping\",\"protocol_version\":"
                    + "{\"z\":0,\"minor\":9,\"major\":2}}\r"))
        .isEqualTo(new Understood(new ProtocolVersion(2, 9), new Ping(7)));
  }

  @Test
  void ignoresTheFieldsOfOtherMessages() {
    assertThat(understood(message("'type':'unsubscribe','data':5,'seq':'x','client_id':1")))
        .isEqualTo(new Unsubscribe());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"'x', x", "'', ``", "'\\u00e9\\ud83d\\ude00', `é\uD83D\uDE00`", "null,"})
  void readsTheNameOfAClient(String json, String name) {
    assertThat(understood(message("'type':'connect','client_id':" + json)))
        .isEqualTo(new Connect(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "{}", "[]", "1.5"})
  void refusesANameThatIsNoText(String json) {
    assertThat(unreadable(message("'type':'connect','client_id':" + json)).code())
        .isEqualTo(ErrorCode.MALFORMED);
    assertThat(unreadable(message("'type':'subscribe','session_id':" + json)).code())
        .isEqualTo(ErrorCode.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9223372036854775807, 9223372036854775807", "18446744073709551615, -1"})
  void readsASequenceNumberAsUnsigned(String json, long seq) {
    assertThat(understood(message("'type':'ping','seq':" + json))).isEqualTo(new Ping(seq));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "-1", "-0", "18446744073709551616", "1.0", "1e2", "'1'", "[1]", "{}"})
  void refusesAnyOtherSequenceNumber(String json) {
    assertThat(unreadable(message("'type':'ping','seq':" + json)).code())
        .isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void refusesAPingWithoutASequenceNumber() {
    assertThat(unreadable(message("'type':'ping'")).message())
        .isEqualTo("Parse error: missing field `seq`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'discover'}",
        "{'type':'discover','protocol_version':'1.0'}",
        "{'type':'discover','protocol_version':null}",
        "{'type':'discover','protocol_version':{'major':1}}",
        "{'type':'discover','protocol_version':{'minor':1}}",
        "{'type':'discover','protocol_version':{'major':1,'minor':65536}}",
        "{'type':'discover','protocol_version':{'major':-1,'minor':0}}",
        "{'type':'discover','protocol_version':{'major':1.0,'minor':0}}",
        "{'type':'discover','protocol_version':{'major':1,'major':1,'minor':0}}"
      })
  void refusesAMessageWithoutAProperVersion(String line) {
    assertThat(unreadable(line.replace('\'', '"')).code()).isEqualTo(ErrorCode.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x':1", "'type':5", "'type':null", "'type':['ping']"})
  void refusesAMessageWithoutAType(String fields) {
    assertThat(unreadable(message(fields)).code()).isEqualTo(ErrorCode.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connect", "CONNECT", "", "session_list"})
  void doesNotKnowAnyOtherType(String type) {
    assertThat(unreadable(message("'type':'" + type + "'")))
        .satisfies(answer -> {
          assertThat(answer.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE);
          assertThat(answer.message())
              .isEqualTo("Parse error: unknown message type `" + type + "`");
        });
  }

  @Test
  void repeatsALongTypeInPart() {
    assertThat(unreadable(message("'type':'" + "\uD83D\uDE00".repeat(9_000) + "'")).message())
        .hasSizeLessThan(200)
        .endsWith("…`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'ping','seq':1,'seq':1",
        "'type':'discover','type':'discover'",
        "'type':'connect','client_id':'a','client_id':'a'",
        "'type':'discover','protocol_version':{'major':1,'minor':0}",
        "'type':'hook_event','data':{},'data':{}",
        "'type':'subscribe','session_id':null,'session_id':null"
      })
  void refusesAFieldGivenTwice(String fields) {
    assertThat(unreadable(message(fields)).message()).startsWith("Parse error: duplicate field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status_update", "hook_event", "pi_event"})
  void refusesAReportWithoutData(String type) {
    assertThat(unreadable(message("'type':'" + type + "'")).message())
        .isEqualTo("Parse error: missing field `data`");
  }

  @Test
  void readsTheFilterOfASubscriber() {
    assertThat(understood(message("'type':'subscribe'")))
        .isEqualTo(new Subscribe(SubscribeRequest.ALL));
    assertThat(understood(message("'type':'subscribe','session_id':null")))
        .isEqualTo(new Subscribe(SubscribeRequest.ALL));
    assertThat(understood(message("'type':'subscribe','session_id':''")))
        .isEqualTo(asking(new SessionFilter(Set.of(SessionId.of("")), Set.of(), Set.of(), null)));
    assertThat(
            understood(
                message(
                    "'type':'subscribe','session_id':'a','session_ids':['b','pending-7'],"
                        + "'harness':['claude','pi'],'status':'idle','project':'/home/dev'")))
        .isEqualTo(
            asking(
                new SessionFilter(
                    Set.of(SessionId.of("a"), SessionId.of("b"), SessionId.of("pending-7")),
                    Set.of(Harness.CLAUDE, Harness.PI),
                    Set.of(Status.IDLE),
                    "/home/dev")));
  }

  @Test
  void readsHowASubscriberWantsToBeToldAndFromWhereOn() {
    assertThat(
            understood(
                message(
                    "'type':'subscribe','detail':'summary','interval_ms':100,"
                        + "'since':{'epoch':'e','seq':7,'more':[]}")))
        .isEqualTo(
            new Subscribe(
                new SubscribeRequest(
                    SessionFilter.ALL,
                    Detail.SUMMARY,
                    Duration.ofMillis(100),
                    new Position("e", 7))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "{}", "{'epoch':'e'}", "{'epoch':7,'seq':7}", "{'seq':7}"})
  void whatIsNoPlaceInTheStreamIsTheBeginning(String since) {
    assertThat(understood(message("'type':'subscribe','since':" + since)))
        .isEqualTo(new Subscribe(SubscribeRequest.ALL));
  }

  @Test
  void readsThatAReportIsToBeAcknowledged() {
    assertThat(receipt("'ack':true,'id':'e-1'")).isEqualTo(new Receipt("e-1"));
    assertThat(receipt("'ack':true")).isEqualTo(new Receipt(null));
    assertThat(receipt("'ack':true,'id':7")).isEqualTo(new Receipt(null));
    assertThat(receipt("'ack':false,'id':'e-1'")).isNull();
    assertThat(receipt("'ack':'yes'")).isNull();
    assertThat(receipt("'id':'e-1'")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'detail':'everything'",
        "'detail':7",
        "'detail':['summary']",
        "'detail':[]",
        "'interval_ms':-1",
        "'interval_ms':60001",
        "'interval_ms':'fast'",
        "'harness':['emacs']",
        "'harness':['?']",
        "'status':['asleep']",
        "'status':['idle',5]",
        "'session_ids':7",
        "'session_ids':{}",
        "'session_ids':[null]",
        "'project':['a']"
      })
  void refusesAFilterItCannotKeep(String field) {
    assertThat(unreadable(message("'type':'subscribe'," + field)).code())
        .isEqualTo(ErrorCode.MALFORMED);
  }

  @Test
  void takesOneWordForTheDetail() {
    var one = "'type':'subscribe','detail':'redacted'";
    var list = "'type':'subscribe','detail':['redacted','full']";

    assertThat(understood(message(one)))
        .isEqualTo(
            new Subscribe(
                new SubscribeRequest(SessionFilter.ALL, Detail.REDACTED, Duration.ZERO, null)));
    assertThat(unreadable(message(list)).message())
        .isEqualTo("Parse error: `detail` must be a string");
  }

  private static Subscribe asking(SessionFilter filter) {
    return new Subscribe(SubscribeRequest.of(filter));
  }

  private static @Nullable Receipt receipt(String fields) {
    var line = message("'type':'hook_event','data':{'hook_event_name':'Stop'}," + fields);
    return ((Understood) read(line)).receipt();
  }
}
