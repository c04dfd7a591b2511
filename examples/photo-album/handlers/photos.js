'use strict';

const { randomUUID } = require('node:crypto');
const { answer } = require('./answer');
const { callerOf } = require('./caller');

/** In the memory of one running instance, to keep the example small: a real service has a database here. */
const photos = new Map([
  ['harbour', { id: 'harbour', title: 'Harbour at dawn', addedBy: 'example', owner: 'example' }],
  ['bridge', { id: 'bridge', title: 'The old bridge', addedBy: 'example', owner: 'example' }],
]);

/** The same keys as the routes of the stack. */
const ROUTES = {
  'GET /photos': list,
  'POST /photos': add,
  'GET /photos/{id}': (event) => withPhoto(event, (photo) => answer(200, shown(photo))),
  'PUT /photos/{id}': (event, caller) => withOwnPhoto(event, caller, change),
  'DELETE /photos/{id}': (event, caller) => withOwnPhoto(event, caller, remove),
};

exports.handler = async (event) => {
  const route = `${event.httpMethod} ${event.resource}`;
  const caller = callerOf(event);
  console.log(JSON.stringify({ route, requestId: event.requestContext.requestId, client: caller.client, subject: caller.subject }));
  return ROUTES[route](event, caller);
};

/** Scopes say which methods a client may call; a browser application uses them to show only what will work. */
function list(_event, caller) {
  return answer(200, { photos: [...photos.values()].map(shown), mayWrite: caller.scopes.includes(process.env.WRITE_SCOPE) });
}

function add(event, caller) {
  const title = readTitle(event);
  if (title === undefined) return answer(400, { message: 'the body needs a title' });
  const photo = { id: randomUUID(), title, addedBy: caller.name, owner: caller.subject };
  photos.set(photo.id, photo);
  return answer(201, shown(photo));
}

function change(photo, event) {
  const title = readTitle(event);
  if (title === undefined) return answer(400, { message: 'the body needs a title' });
  photo.title = title;
  return answer(200, shown(photo));
}

function remove(photo) {
  photos.delete(photo.id);
  return answer(204);
}

function withPhoto(event, then) {
  const photo = photos.get(event.pathParameters.id);
  return photo === undefined ? answer(404, { message: 'there is no such photo' }) : then(photo);
}

/** A scope cannot say whose photo it is: that check needs the data, so it is here. */
function withOwnPhoto(event, caller, then) {
  return withPhoto(event, (photo) => (photo.owner === caller.subject
    ? then(photo, event)
    : answer(403, { message: 'the photo belongs to somebody else' })));
}

/** API Gateway validates bodies only of the content types that have a model, so the function looks again. */
function readTitle(event) {
  try {
    const { title } = JSON.parse(event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body);
    return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 200) : undefined;
  } catch {
    return undefined;
  }
}

function shown({ owner: _owner, ...photo }) {
  return photo;
}
