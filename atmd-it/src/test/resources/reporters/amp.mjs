// An Amp with nothing in it but one thread. Usage: amp.mjs REPORTER
const { default: plugin } = await import(process.argv[2])
const handlers = new Map()
plugin({ on: (name, handler) => handlers.set(name, handler) })
let tell = () => {}
const thread = {
  id: 'T-1',
  state: { subscribe: (listener) => { tell = listener }, get: async () => 'idle' },
  title: { subscribe: (listener) => listener('Split the parser') },
}
const answers = []
answers.push(handlers.get('session.start')({ thread: { id: 'T-1' } }, { thread }))
answers.push(handlers.get('agent.start')({ thread: { id: 'T-1' }, message: 'go', id: 'm1' }, { thread }))
tell('running')
tell('awaiting-approval')
answers.push(handlers.get('tool.result')({ thread: { id: 'T-1' }, tool: 'Bash', toolUseID: 'u', status: 'done', output: 'long' }, { thread }))
answers.push(handlers.get('agent.end')({ thread: { id: 'T-1' }, id: 'm1', status: 'cancelled' }, {}))
answers.push(handlers.get('agent.end')(undefined, undefined))
await new Promise((resolve) => setImmediate(resolve))
const failures = answers.filter((answer) => answer !== undefined).length + (handlers.has('tool.call') ? 1 : 0)
console.log(JSON.stringify({ failures, pid: process.pid }))
