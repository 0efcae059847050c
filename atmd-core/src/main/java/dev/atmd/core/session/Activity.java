package dev.atmd.core.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one agent is at: whether a turn is running, which tools run in it, and what its user has
 * been asked. {@link StatePolicy} changes it. Owned by the session's entry in the registry; not
 * thread-safe.
 */
public final class Activity {
  /** Far more than anybody is asked at once; beyond it the oldest are forgotten. */
  private static final int MAX_QUESTIONS = 32;

  /** Far more subagents than run at once; beyond it the oldest are forgotten. */
  private static final int MAX_SUBAGENTS = 64;

  private final List<Question> questions = new ArrayList<>(1);
  private final RunningTools tools = new RunningTools();
  private final SequencedSet<String> subagents = new LinkedHashSet<>(2);
  private boolean working;

  private boolean compacting;

  /** No turn was running when the compaction that runs began. */
  private boolean compactsAtRest;

  /** A turn has ended: what is said of tools then is said late. */
  private boolean rested;

  /** Nothing but a subagent shows that it works. */
  private boolean onlySubagents;

  /** Nothing but a question shows that it works: no turn ran when it was asked. */
  private boolean onlyAsks;

  private @Nullable String detail;
  private @Nullable String target;

  /** Of an agent that has done nothing yet. */
  public Activity() {}

  /** Of an agent that an earlier run has known. */
  public static Activity of(KeptActivity kept) {
    var activity = new Activity();
    activity.working = kept.working();
    activity.compacting = kept.compacting();
    activity.compactsAtRest = kept.compactsAtRest();
    activity.rested = kept.rested();
    activity.onlySubagents = kept.onlySubagents();
    activity.onlyAsks = kept.onlyAsks();
    activity.detail = kept.detail();
    activity.target = kept.target();
    activity.questions.addAll(kept.questions());
    activity.tools.restore(kept.running(), kept.carried(), kept.finished());
    activity.subagents.addAll(kept.subagents());
    return activity;
  }

  /** For a later run. */
  public KeptActivity kept() {
    return new KeptActivity(
        working,
        compacting,
        compactsAtRest,
        rested,
        onlySubagents,
        onlyAsks,
        detail,
        target,
        questions,
        tools.ofTurn(),
        tools.carried(),
        tools.finished(),
        List.copyOf(subagents));
  }

  /** The questions that are open, the oldest first. */
  public List<Question> questions() {
    return List.copyOf(questions);
  }

  /** The tools that run as far as is known, the oldest first. */
  public List<ToolCall> running() {
    return tools.ofTurn();
  }

  /** How much text it holds. */
  public int chars() {
    var chars = tools.chars();
    for (var question : questions) {
      chars += question.chars();
    }
    for (var subagent : subagents) {
      chars += subagent.length();
    }
    return chars;
  }

  /** What is shown: the newest question, else what the turn is at. */
  SessionState state(SessionState before, Instant at) {
    if (!questions.isEmpty()) {
      var question = questions.getLast();
      return new SessionState.AttentionNeeded(since(before, Status.ATTENTION_NEEDED, at), question);
    }
    return working
        ? new SessionState.Working(since(before, Status.WORKING, at), detail, target)
        : new SessionState.Idle(since(before, Status.IDLE, at), detail);
  }

  private static Instant since(SessionState before, Status status, Instant at) {
    return before.status() == status ? before.since() : at;
  }

  boolean isWorking() {
    return working;
  }

  void work(@Nullable String newDetail, @Nullable String newTarget) {
    working = true;
    onlySubagents = false;
    onlyAsks = false;
    detail = newDetail;
    target = newTarget;
  }

  void compact(String word) {
    compactsAtRest = !working;
    compacting = true;
    work(word, null);
  }

  boolean isCompacting() {
    return compacting;
  }

  /** Whether no turn goes on after the compaction that has ended. */
  boolean compactedAtRest() {
    var atRest = compactsAtRest;
    compactsAtRest = false;
    compacting = false;
    return atRest;
  }

  /** Goes on with the tool that still runs, or with thinking. */
  void workOn(String otherwise) {
    var call = tools.newest();
    work(call == null ? otherwise : call.tool(), call == null ? null : call.target());
  }

  /** The turn is over, and with it all that belonged to it. */
  void rest(@Nullable String problem) {
    questions.clear();
    tools.endAll();
    working = false;
    rested = true;
    onlySubagents = false;
    onlyAsks = false;
    detail = problem;
    target = null;
  }

  /** Begins anew: nothing of before matters. */
  void reset() {
    rest(null);
    tools.reset();
    subagents.clear();
  }

  /** A turn begins; tools that run may go on, for the prompt may have been waiting in a queue. */
  void beginTurn() {
    questions.clear();
    tools.beginTurn();
    work(null, null);
  }

  /** Whether nothing has run since a turn ended. */
  boolean isResting() {
    return rested && !working;
  }

  /** Whether its user has to do something before any turn can begin. */
  boolean isLockedOut() {
    return !working
        && questions.stream().anyMatch(question -> question.reason() == AttentionReason.AUTH);
  }

  boolean isRunning(ToolCall call) {
    return tools.isRunning(call);
  }

  boolean isStarted(ToolCall call) {
    return tools.isStarted(call);
  }

  /** A question is asked although no turn runs. */
  void askAtRest() {
    work(null, null);
    onlyAsks = true;
  }

