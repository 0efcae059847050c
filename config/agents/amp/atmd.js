// atmd reporter for Amp: tells the daemon what the threads of this process do.
// Installed by `atm setup amp` as ~/.config/amp/plugins/atmd.js; `atm uninstall amp` removes it.

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
const report = link('amp')

const MAX_TEXT = 2_000

function shortened(text) {
  return typeof text === 'string' ? text.slice(0, MAX_TEXT) : undefined
}

export default function (amp) {
  const watched = new Set()
  const beside = { pid: process.pid, tmux_pane: process.env.TMUX_PANE }

  function tell(event, data) {
    report({ ...data, cwd: process.cwd() }, { ...beside, event })
  }

  // What `state` and `title` say now and later. The observables are experimental: any may be missing.
  function watch(thread) {
    if (!thread?.id || watched.has(thread.id)) return
    watched.add(thread.id)
    const id = thread.id
    thread.state?.subscribe?.((state) => tell('thread.state', { thread: { id }, state }))
    thread.title?.subscribe?.((title) => tell('thread.title', { thread: { id }, title: shortened(title) }))
    Promise.resolve(thread.state?.get?.())
      .then((state) => state && tell('thread.state', { thread: { id }, state }))
      .catch(() => {})
  }

  function on(name, fields) {
    try {
      amp.on(name, (event, context) => {
        try {
          const thread = context?.thread ?? event?.thread
          tell(name, { thread: { id: event?.thread?.id ?? thread?.id }, ...fields(event ?? {}) })
          watch(thread)
        } catch {
          // A report is never worth an error in the agent.
        }
      })
    } catch {
      // An event that this build does not know.
    }
  }

  // Not tool.call: its answer decides whether the tool runs.
  on('session.start', () => ({}))
  on('agent.start', (event) => ({ id: event.id, message: shortened(event.message) }))
  on('agent.end', (event) => ({ id: event.id, status: event.status }))
  on('tool.result', (event) => ({
    toolUseID: event.toolUseID,
    tool: event.tool,
    status: event.status,
    error: shortened(event.error),
  }))
}
