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
import java.util.LinkedHashMap;
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
    var later = entry("type", "command", "command", COMMAND, "async", true, "timeout", SECONDS);
    var hooks =
        new ArrayList<>(
            hooks(later, "SessionStart", "UserPromptSubmit", "PermissionRequest", "PostToolBatch"));
    hooks.add(new Hook("PreToolUse", "AskUserQuestion|ExitPlanMode", later));
    hooks.addAll(hooks(later, "Notification", "Elicitation", "ElicitationResult"));
    hooks.addAll(hooks(later, "SubagentStart", "SubagentStop", "PreCompact", "PostCompact"));
    hooks.addAll(hooks(later, "Stop", "StopFailure"));
    hooks.addAll(hooks(entry("type", "command", "command", COMMAND, "timeout", 1), "SessionEnd"));
    return new HarnessSetup(
        Harness.CLAUDE,
        List.of("claude"),
        List.of(Place.in("CLAUDE_CONFIG_DIR", ".claude", "")),
        List.of(
            new SettingsFile(
                Place.in("CLAUDE_CONFIG_DIR", ".claude", "settings.json"),
                false,
                List.of(
                    table("claude", GROUPS, HOOKS, Map.of(), hooks, STRICT),
                    new StatusLine("claude", Map.of(), STRICT)))),
        "Sessions that run already may need a restart.");
  }

  private static HarnessSetup codex() {
    var later = entry("type", "command", "command", COMMAND, "async", true, "timeout", SECONDS);
    var atOnce = entry("type", "command", "command", COMMAND, "timeout", 1);
    var hooks =
        new ArrayList<>(
            hooks(later, "SessionStart", "UserPromptSubmit", "PermissionRequest", "PostToolUse"));
    hooks.addAll(hooks(later, "SubagentStart", "SubagentStop", "PreCompact", "PostCompact"));
    hooks.addAll(hooks(later, "Stop"));
    hooks.addAll(hooks(atOnce, "Interrupt", "SessionEnd"));
    return new HarnessSetup(
        Harness.CODEX,
        List.of("codex"),
        List.of(Place.in("CODEX_HOME", ".codex", "")),
        List.of(
            new SettingsFile(
                Place.in("CODEX_HOME", ".codex", "hooks.json"),
                false,
                List.of(table("codex", GROUPS, HOOKS, Map.of(), hooks, STRICT)))),
        "Codex skips new hooks in silence until you approve them: type /hooks in Codex.");
  }

  private static HarnessSetup opencode(Reporters reporters) {
    return new HarnessSetup(
        Harness.OPENCODE,
        List.of("opencode"),
        List.of(Place.inConfig("opencode")),
        List.of(
            whole(Place.inConfig("opencode/plugins/atmd.js"), reporters.of("opencode/atmd.js"))),
        "Restart OpenCode.");
  }

  private static HarnessSetup cursor() {
    var call = entry("command", COMMAND, "timeout", SECONDS);
    var hooks =
        hooks(
            call,
            "sessionStart",
            "beforeSubmitPrompt",
            "postToolUse",
            "postToolUseFailure",
            "subagentStart",
            "subagentStop",
            "preCompact",
            "stop",
            "sessionEnd");
    return new HarnessSetup(
        Harness.CURSOR,
        List.of("cursor-agent"),
        List.of(Place.inHome(".cursor")),
        List.of(
            new SettingsFile(
                Place.inHome(".cursor/hooks.json"),
                false,
                List.of(table("cursor", ENTRIES, HOOKS, Map.of("version", 1), hooks, STRICT))),
            new SettingsFile(
                Place.inHome(".cursor/cli-config.json"),
                false,
                List.of(new StatusLine("cursor", Map.of(), STRICT)))),
        "");
  }

  private static HarnessSetup copilot() {
    var call =
        entry(
            "type", "command", "exec", PROGRAM, "args", List.of("copilot"), "timeoutSec", SECONDS);
    // Not preToolUse: there a hook that fails denies every tool.
    var hooks =
        hooks(
            call,
            "SessionStart",
            "UserPromptSubmit",
            "notification",
            "PostToolUse",
            "PostToolUseFailure",
            "PreCompact",
            "Stop",
            "ErrorOccurred",
            "SessionEnd");
    return new HarnessSetup(
        Harness.COPILOT,
        List.of("copilot"),
        List.of(Place.in("COPILOT_HOME", ".copilot", "")),
        List.of(
            new SettingsFile(
                Place.in("COPILOT_HOME", ".copilot", "hooks/atmd.json"),
                true,
                List.of(table("copilot", ENTRIES, HOOKS, Map.of("version", 1), hooks, STRICT)))),
        "");
  }

  private static HarnessSetup antigravity() {
    var call = entry("type", "command", "command", COMMAND, "timeout", SECONDS);
    var table =
        new HookTable(
            "antigravity",
            true,
            ENTRIES,
            List.of("atmd"),
            Map.of(),
            hooks(call, "SessionStart", "Stop"),
            STRICT);
    return new HarnessSetup(
        Harness.ANTIGRAVITY,
        List.of("agy"),
        List.of(Place.inHome(".gemini/antigravity-cli")),
        List.of(
            new SettingsFile(
                Place.inHome(".gemini/antigravity-cli/settings.json"),
                false,
                List.of(
                    new StatusLine("antigravity", Map.of("stack_with_default", true), RELAXED))),
            new SettingsFile(Place.inHome(".gemini/config/hooks.json"), false, List.of(table))),
        "");
  }

  private static HarnessSetup gemini() {
    var call = entry("type", "command", "command", COMMAND, "timeout", MILLIS);
    var hooks =
        hooks(
            call,
            "SessionStart",
            "BeforeAgent",
            "AfterTool",
            "Notification",
            "AfterAgent",
            "PreCompress",
            "SessionEnd");
    return new HarnessSetup(
        Harness.GEMINI,
        List.of("gemini"),
        List.of(Place.inHome(".gemini/settings.json")),
        List.of(
            new SettingsFile(
                Place.inHome(".gemini/settings.json"),
                false,
                List.of(table("gemini", GROUPS, HOOKS, Map.of(), hooks, RELAXED)))),
        "");
  }

  private static HarnessSetup pi(Reporters reporters) {
    return new HarnessSetup(
        Harness.PI,
        List.of("pi"),
        List.of(Place.inHome(".pi/agent")),
        List.of(whole(Place.inHome(".pi/agent/extensions/atmd.ts"), reporters.of("pi/atmd.ts"))),
        "In a running pi, type /reload.");
  }

  private static HarnessSetup amp(Reporters reporters) {
    return new HarnessSetup(
        Harness.AMP,
        List.of("amp"),
        List.of(Place.inConfig("amp")),
        List.of(whole(Place.inConfig("amp/plugins/atmd.js"), reporters.of("amp/atmd.js"))),
        "Restart Amp. Early builds load plugins only with PLUGINS=all.");
  }

  private static HarnessSetup droid() {
    var call = entry("type", "command", "command", COMMAND, "timeout", SECONDS);
    var hooks =
        hooks(
            call,
            "SessionStart",
            "UserPromptSubmit",
            "PostToolUse",
            "Notification",
            "Stop",
            "SubagentStop",
            "PreCompact",
            "SessionEnd");
    return new HarnessSetup(
        Harness.DROID,
        List.of("droid"),
        List.of(Place.inHome(".factory")),
        List.of(
            new SettingsFile(
                Place.inHome(".factory/hooks.json"),
                false,
                List.of(table("droid", GROUPS, List.of(), Map.of(), hooks, STRICT)))),
        "Restart Droid.");
  }

  private static HarnessSetup qwen() {
    var later = entry("type", "command", "command", COMMAND, "async", true, "timeout", MILLIS);
    var hooks =
        new ArrayList<>(
            hooks(later, "SessionStart", "UserPromptSubmit", "PermissionRequest", "PostToolUse"));
    hooks.addAll(hooks(later, "PostToolUseFailure", "Notification"));
    hooks.addAll(hooks(later, "SubagentStart", "SubagentStop", "PreCompact", "PostCompact"));
    hooks.addAll(hooks(later, "Stop", "StopFailure"));
    hooks.addAll(
        hooks(entry("type", "command", "command", COMMAND, "timeout", 1_000), "SessionEnd"));
    return new HarnessSetup(
        Harness.QWEN,
        List.of("qwen"),
        List.of(Place.inHome(".qwen")),
        List.of(
            new SettingsFile(
                Place.inHome(".qwen/settings.json"),
                false,
                List.of(table("qwen", GROUPS, HOOKS, Map.of(), hooks, RELAXED)))),
        "");
  }

  private static HarnessSetup goose() {
    var call = entry("type", "command", "command", COMMAND, "timeout", SECONDS);
    var hooks =
        hooks(
            call,
            "SessionStart",
            "UserPromptSubmit",
            "PostToolUse",
            "PostToolUseFailure",
            "Stop",
            "SessionEnd");
    return new HarnessSetup(
        Harness.GOOSE,
        List.of("goose"),
        List.of(Place.inConfig("goose")),
        List.of(
            whole(
                Place.inHome(".agents/plugins/atmd/plugin.json"),
                """
                {
                  "name": "atmd",
                  "version": "0.1.0",
                  "description": "atmd reporter: tells the daemon what the agent does"
                }
                """),
            new SettingsFile(
                Place.inHome(".agents/plugins/atmd/hooks/hooks.json"),
                true,
                List.of(table("goose", GROUPS, HOOKS, Map.of(), hooks, STRICT)))),
        "");
  }

  private static HarnessSetup crush() {
    var call = entry("command", COMMAND, "timeout", SECONDS);
    return new HarnessSetup(
        Harness.CRUSH,
        List.of("crush"),
        List.of(Place.inConfig("crush")),
        List.of(
            new SettingsFile(
                Place.inConfig("crush/crush.json"),
                false,
                List.of(
                    table("crush", ENTRIES, HOOKS, Map.of(), hooks(call, "PreToolUse"), RELAXED)))),
        "Crush reports nothing but tools: when it is idle or waits cannot be seen.");
  }

  private static HarnessSetup kiro() {
    var call =
        entry(
            "name",
            "atmd-" + EVENT,
            "trigger",
            EVENT,
            "action",
            entry("type", "command", "command", COMMAND),
            "timeout",
            SECONDS,
            "enabled",
            true);
    return new HarnessSetup(
        Harness.KIRO,
        List.of("kiro-cli"),
        List.of(Place.inHome(".kiro")),
        List.of(
            new SettingsFile(
                Place.inHome(".kiro/hooks/atmd.json"),
                true,
                List.of(
                    table(
                        "kiro",
                        ONE_LIST,
                        HOOKS,
                        Map.of("version", "v1"),
                        hooks(call, "SessionStart", "UserPromptSubmit", "PostToolUse", "Stop"),
                        STRICT)))),
        "");
  }

  private static HarnessSetup aider() {
    return new HarnessSetup(
        Harness.AIDER,
        List.of("aider"),
        List.of(Place.inHome(".aider.conf.yml")),
        List.of(
            new SettingsFile(
                Place.inHome(".aider.conf.yml"),
                false,
                List.of(new ConfLines("aider", "notifications", "notifications-command")))),
        "Aider tells only that it is the user's turn.");
  }

  private static SettingsFile whole(Place place, String content) {
    return new SettingsFile(place, true, List.of(new WholeFile(content)));
  }

  private static HookTable table(
      String harness,
      HookTable.Shape shape,
      List<String> parent,
      Map<String, Object> frame,
      List<Hook> hooks,
      boolean hasTrailingCommas) {
    return new HookTable(harness, false, shape, parent, frame, hooks, hasTrailingCommas);
  }

  private static List<Hook> hooks(Map<String, Object> entry, String... events) {
    return List.of(events).stream().map(event -> new Hook(event, null, entry)).toList();
  }

  /** A map in the order written here, as it will stand in the file. */
  private static Map<String, Object> entry(Object... namesAndValues) {
    var entry = new LinkedHashMap<String, Object>();
    for (var at = 0; at < namesAndValues.length; at += 2) {
      entry.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return entry;
  }
}
