import { NO_PATH, UNAUTHORIZED, type Attack, type Refusal } from './attack';
import { STAGE } from './attacked-sandbox';

/** A path below the stage, asked for with a token that has `photos/read`. */
function path(below: string, refusal: Refusal = NO_PATH): Attack {
  return { name: `GET …${shown(below)}`, refusal, send: (on) => on.raw(`GET ${STAGE}${utf8(below)}`, [`Authorization: Bearer ${on.reader}`]) };
}

/** The bytes of a text in UTF-8, as characters. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** A text as a title. */
const shown = (text: string) => text.replace(/[^\x20-\x7e]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A whole target of a request line. */
function target(text: string, refusal: Refusal = { status: 404 }): Attack {
  return { name: `GET ${shown(text)}`, refusal, send: (on) => on.raw(`GET ${text}`, [`Authorization: Bearer ${on.reader}`]) };
}

const BAD_REQUEST: Refusal = { status: 400 };

/** Ways around `GET /photos/admin` and `GET /open/closed`, which take `photos/write`, by `/photos`, `/photos/{id}` and `/open/{proxy+}`. */
export const PATH_ATTACKS: readonly Attack[] = [
  path('/photos/admin', UNAUTHORIZED),
  path('/photos/admin/', UNAUTHORIZED),
  path('/photos/admin?', UNAUTHORIZED),
  path('/photos/admin?x=/photos', UNAUTHORIZED),
  path('/open/closed', UNAUTHORIZED),
  path('/open/closed/', UNAUTHORIZED),
  ...[
    '//photos/admin', '/photos//admin', '/photos/admin//', '///photos///admin', '/photos/./admin', '/./photos/admin', '/photos/x/../admin', '/photos/admin/.', '/photos/admin/..',
    '/photos/admin/../admin', '/../prod/photos/admin', '/%2e/photos/admin', '/photos/%2e/admin', '/photos/%2e%2e/photos/admin', '/photos/.%2e/photos/admin',
    '/photos/%2E%2E/photos/admin', '/photos/%252e%252e/photos/admin', '/photos%2fadmin', '/photos%2Fadmin', '/photos%252fadmin', '/photos%5cadmin', '/photos/%61dmin',
    '/photos/admi%6e', '/photos/%61%64%6D%69%6E', '/%70hotos/admin', '/photos/admin%00', '/photos/admin%00.jpg', '/photos/admin%0a', '/photos/admin%0d%0a', '/photos/admin%7f',
    '/photos/admin%', '/photos/admin%2', '/photos/admin%zz', '/photos/admin%c0%af', '/photos/%c1%a1dmin', '/photos/admin#', '/photos/admin#x', '/photos/admin|', '/photos/admin"',
    '/photos/<admin>', '/photos/{admin}', '/photos/admin^', '/photos/admin`', '/photos;x/admin', '/PHOTOS/admin', '/Photos/admin', '/photo', '/photos/admin/x',
    '/open/%63losed', '/open/clos%65d', '/open//closed', '/open/./closed', '/open/x/../closed', '/open/%2e/closed', '/open%2fclosed', '/open/closed%2f', '/open/closed%2f..%2fx',
    '/open/closed%5c', '/open/..%2fphotos', '/open/%2e%2e/photos/admin', '/open/..;/photos/admin/..',
    '/__proto__', '/constructor', '/hasOwnProperty', '/toString',
  ].map((each) => path(each)),
  ...['/photos\\admin', '\\photos\\admin', '/photos/..\\admin'].map((each) => path(each, { status: [400, 403] })),
  ...['/photos/\u0430dmin', '/photos/admin\u00a0', '/photos/admin\u0000', '/photos/ admin', '/photos/admin\t'].map((each) => path(each, { status: [400, 403] })),
  target('/apis/photos/prod%2fphotos', { status: 403 }),
  target('/apis/photos/dev/../prod/photos', { status: 403 }),
  target('/apis/photos/PROD/photos', { status: 403 }),
  target('/apis/photos/prod;x/photos', { status: 403 }),
  target('/apis/photos', { status: 403 }),
  target('/apis/photos/', { status: 403 }),
  target('/apis/photos/__proto__/photos', { status: 403 }),
  ...['/apis', '/apis/', '/apis/__proto__/prod/photos', '/apis/constructor/prod/photos', '/apis/Photos/prod/photos', '/apis/phot%6fs/prod/photos', '/APIS/photos/prod/photos', '//apis/photos/prod/photos',
    '/apis//photos/prod/photos', '/./apis/photos/prod/photos', '/x/../apis/photos/prod/photos', '/apis/../apis/photos/prod/photos', '/%61pis/photos/prod/photos', '/apis%2fphotos/prod/photos',
    '/apis/./photos/prod/photos', '/apis;/photos/prod/photos', '/_sandbox/../apis/photos/prod/photos', '/apis?/photos/prod/photos', '/apis/..', '/apis/../',
    '/apis/../_sandbox/description', '/apis/../_sandbox/requests', '/apis/%2e%2e/_sandbox/requests'].map((each) => target(each)),
  ...['http://127.0.0.1/apis/photos/prod/photos', 'http://photos/apis/photos/prod/photos', 'https://127.0.0.1/apis/photos/prod/photos', 'HTTP://127.0.0.1/apis/photos/prod/photos',
    'http://127.0.0.1/', 'http://evil.example/', 'http://evil.example/_sandbox/requests'].map((each) => target(each, BAD_REQUEST)),
  ...['apis/photos/prod/photos', '*', '?', 'file:///apis/photos/prod/photos', '127.0.0.1:80', ''].map((each) => target(each, BAD_REQUEST)),
];

/** What is a path of `/photos/{id}` or `/open/{proxy+}` all the same. */
export const GOOD_PATHS: readonly (readonly [path: string, method: string])[] = [
  ['/photos', 'ListPhotos'],
  ['/photos/', 'ListPhotos'],
  ['/photos/7', 'GetPhoto'],
  ['/photos/ADMIN', 'GetPhoto'],
  ['/photos/Admin', 'GetPhoto'],
  ['/photos/admin;x', 'GetPhoto'],
  ['/photos/.admin', 'GetPhoto'],
  ['/photos/admin.', 'GetPhoto'],
  ['/photos/admin%20', 'GetPhoto'],
  ['/photos/admin%3f', 'GetPhoto'],
  ['/photos/admin+', 'GetPhoto'],
  ['/photos/%D0%B0dmin', 'GetPhoto'],
  ['/photos/__proto__', 'GetPhoto'],
  ['/photos/constructor', 'GetPhoto'],
  ['/open/closed/x', 'GetOpen'],
  ['/open/CLOSED', 'GetOpen'],
];
