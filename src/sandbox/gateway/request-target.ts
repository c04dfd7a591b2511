/** The parts of a request line that lead to a stage of an API. All parts as received: nothing is decoded or normalised. */
export interface RequestTarget {
  readonly slug: string;
  /** Empty where the path has none. */
  readonly stage: string;
  /** Path behind the stage; begins with a slash. */
  readonly path: string;
  /** What is behind the first `?`; empty where there is none. */
  readonly query: string;
}

/** Where the gateway is mounted. */
const GATEWAY_PATH = '/apis/';

/** Takes the target of a request line apart; undefined where it does not lead to the gateway. */
export function readRequestTarget(target: string): RequestTarget | undefined {
  if (!target.startsWith(GATEWAY_PATH)) return undefined;
  const mark = target.indexOf('?');
  const end = mark < 0 ? target.length : mark;
  const slugEnd = slashOrEnd(target, GATEWAY_PATH.length, end);
  const stageEnd = slashOrEnd(target, slugEnd + 1, end);
  return {
    slug: target.slice(GATEWAY_PATH.length, slugEnd),
    stage: target.slice(slugEnd + 1, stageEnd),
    path: stageEnd < end ? target.slice(stageEnd, end) : '/',
    query: mark < 0 ? '' : target.slice(mark + 1),
  };
}

function slashOrEnd(text: string, from: number, end: number): number {
  const slash = text.indexOf('/', from);
  return slash < 0 || slash > end ? end : slash;
}
