package dev.atmd.server.store;

import static dev.atmd.server.store.KeptSessions.NOON;
import static dev.atmd.server.store.KeptSessions.bare;
import static dev.atmd.server.store.KeptSessions.changed;
import static dev.atmd.server.store.KeptSessions.happened;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atmd.core.registry.HistoryEntry;
import dev.atmd.core.registry.HistoryEntry.Began;
import dev.atmd.core.registry.HistoryEntry.Gone;
import dev.atmd.core.registry.HistoryEntry.Prompted;
import dev.atmd.core.registry.HistoryEntry.Renamed;
import dev.atmd.core.registry.HistoryEntry.StateChanged;
import dev.atmd.core.registry.HistoryEntry.ToolBegan;
import dev.atmd.core.registry.KeptSession;
import dev.atmd.core.registry.RemovalReason;
import dev.atmd.core.session.AttentionReason;
import dev.atmd.core.session.Evidence;
import dev.atmd.core.session.Model;
import dev.atmd.core.session.Money;
import dev.atmd.core.session.Place;
import dev.atmd.core.session.Question;
import dev.atmd.core.session.Rule;
import dev.atmd.core.session.Session;
import dev.atmd.core.session.SessionId;
import dev.atmd.core.session.SessionState;
import dev.atmd.core.session.SessionState.AttentionNeeded;
import dev.atmd.core.session.SessionState.Idle;
import dev.atmd.core.session.SessionState.Working;
import dev.atmd.core.session.SignalTier;
import dev.atmd.core.session.ToolCall;
import dev.atmd.core.session.Transition;
import dev.atmd.protocol.message.HistoryAnswer;
import dev.atmd.protocol.message.HistoryAnswer.Doing;
import dev.atmd.protocol.message.HistoryAnswer.Entry;
import dev.atmd.protocol.message.HistoryAnswer.Over;
import dev.atmd.protocol.message.HistoryAnswer.Sum;
import dev.atmd.protocol.message.HistoryAnswer.Wait;
import dev.atmd.protocol.message.HistoryQuestion;
import dev.atmd.protocol.message.HistoryQuestion.By;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of the past is what questions about it are answered with. */
class HistoryTest {
  @TempDir private Path directory;
  private StoreWriter writer;
  private StoreConfig config = StoreWriterTest.CONFIG;

  @BeforeEach
  void open() {
    writer = writer();
  }

