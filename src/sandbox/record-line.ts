import type { RequestRecord } from './sandbox-log';

/** One request as a line: `POST /photos 401 (photos prod) NightlyExport: scopeMissing …`. */
export function recordLine({ what, status, subject, client, reason }: RequestRecord): string {
  const place = subject === undefined ? '' : ` (${subject})`;
  const because = [client, reason].filter((each) => each !== undefined).join(': ');
  return `${what} ${status}${place}${because === '' ? '' : ` ${because}`}`.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�');
}
