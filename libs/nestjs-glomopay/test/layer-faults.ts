import { posix } from 'node:path';
import { importsOf, type Import } from './imports-of.js';
import type { Exception, Floor } from './layers.js';
import type { SourceFile } from './source-file.js';

/**
 * Where files of the library break the table of floors; empty when they keep it. Nothing passes by
 * being unknown: a room without a floor, an import of no known file, a row that nothing needs.
 */
export function layerFaults(
  files: readonly SourceFile[],
  floors: readonly Floor[],
  exceptions: readonly Exception[],
): readonly string[] {
  const house = new House(files, floors);
  const faults = files.flatMap((file) => house.faultsOf(file));
  const isExcepted = (exception: Exception): boolean =>
    faults.some((fault) => excuses(exception, fault));
  return [
    ...faults
      .filter((fault) => !exceptions.some((exception) => excuses(exception, fault)))
      .map(({ from, what }) => `${from}: ${what}`),
    ...house.emptyRooms().map((room) => `${room}: no such room`),
    ...exceptions
      .filter((exception) => !isExcepted(exception))
      .map(({ from, to }) => `${from}: the exception for ${to} is not needed`),
  ];
}

interface Fault {
  readonly from: string;
  /** The imported file, when it is one of the library. */
  readonly to?: string;
  readonly what: string;
}

function excuses(exception: Exception, { from, to }: Fault): boolean {
  return exception.from === from && exception.to === to;
}

class House {
  readonly #files: ReadonlySet<string>;
  readonly #tables: ReadonlySet<string>;
  readonly #floors: readonly Floor[];
  /** The number of the floor on which a room is. */
  readonly #floorOf: ReadonlyMap<string, number>;

  constructor(files: readonly SourceFile[], floors: readonly Floor[]) {
    this.#files = new Set(files.map(({ path }) => path));
    this.#tables = new Set(files.filter(isTable).map(({ path }) => path));
    this.#floors = floors;
    this.#floorOf = new Map(floors.flatMap(({ rooms }, at) => rooms.map((room) => [room, at])));
  }

  faultsOf(file: SourceFile): readonly Fault[] {
    const { path: from } = file;
    if (this.#floorAt(from) === undefined) {
      return [{ from, what: `${roomOf(from)} is on no floor` }];
    }
    return importsOf(file).flatMap((imported) => {
      const to = posix.join(posix.dirname(from), imported.specifier).replace(/\.js$/, '.ts');
      const fault = this.#faultOf(from, to, imported);
      return fault === undefined ? [] : [{ from, to, what: `${imported.specifier} ${fault}` }];
    });
  }

  emptyRooms(): readonly string[] {
    const used = new Set([...this.#files].flatMap((path) => [roomOf(path), eachIn(path)]));
    return [...this.#floorOf.keys()].filter((room) => !used.has(room));
  }

  #floorAt(path: string): number | undefined {
    return this.#floorOf.get(roomOf(path)) ?? this.#floorOf.get(eachIn(path));
  }

  /** The topmost folder of a file, or its own where each stands for itself. */
  #wingOf(path: string): string {
    if (this.#floorOf.has(eachIn(path))) return roomOf(path);
    return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
  }

  #faultOf(from: string, to: string, imported: Import): string | undefined {
    if (/^nestjs-glomopay(\/|$)/.test(imported.specifier)) return 'is the package itself';
    if (!imported.specifier.startsWith('.')) return undefined;
    if (!this.#files.has(to)) return 'is no file of the library';
    if (posix.basename(to) === 'index.ts') return 'is an index: import the file';
    const own = this.#floorAt(from) ?? -1;
    const other = this.#floorAt(to) ?? Number.POSITIVE_INFINITY;
    if (other > own) return 'is on a higher floor';
    if (other < own || this.#wingOf(from) === this.#wingOf(to)) return undefined;
    if (this.#floors[own]?.sideways === 'nothing') return 'is beside';
    return this.#tables.has(to) || (imported.isType && !to.endsWith('.service.ts'))
      ? undefined
      : 'is beside: only types and tables, never a service';
  }
}

/** A folder, or a file that lies beside `index.ts`. */
function roomOf(path: string): string {
  return path.includes('/') ? posix.dirname(path) : path;
}

/** The row for every folder beside that of a file: `api/*`. */
function eachIn(path: string): string {
  return posix.join(posix.dirname(roomOf(path)), '*');
}

/** Whether a file has the table of an object in it. */
function isTable({ text }: SourceFile): boolean {
  return /^export const \w+ = shape\(/m.test(text);
}
