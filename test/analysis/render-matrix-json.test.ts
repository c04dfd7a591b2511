import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { photoModel } from './models';
import { explain } from '../../src/analysis/explain';
import { buildMatrix } from '../../src/analysis/matrix';
import { renderMatrixJson } from '../../src/analysis/render-matrix-json';
import { arbitraryModel } from '../model/arbitrary-model';

const jsonOf = (...args: Parameters<typeof buildMatrix>) => [...renderMatrixJson(buildMatrix(...args))].join('');
const validator = (name: string) => new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(`schema/${name}.v1.json`, 'utf8')));

test('the JSON has an entry per line', () => {
  expect(jsonOf(photoModel())).toContain('\n    {"principal":"App/Album","method":"App/List","token":"access","scopes":["photos/read"]},\n');
});

test('the schema of the matrix refuses a matrix without methods and one with a wrong verdict', () => {
  const validate = validator('matrix');
  const { methods, ...rest } = buildMatrix(photoModel());
  expect(validate({ ...rest, methods })).toBe(true);
  expect(validate(rest)).toBe(false);
  expect(validate({ ...rest, methods, allowed: [{ principal: 'a', method: 'b', token: 'refresh', scopes: [] }] })).toBe(false);
});

describe('property:', () => {
  test('the JSON says what the matrix says, and follows its schema', () => {
    const validate = validator('matrix');
    fc.assert(fc.property(arbitraryModel(), (model) => {
      const parsed = JSON.parse(jsonOf(model));
      expect(parsed).toEqual(JSON.parse(JSON.stringify(buildMatrix(model))));
      expect(validate(parsed) || validate.errors).toBe(true);
    }));
  });

  test('an explanation follows its schema', () => {
    const validate = validator('explanation');
    fc.assert(fc.property(arbitraryModel(), (model) => {
      for (const method of model.methods) {
        for (const client of [undefined, ...model.clients]) {
          const parsed = JSON.parse(JSON.stringify(explain(model, client, method)));
          expect(validate(parsed) || validate.errors).toBe(true);
        }
      }
    }));
  });
});
