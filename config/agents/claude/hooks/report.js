// atmd reporter for Claude Code (a mod): tells the daemon what the agent does, in its own process.
// Loaded with `claude --plugin-dir <this directory>`; needs Claude Code 2.1.287.
//
// Event names and calls are written out because Claude Code checks them before it runs this.

const MAX_UNANSWERED = 64 // Reports on their way; beyond that new ones are dropped.
const MAX_BODY = 900_000 // Characters; the daemon takes 1 MiB.
const MAX_TARGET = 500

let unanswered = 0
let count = 0
const origin = Date.now().toString(36)

async function socketPath($) {
  const chosen = await $.env.get('ATM_SOCKET')
  if (chosen) return chosen
  const runtime = await $.env.get('XDG_RUNTIME_DIR')
  // Elsewhere the path has the number of the user in it, which a mod cannot ask for; the link leads there.
  return runtime ? runtime + '/atm.sock' : '/tmp/atm.sock'
}

// Answers at once or soon, and never fails. `body` is called late, so that its failure is ours too.
async function report($, event, body) {
  if (unanswered >= MAX_UNANSWERED) return
  unanswered++
  try {
    const at = new Date().toISOString()
    const id = origin + '-' + ++count
    const session_id = await $.session.id()
    const payload = JSON.stringify({ session_id, ...body() })
    if (payload.length > MAX_BODY) return
    const headers = { 'content-type': 'application/json', 'Atm-Event': event, 'Atm-At': at, 'Atm-Id': session_id + '-' + id }
    const pane = await $.env.get('TMUX_PANE')
    if (pane) headers['Atm-Pane'] = pane
    await $.http.fetch('http://atmd/v1/agents/claude/events', {
      method: 'POST',
      socketPath: await socketPath($),
      headers,
      body: payload,
    })
  } catch {
    // No daemon, or an older Claude Code. A report is never worth an error in the agent.
  } finally {
    unanswered--
  }
}

const pass = ($, e, next) => next(e)

// What a tool works on, in the words of a settings hook; never whole files.
function target(input) {
  const short = {}
  for (const name of ['command', 'file_path', 'pattern', 'url', 'description', 'path']) {
    if (typeof input?.[name] === 'string') short[name] = input[name].slice(0, MAX_TARGET)
  }
  return short
}

function toolEvent(event, e) {
  return () => ({
    hook_event_name: event,
    tool_name: e.tool,
    tool_use_id: e.tool_use_id,
    agent_id: e.agentId,
    tool_input: target(e.input),
  })
}

export const register = (on) => {
  on('classic.SessionStart', ($, e, next) => { report($, 'SessionStart', () => e); return next(e) }).catch(pass)
  on('classic.UserPromptSubmit', ($, e, next) => { report($, 'UserPromptSubmit', () => e); return next(e) }).catch(pass)
  on('classic.PermissionRequest', ($, e, next) => { report($, 'PermissionRequest', () => e); return next(e) }).catch(pass)
  on('classic.PermissionDenied', ($, e, next) => { report($, 'PermissionDenied', () => e); return next(e) }).catch(pass)
  on('classic.Notification', ($, e, next) => { report($, 'Notification', () => e); return next(e) }).catch(pass)
  on('classic.Elicitation', ($, e, next) => { report($, 'Elicitation', () => e); return next(e) }).catch(pass)
  on('classic.ElicitationResult', ($, e, next) => { report($, 'ElicitationResult', () => e); return next(e) }).catch(pass)
  on('classic.SubagentStart', ($, e, next) => { report($, 'SubagentStart', () => e); return next(e) }).catch(pass)
  on('classic.SubagentStop', ($, e, next) => { report($, 'SubagentStop', () => e); return next(e) }).catch(pass)
  on('classic.PreCompact', ($, e, next) => { report($, 'PreCompact', () => e); return next(e) }).catch(pass)
  on('classic.PostCompact', ($, e, next) => { report($, 'PostCompact', () => e); return next(e) }).catch(pass)
  on('classic.CwdChanged', ($, e, next) => { report($, 'CwdChanged', () => e); return next(e) }).catch(pass)
  on('classic.Stop', ($, e, next) => { report($, 'Stop', () => e); return next(e) }).catch(pass)
  on('classic.StopFailure', ($, e, next) => { report($, 'StopFailure', () => e); return next(e) }).catch(pass)

  // These await `next` and carry no catch: a tool must not run twice because a report failed.
  on('tool.call', async ($, e, next) => {
    report($, 'PreToolUse', toolEvent('PreToolUse', e))
    try {
      const result = await next(e)
      report($, 'PostToolUse', toolEvent('PostToolUse', e))
      return result
    } catch (failure) {
      report($, 'PostToolUseFailure', toolEvent('PostToolUseFailure', e))
      throw failure
    }
  })
  on('turn.complete', async ($, e, next) => {
    const result = await next(e)
    report($, 'turn.complete', () => ({ agentId: e.agentId, isAborted: e.isAborted, reason: e.reason, durationMs: e.durationMs, usage: e.usage }))
    return result
  })

  on('session.measure', ($, e, next) => { report($, 'session.measure', () => ({ context: e.context, rateLimits: e.rateLimits, cost: e.cost })); return next(e) }).catch(pass)

  // The last words: worth waiting for, within the second and a half that Claude Code gives.
  on('classic.SessionEnd', async ($, e, next) => { await report($, 'SessionEnd', () => e); return next(e) }).catch(pass)
}
