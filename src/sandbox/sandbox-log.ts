/** One request that the sandbox answered. Never holds a token, a secret or a body. */
export interface RequestRecord {
  /** Increasing from 1. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Which part answered: `gateway`, `oauth`, `cognito-idp`. */
  readonly part: 'gateway' | 'oauth' | 'cognito-idp';
  /** Such as `GET /photos` or `POST /oauth2/token` or `InitiateAuth`; without query. */
  readonly what: string;
  /** Name of the API and stage, or of the user pool. */
  readonly subject?: string;
  readonly status: number;
  /** Name of the client, where it is known. */
  readonly client?: string;
  /** Why: the reason of a decision, or an error and what was wrong, for people. */
  readonly reason?: string;
  /** Set where the answer refuses the request although its status does not say so: a redirect with an error. */
  readonly refused?: true;
  /** `x-amzn-RequestId` of the answer, where it has one: finds the reason of an answer. */
  readonly requestId?: string;
}

/** Keeps the last requests, and hands each to whoever listens. */
export class SandboxLog {
  private readonly records: RequestRecord[] = [];
  private readonly listeners = new Set<(record: RequestRecord) => void>();
  private count = 0;

  public constructor(private readonly kept = 200) {}

  public add(record: Omit<RequestRecord, 'number'>): void {
    const numbered = { number: ++this.count, ...record };
    this.records.push(numbered);
    if (this.records.length > this.kept) this.records.shift();
    for (const listener of this.listeners) listener(numbered);
  }

  /** The last requests, the newest first. */
  public last(): readonly RequestRecord[] {
    return [...this.records].reverse();
  }

  public onRecord(listener: (record: RequestRecord) => void): void {
    this.listeners.add(listener);
  }
}