  private StoreWriter writer() {
    return new StoreWriter(
        new Database(directory.resolve("atmd.db")),
        config,
        text -> text.replace("secret", "***"),
        10,
        "boot");
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  private HistoryAnswer ask(HistoryQuestion question) throws SQLException {
    return ask(question, NOON.plusSeconds(3_600));
  }

  private HistoryAnswer ask(HistoryQuestion question, Instant now) throws SQLException {
    try (var connection = new Database(directory.resolve("atmd.db")).openToRead()) {
      return new HistoryReader(connection).answer(question, now);
    }
  }

  private static HistoryQuestion.Entries all() {
    return new HistoryQuestion.Entries(null, null, null, null, null, null, 200);
  }

  private List<String> told(HistoryQuestion.Entries question) throws SQLException {
    return ((HistoryAnswer.Entries) ask(question))
        .entries().stream().map(HistoryTest::inShort).toList();
  }

  private static String inShort(Entry entry) {
    return "%s %s%s"
        .formatted(entry.session(), entry.kind(), entry.text() == null ? "" : " " + entry.text());
  }

  private static SessionId id(String id) {
    return SessionId.of(id);
  }

  private static HistoryEntry began(String id) {
    return new Began(bare(id).session(), NOON);
  }

  private static HistoryEntry prompted(String id, int second, String prompt) {
    return new Prompted(id(id), NOON.plusSeconds(second), prompt);
  }

  private static HistoryEntry became(String id, int second, SessionState state) {
    var at = NOON.plusSeconds(second);
    return new StateChanged(
        id(id), new Transition(state, new Evidence(at, "Signal", SignalTier.EVENT, Rule.ASKED)));
  }

  private static AttentionNeeded asking(String text) {
    return new AttentionNeeded(
        NOON, new Question(AttentionReason.PERMISSION, "Bash", text, null, null, null));
  }

  private static HistoryEntry gone(String id, int second) {
    return new Gone(bare(id).session(), NOON.plusSeconds(second), RemovalReason.ENDED, null);
  }

  @Test
  void tellsWhatHappenedInItsOrder() throws Exception {
    var call = new ToolCall("Bash", "t1", "ls");
    writer.write(
        happened(
            began("a"),
            prompted("a", 1, "list"),
            new ToolBegan(id("a"), NOON.plusSeconds(2), call),
            became("a", 3, asking("May I?")),
            gone("a", 4)),
        NOON);

    assertThat(((HistoryAnswer.Entries) ask(all())).entries())
        .containsExactly(
            new Entry(NOON, "a", "pi", null, "began", null, null, null, null, null),
            new Entry(
                NOON.plusSeconds(1), "a", "pi", null, "prompt", null, null, "list", null, null),
            new Entry(
                NOON.plusSeconds(2), "a", "pi", null, "tool_began", null, "Bash", "ls", null, null),
            new Entry(
                NOON.plusSeconds(3),
                "a",
                "pi",
                null,
                "state",
                "attention_needed",
                "Bash",
                "May I?",
                "Signal",
                "asked"),
            new Entry(
                NOON.plusSeconds(4),
                "a",
                "pi",
                null,
                "ended",
                "session_ended",
                null,
                null,
                null,
                null));
  }

  @Test
  void tellsOnlyWhatIsAskedFor() throws Exception {
    writer.write(changed(at("a", "/home/dev/shop"), at("b", "/home/dev/api")), NOON);
    writer.write(
        happened(
            prompted("a", 1, "Push it"), prompted("b", 2, "fix it"), prompted("a", 3, "again")),
        NOON);

    assertThat(told(question("a", null, null, null, null)))
        .containsExactly("a prompt Push it", "a prompt again");
    assertThat(told(question(null, "api", null, null, null))).containsExactly("b prompt fix it");
    assertThat(told(question(null, null, 2, 3, null))).containsExactly("b prompt fix it");
    assertThat(told(question(null, null, null, null, "PUSH"))).containsExactly("a prompt Push it");
    assertThat(told(question("nobody", null, null, null, null))).isEmpty();
  }

  private static HistoryQuestion.Entries question(
      @Nullable String session,
      @Nullable String project,
      @Nullable Integer from,
      @Nullable Integer to,
      @Nullable String grep) {
    return new HistoryQuestion.Entries(
        session,
        project,
        from == null ? null : NOON.plusSeconds(from),
        to == null ? null : NOON.plusSeconds(to),
        grep,
        null,
        200);
  }

  @Test
  void goesBackPageByPage() throws Exception {
    for (var i = 0; i < 5; i++) {
      writer.write(happened(prompted("a", i, "p" + i)), NOON);
    }

    var last = (HistoryAnswer.Entries) ask(page(null));
    var middle = (HistoryAnswer.Entries) ask(page(last.before()));
    var first = (HistoryAnswer.Entries) ask(page(middle.before()));

    assertThat(last.entries()).extracting(Entry::text).containsExactly("p3", "p4");
    assertThat(middle.entries()).extracting(Entry::text).containsExactly("p1", "p2");
    assertThat(first.entries()).extracting(Entry::text).containsExactly("p0");
    assertThat(first.before()).isNull();
  }

  private static HistoryQuestion page(@Nullable Long before) {
    return new HistoryQuestion.Entries(null, null, null, null, null, before, 2);
  }

  @Test
  void anAnswerFitsIntoALine() throws Exception {
    for (var i = 0; i < 40; i++) {
      writer.write(happened(prompted("a", i, "p".repeat(16_000))), NOON);
    }

    var answer = (HistoryAnswer.Entries) ask(all());

    assertThat(answer.entries()).hasSizeBetween(10, 20);
    assertThat(answer.before()).isNotNull();
  }

  @Test
  void goesOnUnderAnotherName() throws Exception {
    writer.write(happened(began("pending-7"), prompted("pending-7", 1, "one")), NOON);
    writer.write(happened(new Renamed(id("pending-7"), NOON.plusSeconds(2), id("a"))), NOON);
    writer.write(happened(prompted("a", 3, "two")), NOON);

    assertThat(told(question("a", null, null, null, null)))
        .containsExactly("a began", "a prompt one", "a renamed a", "a prompt two");
  }

  @Test
  void masksSecretsAndKeepsNoPromptsIfTheyAreNotWanted() throws Exception {
    writer.write(happened(prompted("a", 1, "my secret"), became("a", 2, asking("secret?"))), NOON);
    assertThat(told(all())).containsExactly("a prompt my ***", "a state ***?");

    config =
        new StoreConfig(
            true, Duration.ZERO, Duration.ofDays(1), 1 << 20, false, Pattern.compile(""));
    writer.close();
    writer = writer();
    writer.write(happened(prompted("a", 3, "hidden")), NOON);
    assertThat(told(all())).doesNotContain("a prompt hidden");
  }

  @Test
  void addsUpWhatWasConsumedOnce() throws Exception {
    writer.write(changed(costing("a", 1.00), costing("b", 0.50)), NOON);
    writer.write(changed(costing("a", 1.25)), NOON.plusSeconds(61));
    writer.write(changed(costing("a", 1.25)), NOON.plusSeconds(122));
    // Resumed: the harness counts from zero again.
    writer.write(changed(costing("a", 0.25)), NOON.plusSeconds(86_400));

    assertThat(sums(By.SESSION)).containsExactly("a 1.5 1", "b 0.5 1");
    assertThat(sums(By.MODEL)).containsExactly("Opus 4.6 2.0 2");
    assertThat(sums(By.DAY)).hasSize(2).last().asString().endsWith("1.75 2");
    writer.close();
    writer = writer();
    writer.write(changed(costing("b", 0.75)), NOON);
    assertThat(sums(By.SESSION)).containsExactly("a 1.5 1", "b 0.75 1");
  }

  private List<String> sums(By by) throws SQLException {
    return ((HistoryAnswer.Cost) ask(new HistoryQuestion.Cost(by, null, null)))
        .sums().stream().map(HistoryTest::inShort).toList();
  }

  private static String inShort(Sum sum) {
    return sum.key() + " " + sum.costUsd() + " " + sum.sessions();
  }

  @Test
  void knowsHowLongSomebodyWaited() throws Exception {
    writer.write(
        happened(
            began("a"),
            began("b"),
            began("c"),
            became("a", 10, asking("one")),
            became("b", 15, asking("old")),
            became("a", 30, new Working(NOON, null)),
            became("a", 40, asking("two")),
            became("a", 45, asking("three")),
            became("c", 50, new Idle(NOON)),
            became("a", 60, new Idle(NOON))),
        NOON);

    assertThat(ask(new HistoryQuestion.Waits(null), NOON.plusSeconds(100)))
        .isEqualTo(
            new HistoryAnswer.Waits(
                List.of(
                    new Wait("b", "pi", null, 85.0, 1, NOON.plusSeconds(15), "old"),
                    new Wait("a", "pi", null, 40.0, 3, null, null))));
    assertThat(ask(new HistoryQuestion.Waits(NOON.plusSeconds(50)), NOON.plusSeconds(100)))
        .isEqualTo(
            new HistoryAnswer.Waits(
                List.of(
                    new Wait("b", "pi", null, 50.0, 1, NOON.plusSeconds(15), "old"),
                    new Wait("a", "pi", null, 10.0, 1, null, null))));
  }

  @Test
  void knowsWhatEverybodyDidAtAMoment() throws Exception {
    writer.write(
        happened(
            began("a"),
            became("a", 10, asking("one")),
            began("b"),
            became("b", 20, new Working(NOON, "Bash")),
            gone("a", 30),
            became("b", 40, new Idle(NOON))),
        NOON);

    assertThat(doing(5)).isEmpty();
    assertThat(doing(25))
        .containsExactly(
            new Doing("a", "pi", null, "attention_needed", NOON.plusSeconds(10), "Bash", "one"),
            new Doing("b", "pi", null, "working", NOON.plusSeconds(20), "Bash", null));
    assertThat(doing(35)).extracting(Doing::session).containsExactly("b");
  }

  private List<Doing> doing(int second) throws SQLException {
    var answer = ask(new HistoryQuestion.Moment(NOON.plusSeconds(second)));
    return ((HistoryAnswer.Moment) answer).sessions();
  }

  @Test
  void knowsWhichSessionsAreOver() throws Exception {
    var shop = at("shop", "/home/dev/shop").session();
    var dear = shop.draft().usage(shop.usage().withCost(Money.ofDollars(1.25)));
    var helper = bare("shop/helper").session();
    var links = helper.links().withParent(id("shop"));
    writer.write(
        happened(
            began("early"),
            began("shop"),
            began("pending-8"),
            gone("early", 10),
            gone(dear.model(Model.of("claude-opus-4-6", null)).done(), 30, RemovalReason.ENDED),
            gone(helper.draft().links(links).done(), 31, RemovalReason.ENDED),
            gone(bare("pending-7").session(), 32, RemovalReason.REPLACED),
            gone(bare("pending-8").session(), 33, RemovalReason.PROCESS_DIED),
            gone(bare("former").session(), 34, RemovalReason.RENAMED),
            began("resumed"),
            gone("resumed", 35),
            began("resumed")),
        NOON);

    var died = over(33, "pending-8", null, null, "process_died", null);
    var ended = over(30, "shop", "/home/dev/shop", "Opus 4.6", "session_ended", 1.25);
    assertThat(ask(new HistoryQuestion.Ended(null, 200)))
        .isEqualTo(
            new HistoryAnswer.Ended(
                List.of(died, ended, over(10, "early", null, null, "session_ended", null))));
    assertThat(ask(new HistoryQuestion.Ended(NOON.plusSeconds(30), 200)))
        .isEqualTo(new HistoryAnswer.Ended(List.of(died, ended)));
    assertThat(ask(new HistoryQuestion.Ended(null, 1)))
        .isEqualTo(new HistoryAnswer.Ended(List.of(died)));
  }

  private static HistoryEntry gone(Session last, int second, RemovalReason reason) {
    return new Gone(last, NOON.plusSeconds(second), reason, null);
  }

  private static Over over(
      int second,
      String id,
      @Nullable String project,
      @Nullable String model,
      String reason,
      @Nullable Double cost) {
    var at = NOON.plusSeconds(second);
    return new Over(at, id, "pi", project, null, model, reason, NOON, cost);
  }

  @Test
  void forgetsWhatIsTooOld() throws Exception {
    writer.write(happened(prompted("a", 0, "old"), prompted("a", 3_600, "new")), NOON);

    tidy(NOON.plus(StoreWriterTest.CONFIG.historyAge()).plusSeconds(60));

    assertThat(told(all())).containsExactly("a prompt new");
  }

  @Test
  void aClockThatIsWrongForAWhileCostsADay() throws Exception {
    writer.write(
        happened(prompted("a", 0, "old"), prompted("a", 20 * 24 * 3_600, "younger")), NOON);
    tidy(NOON.plusSeconds(60));

    tidy(NOON.plus(Duration.ofDays(10_000)));
    tidy(NOON.plusSeconds(120));

    assertThat(told(all())).containsExactly("a prompt old", "a prompt younger");
  }

  @Test
  void staysWithinItsSizeAndGivesTheSpaceBack() throws Exception {
    config =
        new StoreConfig(
            true, Duration.ZERO, Duration.ofDays(90), 4L << 20, true, Pattern.compile(""));
    writer.close();
    writer = writer();
    for (var i = 0; i < 1_200; i++) {
      writer.write(happened(prompted("a", i, i + " " + "p".repeat(10_000))), NOON);
    }
    assertThat(bytes()).isGreaterThan(10L << 20);

    tidy(NOON.plusSeconds(1));
    writer.close();

    assertThat(bytes()).isLessThan(6L << 20);
    writer = writer();
    assertThat(((HistoryAnswer.Entries) ask(page(null))).entries().getLast().text())
        .startsWith("1199 ");
  }

  private void tidy(Instant now) throws Exception {
    var pieces = 0;
    while (writer.tidy(now)) {
      assertThat(pieces++).as("pieces").isLessThan(1_000);
    }
  }

  private long bytes() throws Exception {
    return Files.size(directory.resolve("atmd.db"));
  }

  private static KeptSession at(String id, String directory) {
    var kept = bare(id);
    var session = kept.session().draft().place(new Place(directory, null)).done();
    return with(kept, session);
  }

  private static KeptSession costing(String id, double dollars) {
    var kept = bare(id);
    var usage = kept.session().usage().withCost(Money.ofDollars(dollars));
    return with(
        kept, kept.session().draft().usage(usage).model(Model.of("claude-opus-4-6", null)).done());
  }

  private static KeptSession with(KeptSession kept, Session session) {
    return new KeptSession(
        session,
        kept.process(),
        kept.reportsEvents(),
        kept.decidedAt(),
        kept.partedAt(),
        kept.begunAt(),
        kept.transitions(),
        kept.activity(),
        kept.inside());
  }
}
