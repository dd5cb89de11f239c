import type { Scalar } from '../../events/column'
import type { FieldNode } from '../../events/field-node'
import type { EcsOptions, EcsSink } from '../ecs/ecs-sink'
import { EventWriter, type Related } from '../ecs/event-writer'
import { Flattener } from '../flatten'
import type { JsonValue } from '../lossless-json'
import type { WindowsEvent } from '../windows/windows-event'
import type { Captured, FieldValue, RelatedValue } from './captured'

/** Where the data of an event are, by their names. */
export interface DatumReader {
  /** Whether there is one that says something. */
  has(name: string): boolean
  /** The first such one; that it was asked for is noted. */
  read(name: string): string | undefined
}

/** Writes down what is made of parts of an event, in place of giving it to a row. */
export class Capture {
  private values: (FieldValue & { scalars: Scalar[]; isList: boolean })[] = []
  /** Something was told that only extended mode gives, or cannot be written down. */
  private isOdd = false
  private readonly flattener: Flattener

  constructor(
    private readonly root: FieldNode,
    private readonly options: EcsOptions,
    private readonly data: DatumReader,
  ) {
    const put = (node: FieldNode, scalar: Scalar, inArray: boolean): void =>
      this.add(node, scalar, inArray)
    this.flattener = new Flattener({ root, put, passOver: () => undefined }, undefined)
  }

  /** What is made of an event by `write`; undefined for what only extended mode gives. */
  run(event: WindowsEvent, write: (out: EventWriter) => void): Captured | undefined {
    this.values = []
    this.isOdd = false
    const { data } = this
    const related: RelatedValue[] = []
    const sink: EcsSink = {
      put: (field, value) => this.put(field, value),
      extend: () => void (this.isOdd = true),
    }
    write(new CapturedWriter(event, sink, this.options, data, related))
    return this.hasOdd() ? undefined : { values: this.values, related }
  }

  private hasOdd(): boolean {
    return this.isOdd
  }

  private put(field: string, value: JsonValue): void {
    const node = this.root.child(field)
    if (this.values.some((known) => known.node === node)) return
    if (this.flattener.put(node, value) !== 'done') this.isOdd = true
  }

  /** As a table does it. */
  private add(node: FieldNode, scalar: Scalar, inArray: boolean): void {
    const known = this.values.find((value) => value.node === node)
    if (!known) this.values.push({ node, scalars: [scalar], isList: inArray })
    else {
      known.isList = true
      known.scalars.push(scalar)
    }
  }
}

class CapturedWriter extends EventWriter {
  constructor(
    event: WindowsEvent,
    sink: EcsSink,
    options: EcsOptions,
    private readonly data: DatumReader,
    private readonly related: RelatedValue[],
  ) {
    super(event, sink, options)
  }

  override datum(name: string): string | undefined {
    return this.data.read(name)
  }

  override has(name: string): boolean {
    return this.data.has(name)
  }

  override relate(list: Related, text: string): void {
    this.related.push({ list, text })
  }
}
