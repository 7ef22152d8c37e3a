import { describe, expect, it } from 'vitest';
import { imageParts } from './image-parts.ts';
import { createImageCatalogue } from './index.ts';
import { parseReference } from './reference.ts';

describe('references', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx', undefined],
    ['nginx:1.25', 'docker.io/library/nginx', '1.25'],
    ['bitnami/redis', 'docker.io/bitnami/redis', undefined],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause', '3.10'],
    ['localhost/x', 'localhost/x', undefined],
    ['localhost:5000/a/b:v1', 'localhost:5000/a/b', 'v1'],
    ['docker.io/nginx', 'docker.io/library/nginx', undefined],
    ['a__b/c-d.e', 'docker.io/a__b/c-d.e', undefined],
  ])('%s', (reference, repository, tag) => expect(parseReference(reference)).toMatchObject({ repository, tag }));

  it.each([
    '',
    'Nginx',
    'nginx:',
    'nginx:-x',
    'a//b',
    'a b',
    'nginx@sha256:12',
    '-nginx',
    'x_',
    `${'a'.repeat(256)}`,
    'nginx:latest:1',
    'my_.image',
  ])('refuses %j', (reference) => expect(parseReference(reference)).toBeUndefined());
});

describe('the catalogue', () => {
  const catalogue = createImageCatalogue();

  it.each([...imageParts.keys()])('has %s under its own name', (repository) =>
    expect(imageParts.get(repository)!.code.make().repository).toBe(repository),
  );

  it.each([
    ['nginx', true],
    ['nginx:1.14.2', true],
    ['nginx:1.16.1', true],
    ['nginx:1.25-alpine', true],
    ['busybox:1.36', true],
    ['mysql:8.0', true],
    ['ghcr.io/stefanprodan/podinfo:6.5.0', true],
    ['nginx:1.161', 'no-such-tag'],
    ['nginx:1.99', 'no-such-tag'],
    ['ngnix', 'no-such-repository'],
    ['docker.io/library/nope:1', 'no-such-repository'],
    ['Nginx', 'invalid-reference'],
  ])('%s', (reference, expected) => {
    const lookup = catalogue.lookUp(reference, []);
    expect(lookup.found || lookup.reason).toBe(expected);
  });

  it('gives the same digest and tree at each look, and finds an image by its digest', () => {
    const first = catalogue.lookUp('nginx:1.25.3', []);
    const again = createImageCatalogue().lookUp('nginx:1.25.3', []);
    if (!first.found || !again.found) throw new Error('nginx is there');
    expect(again.digest).toBe(first.digest);
    expect(first.image.files('1.25.3')).toBe(first.image.files('1.25.3'));
    expect(catalogue.lookUp(`nginx@${first.digest}`, [])).toMatchObject({ found: true, tag: '1.25.3' });
    expect(catalogue.lookUp(`nginx@sha256:${'0'.repeat(64)}`, [])).toMatchObject({ found: false });
  });
});
