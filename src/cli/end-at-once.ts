/**
 * Ends this process now. Node's own exit waits for the threads of its pool, and one of them may wait in DuckDB for a function that only this
 * thread can run (seen with Node 20.20 and @duckdb/node-api 1.5.5), so the process would hang for ever. What is on disk is safe against this.
 */
export function endAtOnce(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('the process goes on after SIGKILL');
}
