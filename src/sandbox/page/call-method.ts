import { fillPath, type CallableMethod } from './callable-methods';
import type { RequestRecord, SandboxLog } from '../sandbox-log';

/** A call that somebody asks for. */
export interface CallQuestion {
  readonly target: CallableMethod;
  /** One of the verbs of a request, where the method is `ANY`. */
  readonly verb: string;
  /** Without the question mark. */
  readonly query: string;
  readonly token?: string;
  readonly apiKey?: string;
  readonly contentType: string;
  /** Empty for none. */
  readonly body: string;
  /** The value of a path variable. */
  valueOf(variable: string): string;
}

/** What a call came to. Never holds the token or the API key that was sent. */
export interface CallResult {
  readonly verb: string;
  readonly url: string;
  /** Whose token was sent and which. */
  readonly as: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: ShownBody;
  /** Milliseconds. */
  readonly duration: number;
  /** What the log has about the request. */
  readonly record?: RequestRecord;
}

/** A body as the page shows it. */
export interface ShownBody {
  /** Indented where it is JSON; empty where it is no text. */
  readonly text: string;
  /** Why not all of it is shown. */
  readonly note?: string;
}

/** Somewhat more than API Gateway gives an integration. */
const TIMEOUT_MS = 35_000;
const SHOWN_BYTES = 64 * 1024;
const BODILESS_VERBS = ['GET', 'HEAD'];
/** Verbs for which the page offers a body. */
export const VERBS_WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE', 'ANY'];

/**
 * Calls a method of the gateway over HTTP, as any client does. Redirects are shown and not followed.
 *
 * @param url of the stage
 * @param as what the page says of the caller
 */
export async function callMethod(
  url: string, question: CallQuestion, as: string, log: SandboxLog,
): Promise<CallResult | { readonly wrong: string }> {
  const { target, verb, query, token, apiKey, contentType, body } = question;
  const filled = fillPath(target.path, question.valueOf);
  if ('wrong' in filled) return filled;
  const asked = `${url}${filled.path}${query === '' ? '' : `?${query}`}`;
  const hasBody = body !== '' && !BODILESS_VERBS.includes(verb);
  const started = performance.now();
  try {
    const headers = new Headers({ Accept: '*/*' });
    if (token !== undefined) headers.set(target.tokenHeader, `Bearer ${token}`);
    if (apiKey !== undefined) headers.set('x-api-key', apiKey);
    if (hasBody && contentType !== '') headers.set('Content-Type', contentType);
    const before = log.last().at(0)?.number ?? 0;
    const response = await fetch(asked, {
      method: verb, headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS), ...(hasBody && { body }),
    });
    const shown = await readBody(response);
    return {
      verb,
      url: new URL(asked).href,
      as,
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      body: shown,
      duration: Math.round(performance.now() - started),
      record: recordOf(log, response.headers.get('x-amzn-requestid'), before),
    };
  } catch (error) {
    return { wrong: `the request could not be sent, or was not answered: ${causeOf(error as Error)}` };
  }
}

/** The record of a request: by its id, else the newest of the gateway since. */
function recordOf(log: SandboxLog, requestId: string | null, before: number): RequestRecord | undefined {
  const since = log.last().filter(({ part, number }) => part === 'gateway' && number > before);
  const own = since.find((record) => record.requestId !== undefined && record.requestId === requestId);
  return own ?? since.find((record) => record.requestId === undefined);
}

async function readBody(response: Response): Promise<ShownBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    if (size > SHOWN_BYTES) break;
  }
  const bytes = Buffer.concat(chunks);
  const type = response.headers.get('content-type') ?? '';
  const text = bytes.subarray(0, SHOWN_BYTES).toString('utf8');
  if (size <= SHOWN_BYTES && text.includes('\ufffd')) {
    return { text: '', note: `${size} bytes that are no text${type === '' ? '' : ` (${type})`}` };
  }
  if (size > SHOWN_BYTES) return { text, note: `only the first ${SHOWN_BYTES / 1024} KiB are shown` };
  return { text: indented(text) };
}

/** JSON with line breaks; only where reading it loses nothing, such as digits of a long number. */
function indented(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, undefined, 2) : text;
  } catch {
    return text;
  }
}

function causeOf(error: Error): string {
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
