import { App } from 'aws-cdk-lib';
import { PhotoAlbumStack } from './photo-album-stack';

const app = new App();
new PhotoAlbumStack(app, 'PhotoAlbum');
