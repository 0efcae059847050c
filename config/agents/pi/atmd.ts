// atmd reporter for pi: tells the daemon what this agent does.
// Installed by `atm setup pi` as ~/.pi/agent/extensions/atmd.ts; `atm uninstall pi` removes it.

// --- The way to the daemon: the same lines in every reporter, and a test compares them. ---
// One connection that stays; a bounded queue while there is none; nothing that waits or throws.

import { existsSync, lstatSync } from 'node:fs'
import { connect } from 'node:net'

const MAX_WAITING = 512 // Events; the oldest go first.
const MAX_LINE = 900_000 // Characters; the daemon skips lines beyond 1 MiB.
const STALLED_MS = 1_000 // How long a daemon may read nothing; a write that waits keeps the agent from ending.
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000
const VERSION = { major: 1, minor: 1 }

// What an agent does is for its user: a socket that somebody else has put there is told nothing.
function isOurs(path) {
  const { uid } = lstatSync(path)
  return uid === process.getuid() || uid === 0
}

function socketPath() {
  if (process.env.ATM_SOCKET) return process.env.ATM_SOCKET
  const runtime = process.env.XDG_RUNTIME_DIR
  const own = runtime ? `${runtime}/atm.sock` : `/tmp/atm-${process.getuid()}/atm.sock`
  return !existsSync(own) && existsSync('/tmp/atm.sock') ? '/tmp/atm.sock' : own
}

function link(harness) {
  const origin = `${process.pid}-${Date.now().toString(36)}`
  const waiting = []
  let socket = null
  let isReady = false
  let pause = FIRST_PAUSE_MS
  let timer = null
  let stall = null
  let underWay = null
  let sent = 0

  function flush() {
    while (isReady && waiting.length > 0 && socket.writable && socket.writableLength === 0) {
      const line = waiting.shift()
      socket.write(line, (failure) => written(line, failure))
      if (socket.writableLength > 0) underWay = line
    }
    if (underWay && !stall) {
      const stuck = socket
      stall = setTimeout(() => stuck.destroy(), STALLED_MS)
      stall.unref?.()
    }
  }

  // Lines that went at once are told of too, but later.
  function written(line, failure) {
    if (failure || line !== underWay) return
    clearTimeout(stall)
    stall = null
    underWay = null
    flush()
  }

  function lost() {
    clearTimeout(stall)
    stall = null
    // What was under way goes again; the daemon knows it by its id if it has it.
    if (underWay) waiting.unshift(underWay)
    underWay = null
    socket = null
    isReady = false
    if (waiting.length > 0 && !timer) {
      timer = setTimeout(() => { timer = null; open() }, pause)
      timer.unref?.()
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }

  function open() {
    if (socket || timer) return
    try {
      const path = socketPath()
      if (!isOurs(path)) throw new Error('the daemon of somebody else')
      const next = connect({ path })
      socket = next
      next.unref?.()
      next.on('error', () => { isReady = false })
      next.on('close', lost)
      next.on('connect', () => {
        isReady = true
        pause = FIRST_PAUSE_MS
        next.write(JSON.stringify({ protocol_version: VERSION, type: 'connect' }) + '\n')
        flush()
      })
      next.resume()
    } catch {
      lost()
    }
  }

  // Takes an event as the harness gives it. `beside` is what it does not say itself.
  return function report(data, beside = {}) {
    try {
      const line = JSON.stringify({
        protocol_version: VERSION,
        type: 'agent_event',
        harness,
        at: new Date().toISOString(),
        id: `${origin}-${++sent}`,
        ...beside,
        data,
      })
      if (line.length > MAX_LINE) return
      waiting.push(line + '\n')
      if (waiting.length > MAX_WAITING) waiting.shift()
      if (isReady) flush()
      else open()
    } catch {
      // A report is never worth an error in the agent.
    }
  }
}

// --- The end of the way to the daemon. ---
const report = link('pi')

// Events, and of each the fields that tell the state; never messages or results, which have no bound.
const EVENTS = {
  session_start: ['reason'],
  session_info_changed: ['name'],
  session_shutdown: ['reason'],
  input: ['source', 'text'],
  agent_start: [],
  agent_end: [],
  agent_settled: [],
  ui_prompt_start: ['kind', 'title'],
  ui_prompt_end: ['kind', 'title'],
  tool_execution_start: ['toolCallId', 'toolName', 'args'],
  tool_execution_end: ['toolCallId', 'toolName', 'isError'],
  session_before_compact: ['reason'],
  session_compact: ['reason'],
  session_compact_failed: ['reason', 'willRetry'],
  model_select: ['model'],
}

const MAX_TEXT = 2_000

function shortened(value) {
  if (typeof value === 'string') return value.slice(0, MAX_TEXT)
  const text = attempt(() => JSON.stringify(value))
  return text !== undefined && text.length <= MAX_TEXT ? value : undefined
}

// A field that this build of pi does not have, or that fails, is a field that is not there.
function attempt(read) {
  try {
    return read() ?? undefined
  } catch {
    return undefined
  }
}

function modelName(model) {
  return model?.provider && model?.id ? `${model.provider}/${model.id}` : undefined
}

export default function (pi) {
  for (const [name, fields] of Object.entries(EVENTS)) {
    const take = (event, context) => {
      try {
        const payload = {}
        for (const field of fields) payload[field] = shortened(event?.[field])
        if (name === 'model_select') payload.model = modelName(event?.model)
        const last = name === 'agent_end' ? event?.messages?.at?.(-1) : undefined
        if (last?.stopReason) payload.stopReason = last.stopReason
        report(
          {
            event: name,
            session_id: attempt(() => context.sessionManager.getSessionId()),
            session_name: attempt(() => context.sessionManager.getSessionName()),
            cwd: attempt(() => context.cwd),
            mode: attempt(() => context.mode),
            model: attempt(() => modelName(context.model)),
            context: attempt(() => context.getContextUsage()),
            payload,
          },
          { pid: process.pid, tmux_pane: process.env.TMUX_PANE },
        )
      } catch {
        // A report is never worth an error in the agent.
      }
    }
    // A build that does not know an event may refuse it; the others still count.
    attempt(() => pi.on(name, take))
  }
}
