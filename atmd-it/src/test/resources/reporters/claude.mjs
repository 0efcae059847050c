// A Claude Code with nothing in it but the mod interface. Usage: claude.mjs REPORTER fail|post
import { request } from 'node:http'
const { register } = await import(process.argv[2])
const isFailing = process.argv[3] === 'fail'
const handlers = new Map()
register((name, handler) => {
  handlers.set(name, handler)
  return { catch: () => {} }
})
const open = []
const $ = {
  env: { get: async (name) => process.env[name] },
  session: { id: async () => 'c-1' },
  http: {
    fetch: (url, { method, socketPath, headers, body }) => {
      if (isFailing) throw new Error('no daemon')
      const done = new Promise((resolve, reject) => {
        const path = new URL(url).pathname
        const sent = request({ socketPath, path, method, headers }, (answer) => answer.resume().on('end', resolve))
        sent.on('error', reject)
        sent.end(body)
      })
      open.push(done.catch(() => {}))
      return done
    },
  },
}
let runs = 0
let failures = 0
async function emit(name, event, result = 'result') {
  const answer = await handlers.get(name)($, event, async () => { runs++; return result })
  if (answer !== result) failures++
}
await emit('classic.SessionStart', { hook_event_name: 'SessionStart', session_id: 'c-1', source: 'startup' })
await emit('classic.UserPromptSubmit', { hook_event_name: 'UserPromptSubmit', session_id: 'c-1', prompt: 'go' })
await emit('tool.call', { tool: 'Bash', tool_use_id: 't1', input: { command: 'ls', content: 'z'.repeat(1000) } })
try {
  await handlers.get('tool.call')($, { tool: 'Edit', tool_use_id: 't2' }, async () => { runs++; throw new Error('refused') })
  failures++
} catch (refused) {
  if (refused.message !== 'refused') failures++
}
await emit('turn.complete', { isAborted: true, durationMs: 12, turnId: 'x' })
await emit('session.measure', { context: { tokens: 5, window: 10 }, cost: { usd: 0.5 } })
await emit('classic.SessionEnd', { hook_event_name: 'SessionEnd', session_id: 'c-1', reason: 'other' })
await new Promise((resolve) => setTimeout(resolve, 20))
await Promise.all(open)
console.log(JSON.stringify({ failures: failures + (runs === 7 ? 0 : 100 + runs), pid: process.pid }))
