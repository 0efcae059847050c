// atmd reporter for OpenCode 1 and 2: tells the daemon what the sessions of this process do.
// Installed by `atm setup opencode` as ~/.config/opencode/plugins/atmd.js; `atm uninstall opencode` removes it.

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
const report = link('opencode')

const WANTED = new RegExp(
  '^(session\\.(created|updated|renamed|moved|deleted|status|idle|error|execution|step|usage|retry|compact)' +
    '|session\\.tool\\.(called|success|failed)|permission|question|form)',
)

// In version 1 tools and costs come as updates of messages, which also come with each token.
function isWanted(event) {
  if (event.type === 'message.part.updated') {
    const part = event.properties?.part
    return part?.type === 'tool' && part.state?.status !== 'pending'
  }
  if (event.type === 'message.updated') return event.properties?.info?.time?.completed !== undefined
  return WANTED.test(event.type)
}

// An event of version 2 has a name of its own and a time: it may be sent again after a reconnect.
function stamp(event) {
  const stamp = {}
  if (typeof event.id === 'string' && event.id) stamp.id = event.id
  if (event.created > 0 && event.created < 8.64e15) stamp.at = new Date(event.created).toISOString()
  return stamp
}

function take(event, beside) {
  try {
    if (isWanted(event)) report(event, { ...beside, ...stamp(event), event: event.type })
  } catch {
    // An event of a kind that nobody foresaw.
  }
}

export default {
  id: 'atmd',

  // Version 1: this process is the one that the user sees.
  async server() {
    const beside = { pid: process.pid, tmux_pane: process.env.TMUX_PANE }
    return { event: async ({ event }) => take(event, beside) }
  },

  // Version 2: a service in the background, whose environment is that of whichever terminal came first.
  async setup(context) {
    const beside = { pid: process.pid }
    let isOver = false
    void (async () => {
      for await (const event of context.event.subscribe()) {
        if (isOver) return
        take(event, beside)
      }
    })().catch(() => {})
    return () => {
      isOver = true
    }
  },
}
