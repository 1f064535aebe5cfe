/** A reporter of Node's test runner that writes the runner's own final figures as JSON. A cancelled test has failed. */
export default async function* figures(source) {
  for await (const event of source) {
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { passed, failed, cancelled, skipped, todo } = event.data.counts;
    yield JSON.stringify({ passed, failed: failed + cancelled, skipped, todo });
  }
}
