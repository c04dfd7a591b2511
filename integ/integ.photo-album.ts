import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import { PhotoAlbumStack } from '../examples/photo-album/photo-album-stack';

/** The photo album, deployed as it is: what needs no token answers, and nothing else does. */
const app = new App();
const stack = new PhotoAlbumStack(app, 'PhotoAlbumInteg');

const { assertions } = new IntegTest(app, 'PhotoAlbum', {
  testCases: [stack],
  allowDestroy: ['AWS::ApiGateway::Deployment'], // every change of an API replaces it
});

assertions.httpApiCall(stack.api.urlForPath('/health')).expect(ExpectedResult.objectLike({ status: 200 }));
assertions.httpApiCall(stack.api.urlForPath('/photos')).expect(ExpectedResult.objectLike({
  status: 401,
  body: { message: 'Unauthorized' },
  headers: { 'access-control-allow-origin': ['https://album.example.com'] },
}));
assertions.httpApiCall(stack.api.urlForPath('/photos'), {
  method: 'POST', headers: { Authorization: 'Bearer x.y.z' }, body: JSON.stringify({ title: 'Harbour' }),
}).expect(ExpectedResult.objectLike({ status: 401 }));
