// OpenCode 1 and 2 with nothing in them but events. Usage: opencode.mjs REPORTER 1|2
const { default: plugin } = await import(process.argv[2])
const call = (status) => ({ type: 'message.part.updated', properties: { part: { type: 'tool', sessionID: 's1', tool: 'bash', state: { status } } } })
if (process.argv[3] === '1') {
  const hooks = await plugin.server({ directory: '/work/web' })
  const events = [
    { type: 'session.created', properties: { info: { id: 's1', directory: '/work/web' } } },
    { type: 'session.status', properties: { sessionID: 's1', status: { type: 'busy' } } },
    { type: 'message.part.updated', properties: { part: { type: 'text', text: 'token' } } },
    call('pending'),
    call('running'),
    { type: 'permission.asked', properties: { id: 'p1', sessionID: 's1', permission: 'bash' } },
    { type: 'file.watcher.updated', properties: {} },
    { type: 'session.idle', properties: { sessionID: 's1' } },
    { odd: true },
  ]
  for (const event of events) await hooks.event({ event })
} else {
  async function* subscribe() {
    yield { id: 'evt_1', type: 'session.execution.started', data: { sessionID: 's2' } }
    yield { id: 'evt_2', type: 'session.text.delta', data: { sessionID: 's2' } }
    yield { id: 'evt_3', type: 'session.tool.called', data: { sessionID: 's2', callID: 'c' } }
    yield { id: 'evt_4', type: 'session.execution.interrupted', data: { sessionID: 's2', reason: 'user' } }
    throw new Error('the stream broke')
  }
  const stop = await plugin.setup({ event: { subscribe } })
  await new Promise((resolve) => setImmediate(resolve))
  stop()
}
console.log(JSON.stringify({ failures: 0, pid: process.pid }))
