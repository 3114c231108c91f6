// tsx test/support/record-build.ts PART...: the last step of each build, see built-sources.ts.
import { partNames, recordBuild } from './built-sources.js';

recordBuild(partNames.filter((part) => process.argv.slice(2).includes(part)));
