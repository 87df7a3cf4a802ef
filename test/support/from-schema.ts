import fc from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that the schemas of bodies are described in. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What is on record, so that bodies can name it, and what only a refinement asks for. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/**
 * Bodies as the schema wants them. A member whose name is in `known` is mostly one of the values given there,
 * since what a body names must be on record for a command to get far.
 */
export function bodiesOf(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  return of(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, known);
}

function of(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return fc.oneof(...alternatives.map((each) => of(each, known)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return schema.properties ? membersOf(schema, known) : textsByLanguage;
    case 'array':
      return fc.array(of(schema.items ?? {}, known), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 99, 99) });
    case 'boolean':
      return fc.boolean();
    default:
      return schema.pattern ? fc.stringMatching(new RegExp(schema.pattern)) : text;
  }
}

const text = fc.constantFrom(
  'A map of suppliers',
  'サプライチェーンの強靱化',
  'आपूर्ति शृंखला',
  'Asia/Tokyo',
  'x',
);
const textsByLanguage = fc.dictionary(fc.constantFrom('en', 'ja', 'hi'), text, {
  minKeys: 1,
  noNullPrototype: true,
});

function membersOf({ properties = {}, required = [] }: Schema, known: Known): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, schema]) => {
    const onRecord = known[name];
    const any = of(schema, known);
    const arbitrary = onRecord
      ? fc.oneof({ arbitrary: fc.constantFrom(...onRecord), weight: 9 }, { arbitrary: any, weight: 1 })
      : any;
    return [name, arbitrary] as const;
  });
  return fc.record(Object.fromEntries(members), { requiredKeys: [...required], noNullPrototype: true });
}
