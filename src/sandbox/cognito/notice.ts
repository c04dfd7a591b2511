/** Something that the sandbox runs otherwise than AWS would, or leaves out, because the templates do not fix it. */
export interface Notice {
  /** Id of the entity in the access model. */
  readonly entity: string;
  /** What is left out or assumed: `callback URL https://${App/Host}/cb is left out`. */
  readonly what: string;
  readonly why: string;
}

/** A notice as one line. */
export function noticeText({ entity, what, why }: Notice): string {
  return `${entity}: ${what}: ${why}`;
}
