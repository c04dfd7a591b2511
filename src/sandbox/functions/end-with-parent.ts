import { Worker } from 'node:worker_threads';

/** Milliseconds. */
const EVERY = 1000;

/* A thread of its own looks after the parent, since a function may never give way. */
const WATCH = `
const { workerData: parent } = require('node:worker_threads');
setInterval(() => {
  let there = process.ppid === parent;
  try { process.kill(parent, 0); } catch { there = false; }
  if (!there) process.kill(process.pid, 'SIGKILL');
}, ${EVERY});
`;

/** Ends this process within seconds after its parent, however that ended. Keeps it from nothing else. */
export function endWithParent(): void {
  new Worker(WATCH, { eval: true, execArgv: [], env: {}, workerData: process.ppid }).unref();
}
