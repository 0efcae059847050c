package dev.atmd.client.setup;

import static dev.atmd.client.setup.Hook.COMMAND;
import static dev.atmd.client.setup.Hook.EVENT;
import static dev.atmd.client.setup.Hook.PROGRAM;
import static dev.atmd.client.setup.HookTable.Shape.ENTRIES;
import static dev.atmd.client.setup.HookTable.Shape.GROUPS;
import static dev.atmd.client.setup.HookTable.Shape.ONE_LIST;

import dev.atmd.client.setup.HarnessSetup.SettingsFile;
import dev.atmd.core.session.Harness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is known of each harness: its files, and the events it is asked to report. As few as tell
 * its state: none before and after each tool where one for all will do, since each is a process.
 */
final class Catalogue {
  private static final List<String> HOOKS = List.of("hooks");
  private static final boolean STRICT = false;
  private static final boolean RELAXED = true;

  /** A harness waits this long at most for what it waits for. */
  private static final int SECONDS = 2;

  private static final int MILLIS = 2_000;

  /** A call that the harness waits for. */
  private static final Map<String, Object> CALL =
      Hook.entry("type", "command", "command", COMMAND, "timeout", SECONDS);

  /** A call that the harness does not wait for. */
  private static final Map<String, Object> LATER =
      Hook.entry("type", "command", "command", COMMAND, "async", true, "timeout", SECONDS);

  private Catalogue() {}

  /** All harnesses that can be connected. */
  static List<HarnessSetup> all(Reporters reporters) {
    return List.of(
        claude(),
        codex(),
        opencode(reporters),
        cursor(),
        copilot(),
        antigravity(),
        gemini(),
        pi(reporters),
        amp(reporters),
        droid(),
        qwen(),
        goose(),
        crush(),
        kiro(),
        aider());
  }

  private static HarnessSetup claude() {
    var hooks =
        new ArrayList<>(
            Hook.each(LATER, "SessionStart UserPromptSubmit PermissionRequest PostToolBatch"));
    hooks.add(new Hook("PreToolUse", "AskUserQuestion|ExitPlanMode", LATER));
    hooks.addAll(
        Hook.each(
            LATER,
            "Notification Elicitation ElicitationResult SubagentStart "
                + "SubagentStop PreCompact PostCompact Stop StopFailure"));
    hooks.addAll(
        Hook.each(Hook.entry("type", "command", "command", COMMAND, "timeout", 1), "SessionEnd"));
    return new HarnessSetup(
        Harness.CLAUDE,
        List.of("claude"),
        List.of(Place.in("CLAUDE_CONFIG_DIR", ".claude", "")),
        List.of(
            SettingsFile.settings(
                Place.in("CLAUDE_CONFIG_DIR", ".claude", "settings.json"),
                List.of(
                    HookTable.of("claude", GROUPS, HOOKS, Map.of(), hooks, STRICT),
                    new StatusLine("claude", Map.of(), STRICT)))),
        "Sessions that run already may need a restart.");
  }

  private static HarnessSetup codex() {
    var atOnce = Hook.entry("type", "command", "command", COMMAND, "timeout", 1);
    var hooks =
        new ArrayList<>(
            Hook.each(LATER, "SessionStart UserPromptSubmit PermissionRequest PostToolUse"));
    hooks.addAll(Hook.each(LATER, "SubagentStart SubagentStop PreCompact PostCompact Stop"));
    hooks.addAll(Hook.each(atOnce, "Interrupt SessionEnd"));
    return new HarnessSetup(
        Harness.CODEX,
        List.of("codex"),
        List.of(Place.in("CODEX_HOME", ".codex", "")),
        List.of(
            SettingsFile.settings(
                Place.in("CODEX_HOME", ".codex", "hooks.json"),
                List.of(HookTable.of("codex", GROUPS, HOOKS, Map.of(), hooks, STRICT)))),
        "Codex skips new hooks in silence until you approve them: type /hooks in Codex.");
  }

  private static HarnessSetup opencode(Reporters reporters) {
    return new HarnessSetup(
        Harness.OPENCODE,
        List.of("opencode"),
        List.of(Place.inConfig("opencode")),
        List.of(
            SettingsFile.whole(
                Place.inConfig("opencode/plugins/atmd.js"), reporters.of("opencode/atmd.js"))),
        "Restart OpenCode.");
  }

