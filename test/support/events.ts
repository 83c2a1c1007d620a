/** The data of each server-sent event of an answer, comments left out. */
export async function* readEvents(response: Response): AsyncGenerator<unknown, undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.match(/^data: (.*)$/m)?.[1];
      if (data !== undefined) {
        yield JSON.parse(data);
      }
    }
  }
  return undefined;
}
