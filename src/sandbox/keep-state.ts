import { readCognitoState, type CognitoState } from './cognito/cognito-state';
import { openStateFolder } from './state-folder';
import { ProblemError } from '../model/problem';

/** Milliseconds after a request in which others may change the state too. */
const PAUSE = 50;

/** Keeps the state of a sandbox in a folder. */
export interface StateKeeper {
  /** What an earlier run left. */
  readonly state?: CognitoState;
  /** To be called when something may have changed: writes it a little later, if it did. */
  mayHaveChanged(current: () => CognitoState): void;
  /** Writes what is not written yet. */
  close(current: () => CognitoState): void;
}

/**
 * Opens the state in a folder.
 *
 * @throws ProblemError `SandboxState`
 */
export function keepState(folder: string, report: (line: string) => void): StateKeeper {
  const files = openStateFolder(folder);
  const kept = files.read();
  let written = kept === undefined ? '' : JSON.stringify(kept);
  let timer: NodeJS.Timeout | undefined;
  const write = (current: () => CognitoState) => {
    timer = undefined;
    const state = current();
    const text = JSON.stringify(state);
    if (text === written) return;
    try {
      files.write(state);
      written = text;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      report(error.message);
    }
  };
  return {
    ...(kept !== undefined && { state: checked(kept, folder) }),
    mayHaveChanged(current) {
      timer ??= setTimeout(() => write(current), PAUSE);
    },
    close(current) {
      clearTimeout(timer);
      write(current);
    },
  };
}

function checked(kept: unknown, folder: string): CognitoState {
  const read = readCognitoState(kept, `the state of the sandbox in ${folder}`);
  if ('problems' in read) throw new ProblemError(read.problems);
  return read.state;
}
