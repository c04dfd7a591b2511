import { App } from 'aws-cdk-lib';
import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { PhotoAlbumStack } from '../../examples/photo-album/photo-album-stack';

/** The photo album after a change: its browser client may no longer write. */
const app = new App();
const stack = new PhotoAlbumStack(app, 'PhotoAlbum');
for (const client of stack.node.findAll()) {
  if (client instanceof CfnUserPoolClient && client.clientName === 'Album') {
    const scopes: string[] = stack.resolve(client.allowedOAuthScopes);
    client.allowedOAuthScopes = scopes.filter((scope) => !scope.endsWith('/photos.write'));
  }
}