  private static HarnessSetup cursor() {
    var call = Hook.entry("command", COMMAND, "timeout", SECONDS);
    var hooks =
        Hook.each(
            call,
            "sessionStart beforeSubmitPrompt postToolUse postToolUseFailure "
                + "subagentStart subagentStop preCompact stop sessionEnd");
    return new HarnessSetup(
        Harness.CURSOR,
        List.of("cursor-agent"),
        List.of(Place.inHome(".cursor")),
        List.of(
            SettingsFile.settings(
                Place.inHome(".cursor/hooks.json"),
                List.of(
                    HookTable.of("cursor", ENTRIES, HOOKS, Map.of("version", 1), hooks, STRICT))),
            SettingsFile.settings(
                Place.inHome(".cursor/cli-config.json"),
                List.of(new StatusLine("cursor", Map.of(), STRICT)))),
        "");
  }

  private static HarnessSetup copilot() {
    var call =
        Hook.entry(
            "type", "command", "exec", PROGRAM, "args", List.of("copilot"), "timeoutSec", SECONDS);
    // Not preToolUse: there a hook that fails denies every tool.
    var hooks =
        Hook.each(
            call,
            "SessionStart UserPromptSubmit notification PostToolUse "
                + "PostToolUseFailure PreCompact Stop ErrorOccurred SessionEnd");
    return new HarnessSetup(
        Harness.COPILOT,
        List.of("copilot"),
        List.of(Place.in("COPILOT_HOME", ".copilot", "")),
        List.of(
            SettingsFile.ours(
                Place.in("COPILOT_HOME", ".copilot", "hooks/atmd.json"),
                List.of(
                    HookTable.of("copilot", ENTRIES, HOOKS, Map.of("version", 1), hooks, STRICT)))),
        "");
  }

  private static HarnessSetup antigravity() {
    var table =
        new HookTable(
            "antigravity",
            true,
            ENTRIES,
            List.of("atmd"),
            Map.of(),
            Hook.each(CALL, "SessionStart Stop"),
            STRICT);
    return new HarnessSetup(
        Harness.ANTIGRAVITY,
        List.of("agy"),
        List.of(Place.inHome(".gemini/antigravity-cli")),
        List.of(
            SettingsFile.settings(
                Place.inHome(".gemini/antigravity-cli/settings.json"),
                List.of(
                    new StatusLine("antigravity", Map.of("stack_with_default", true), RELAXED))),
            SettingsFile.settings(Place.inHome(".gemini/config/hooks.json"), List.of(table))),
        "");
  }

  private static HarnessSetup gemini() {
    var call = Hook.entry("type", "command", "command", COMMAND, "timeout", MILLIS);
    var hooks =
        Hook.each(
            call,
            "SessionStart BeforeAgent AfterTool Notification AfterAgent "
                + "PreCompress SessionEnd");
    return new HarnessSetup(
        Harness.GEMINI,
        List.of("gemini"),
        List.of(Place.inHome(".gemini/settings.json")),
        List.of(
            SettingsFile.settings(
                Place.inHome(".gemini/settings.json"),
                List.of(HookTable.of("gemini", GROUPS, HOOKS, Map.of(), hooks, RELAXED)))),
        "");
  }

  private static HarnessSetup pi(Reporters reporters) {
    return new HarnessSetup(
        Harness.PI,
        List.of("pi"),
        List.of(Place.inHome(".pi/agent")),
        List.of(
            SettingsFile.whole(
                Place.inHome(".pi/agent/extensions/atmd.ts"), reporters.of("pi/atmd.ts"))),
        "In a running pi, type /reload.");
  }

  private static HarnessSetup amp(Reporters reporters) {
    return new HarnessSetup(
        Harness.AMP,
        List.of("amp"),
        List.of(Place.inConfig("amp")),
        List.of(
            SettingsFile.whole(Place.inConfig("amp/plugins/atmd.js"), reporters.of("amp/atmd.js"))),
        "Restart Amp. Early builds load plugins only with PLUGINS=all.");
  }

