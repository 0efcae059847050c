// A pi with nothing in it but events. Usage: pi.mjs REPORTER [stay]; prints how often a handler failed.
const { default: extension } = await import(process.argv[2])
const handlers = new Map()
extension({
  on(name, handler) {
    if (name === 'ui_prompt_end') throw new Error('this build has no ' + name)
    handlers.set(name, handler)
  },
})
const context = {
  cwd: '/work/lib',
  mode: 'tui',
  model: { provider: 'anthropic', id: 'claude-sonnet' },
  sessionManager: { getSessionId: () => 'pi-1', getSessionFile: () => null },
  getContextUsage: () => ({ tokens: 48211, contextWindow: 200000, percent: 24.1 }),
}
let failures = 0
function emit(name, event = {}, with_ = context) {
  try {
    const answer = handlers.get(name)?.({ type: name, ...event }, with_)
    if (answer !== undefined) failures++
  } catch {
    failures++
  }
}
const rounds = Number(process.env.ROUNDS ?? 1)
emit('session_start', { reason: 'startup' })
for (let round = 1; round <= rounds; round++) {
  emit('agent_start')
  emit('tool_execution_start', { toolCallId: 'c' + round, toolName: 'bash', args: { command: 'make test' } })
  emit('message_update', { delta: 'x' })
  emit('tool_execution_end', { toolCallId: 'c' + round, toolName: 'bash', result: 'y'.repeat(2_000_000), isError: false })
}
// What nobody foresees must not disturb the agent.
const cycle = {}
cycle.self = cycle
emit('tool_execution_start', { toolName: 'odd', args: cycle })
emit('agent_end', { messages: [{ role: 'assistant', stopReason: 'aborted' }] }, undefined)
emit('agent_settled')
console.log(JSON.stringify({ failures, pid: process.pid }))
if (process.argv[3] === 'stay') {
  process.stdin.resume()
  process.stdin.on('end', () => process.exit(0))
}
