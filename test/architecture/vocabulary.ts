import ts from 'typescript';
import { nodesOf, sourcesIn } from './source-files.js';

const files = sourcesIn('src/domain');
const domain = files.flatMap(nodesOf);

/** Types of events as the domain writes them down: the names in every `Fact<'…', …>`. */
export const eventTypes = factsIn(domain);

/** Types of events of one kind of stream: those of its file, or of its folder. */
export function eventTypesOf(kind: string): readonly string[] {
  const its = files.filter(
    ({ path }) => path === `src/domain/${kind}.ts` || path.startsWith(`src/domain/${kind}/`),
  );
  return factsIn(its.flatMap(nodesOf));
}

function factsIn(nodes: readonly ts.Node[]): readonly string[] {
  return namesIn(
    nodes.flatMap((node) =>
      ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Fact'
        ? (node.typeArguments?.[0] ?? [])
        : [],
    ),
  );
}

/** Types of commands as the domain writes them down: the `type` of every member of a `…Command`. */
export const commandTypes = namesIn(
  domain
    .filter((node) => ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('Command'))
    .flatMap(descendants)
    .flatMap((node) =>
      ts.isPropertySignature(node) && node.name.getText() === 'type' ? (node.type ?? []) : [],
    ),
);

/** Kinds of streams: the `kind` of every decider. */
export const streamKinds = domain
  .flatMap((node) => {
    const isDecider =
      ts.isVariableDeclaration(node) &&
      node.type?.getText().startsWith('Decider<') &&
      node.initializer &&
      ts.isObjectLiteralExpression(node.initializer);
    return isDecider ? (node.initializer as ts.ObjectLiteralExpression).properties : [];
  })
  .flatMap((property) =>
    ts.isPropertyAssignment(property) &&
    property.name.getText() === 'kind' &&
    ts.isStringLiteral(property.initializer)
      ? property.initializer.text
      : [],
  )
  .toSorted();

function namesIn(types: readonly ts.TypeNode[]): readonly string[] {
  const names = types.flatMap((type) =>
    ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : [],
  );
  return [...new Set(names)].toSorted();
}

function descendants(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (each: ts.Node) => {
    nodes.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return nodes;
}