  private static HarnessSetup droid() {
    var hooks =
        Hook.each(
            CALL,
            "SessionStart UserPromptSubmit PostToolUse Notification Stop "
                + "SubagentStop PreCompact SessionEnd");
    return new HarnessSetup(
        Harness.DROID,
        List.of("droid"),
        List.of(Place.inHome(".factory")),
        List.of(
            SettingsFile.settings(
                Place.inHome(".factory/hooks.json"),
                List.of(HookTable.of("droid", GROUPS, List.of(), Map.of(), hooks, STRICT)))),
        "Restart Droid.");
  }

  private static HarnessSetup qwen() {
    var later = Hook.entry("type", "command", "command", COMMAND, "async", true, "timeout", MILLIS);
    var hooks =
        new ArrayList<>(
            Hook.each(later, "SessionStart UserPromptSubmit PermissionRequest PostToolUse"));
    hooks.addAll(
        Hook.each(
            later,
            "PostToolUseFailure Notification SubagentStart SubagentStop "
                + "PreCompact PostCompact Stop StopFailure"));
    hooks.addAll(
        Hook.each(
            Hook.entry("type", "command", "command", COMMAND, "timeout", 1_000), "SessionEnd"));
    return new HarnessSetup(
        Harness.QWEN,
        List.of("qwen"),
        List.of(Place.inHome(".qwen")),
        List.of(
            SettingsFile.settings(
                Place.inHome(".qwen/settings.json"),
                List.of(HookTable.of("qwen", GROUPS, HOOKS, Map.of(), hooks, RELAXED)))),
        "");
  }

  private static HarnessSetup goose() {
    var hooks =
        Hook.each(
            CALL,
            "SessionStart UserPromptSubmit PostToolUse PostToolUseFailure " + "Stop SessionEnd");
    return new HarnessSetup(
        Harness.GOOSE,
        List.of("goose"),
        List.of(Place.inConfig("goose")),
        List.of(
            SettingsFile.whole(
                Place.inHome(".agents/plugins/atmd/plugin.json"),
                """
                {
                  "name": "atmd",
                  "version": "0.1.0",
                  "description": "atmd reporter: tells the daemon what the agent does"
                }
                """),
            SettingsFile.ours(
                Place.inHome(".agents/plugins/atmd/hooks/hooks.json"),
                List.of(HookTable.of("goose", GROUPS, HOOKS, Map.of(), hooks, STRICT)))),
        "");
  }

  private static HarnessSetup crush() {
    var call = Hook.entry("command", COMMAND, "timeout", SECONDS);
    return new HarnessSetup(
        Harness.CRUSH,
        List.of("crush"),
        List.of(Place.inConfig("crush")),
        List.of(
            SettingsFile.settings(
                Place.inConfig("crush/crush.json"),
                List.of(
                    HookTable.of(
                        "crush",
                        ENTRIES,
                        HOOKS,
                        Map.of(),
                        Hook.each(call, "PreToolUse"),
                        RELAXED)))),
        "Crush reports nothing but tools: when it is idle or waits cannot be seen.");
  }

  private static HarnessSetup kiro() {
    var call =
        Hook.entry(
            "name",
            "atmd-" + EVENT,
            "trigger",
            EVENT,
            "action",
            Hook.entry("type", "command", "command", COMMAND),
            "timeout",
            SECONDS,
            "enabled",
            true);
    return new HarnessSetup(
        Harness.KIRO,
        List.of("kiro-cli"),
        List.of(Place.inHome(".kiro")),
        List.of(
            SettingsFile.ours(
                Place.inHome(".kiro/hooks/atmd.json"),
                List.of(
                    HookTable.of(
                        "kiro",
                        ONE_LIST,
                        HOOKS,
                        Map.of("version", "v1"),
                        Hook.each(call, "SessionStart UserPromptSubmit PostToolUse Stop"),
                        STRICT)))),
        "");
  }

  private static HarnessSetup aider() {
    return new HarnessSetup(
        Harness.AIDER,
        List.of("aider"),
        List.of(Place.inHome(".aider.conf.yml")),
        List.of(
            SettingsFile.settings(
                Place.inHome(".aider.conf.yml"),
                List.of(new ConfLines("aider", "notifications", "notifications-command")))),
        "Aider tells only that it is the user's turn.");
  }
}
