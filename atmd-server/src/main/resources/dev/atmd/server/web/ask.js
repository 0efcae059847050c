// Questions to the daemon.

/** The answer, or an object with a message that says why there is none. */
export async function ask(what, parameters = {}) {
  try {
    const answer = await fetch(`/api/${what}?` + new URLSearchParams(parameters));
    const isJson = answer.headers.get('Content-Type')?.startsWith('application/json');
    return isJson ? await answer.json() : { message: (await answer.text()).trim() };
  } catch {
    return { message: 'The daemon does not answer.' };
  }
}