  /** Whether no turn ran when it asked what it asks. */
  boolean isAskingAtRest() {
    return onlyAsks;
  }

  /** Whether nothing is left that shows work. */
  boolean hasOnlyAsked() {
    return onlyAsks && questions.isEmpty();
  }

  void ask(Question asked) {
    var question = attached(asked);
    questions.removeIf(open -> open.asker() == null && (open.isUnnamed() || open.isSame(question)));
    if (!question.isUnnamed() || questions.isEmpty()) {
      add(question);
    }
  }

  private void add(Question question) {
    if (questions.size() == MAX_QUESTIONS) {
      questions.removeFirst();
    }
    questions.add(question);
  }

  /** The question with the tool it must be about, where that is one of those that run. */
  private Question attached(Question question) {
    var call = question.call();
    if (call == null || call.id() != null) {
      return question;
    }
    for (var candidate : tools.ofTurn().reversed()) {
      if (candidate.matches(call) && !isAsked(candidate)) {
        return new Question(
            question.reason(),
            question.detail(),
            question.text(),
            question.requestId(),
            new ToolCall(call.tool(), candidate.id(), call.target()),
            null);
      }
    }
    return question;
  }

  private boolean isAsked(ToolCall call) {
    return questions.stream()
        .anyMatch(open -> open.call() != null && call.id() != null && open.call().matches(call));
  }

  /** Closes the questions of this agent, not those of its subagents. */
  boolean answerOwn() {
    return questions.removeIf(question -> question.asker() == null);
  }

  /** Closes the one question that is named, else all of that kind. */
  boolean answer(@Nullable String requestId, @Nullable AttentionReason reason) {
    Predicate<Question> wanted = question -> reason == null || reason == question.reason();
    return requestId == null
        ? questions.removeIf(question -> question.asker() == null && wanted.test(question))
        : answerFirst(wanted.and(question -> requestId.equals(question.requestId())));
  }

  /** Shows what a subagent asks; null if it asks nothing. Says whether that is new. */
  boolean showQuestion(SessionId child, @Nullable Question question) {
    var shown = question == null ? null : question.askedBy(child);
    if (shown != null && questions.contains(shown)) {
      return false;
    }
    var removed = questions.removeIf(open -> child.equals(open.asker()));
    if (shown != null) {
      add(shown);
    }
    return removed || shown != null;
  }

  /** A reminder that is told in words of its own, as one of the question it must be about. */
  public Question aboutWhatIsOpen(Question reminder) {
    for (var open : questions.reversed()) {
      if (open.asker() == null && reminder.isUnnamed()) {
        return new Question(
            reminder.reason(),
            reminder.detail(),
            reminder.text(),
            open.requestId(),
            open.call(),
            null);
      }
    }
    return reminder;
  }

  /** The newest question, asked by itself or by a subagent of it. */
  public @Nullable Question newestQuestion() {
    return questions.isEmpty() ? null : questions.getLast();
  }

  /** Whether the harness calls one of its open questions by this name. */
  public boolean hasAsked(String requestId) {
    return questions.stream().anyMatch(question -> requestId.equals(question.requestId()));
  }

  boolean isFinished(ToolCall call) {
    return tools.isFinished(call);
  }

  void start(ToolCall call) {
    tools.start(call);
  }

  /** A tool ended: a question about it has been answered, one about another has not. */
  void end(ToolCall call) {
    forget(call);
    if (!answerFirst(question -> isAbout(question, call))) {
      var _ = answerFirst(question -> isPerhapsAbout(question, call));
    }
  }

  /** A tool ended that nobody is asked about. */
  void forget(ToolCall call) {
    tools.end(call);
  }

  private boolean answerFirst(Predicate<Question> wanted) {
    for (var open = questions.iterator(); open.hasNext(); ) {
      var question = open.next();
      if (question.asker() == null && wanted.test(question)) {
        open.remove();
        return true;
      }
    }
    return false;
  }

  /** The command that was asked for may have been changed before it ran. */
  private boolean isPerhapsAbout(Question question, ToolCall call) {
    var asked = question.call();
    return asked != null
        && asked.id() == null
        && asked.tool().equals(call.tool())
        && !tools.isRunning(asked.tool());
  }

  /** A question without a tool is about the one tool that it can be about. */
  private boolean isAbout(Question question, ToolCall call) {
    if (question.call() != null) {
      return question.call().matches(call);
    }
    return question.requestId() == null && tools.isEmpty();
  }

  void endAllTools() {
    tools.endAll();
  }

  /** A subagent goes on: what was asked without a name was asked for it, and has been answered. */
  boolean answerUnnamed(Predicate<ToolCall> belongsToIt) {
    return tools.ofTurn().stream().allMatch(belongsToIt)
        && questions.removeIf(question -> question.asker() == null && question.isUnnamed());
  }

  void begin(String subagent) {
    if (subagents.size() == MAX_SUBAGENTS) {
      subagents.removeFirst();
    }
    subagents.add(subagent);
    if (!working) {
      work(null, null);
      onlySubagents = true;
    }
  }

  /** Says whether nothing is left that shows work. */
  boolean end(@Nullable String subagent) {
    if (subagent != null) {
      subagents.remove(subagent);
    }
    return onlySubagents && subagents.isEmpty();
  }
}
