// Unpacks what Python sends for a chart: a little-endian uint32, that many bytes of deflated JSON, then deflated sweeps of
// arrays and texts, one row a position of a slider. pages/shared/live.py writes it.

const GAP = -32768; // stands for NaN

async function inflate(bytes) {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  writer.write(bytes).then(() => writer.close(), () => {}); // what cannot be read fails below
  return new Response(readable).arrayBuffer();
}

// The head of the message about a chart, and the compressed bytes that follow.
export async function decodeHead(blob) {
  const bytes = blob.slice();
  const size = new DataView(bytes.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(await inflate(bytes.subarray(4, 4 + size))));
  return { head, body: bytes.subarray(4 + size) };
}

// Gives each sweep its bytes.
export async function inflateSweeps({ sliders, unmoved }, body) {
  const sweeps = [...sliders.flatMap((slider) => slider.sweeps), ...unmoved];
  await Promise.all(sweeps.map(async (sweep) => (sweep.bytes = await inflate(body.subarray(sweep.start, sweep.start + sweep.size)))));
}

// The arrays of a sweep by name, each position's values after those of the position before; and its texts, end to end.
// Arrays are sent as second differences: how much more a point moves from one position to the next than the point before;
// in ZigZag (0, -1, 1, -2 … are 0, 1, 2, 3 …), first the low bytes of all, then the high ones.
function decode({ positions, tracks, bytes }) {
  const size = positions * tracks.reduce((sum, [, width]) => sum + width, 0);
  const planes = new Uint8Array(bytes, 0, 2 * size);
  const step = new Int16Array(1); // overflows as it did where it was written, as do the changes
  let at = 0;
  const values = ([name, width, low, unit]) => {
    const decoded = new Float32Array(width * positions);
    const changes = new Int16Array(positions);
    for (let point = 0; point < width; point++) {
      step[0] = 0;
      for (let row = 0; row < positions; row++, at++) {
        const zigzag = planes[at] | (planes[at + size] << 8);
        changes[row] += (zigzag >> 1) ^ -(zigzag & 1);
        step[0] += changes[row];
        decoded[row * width + point] = step[0] === GAP ? NaN : low + unit * step[0];
      }
    }
    return [name, decoded];
  };
  const arrays = Object.fromEntries(tracks.map(values));
  return { arrays, texts: new TextDecoder().decode(new Uint8Array(bytes, 2 * size)).split("\n") };
}

// A sweep is decoded when it is first asked for.
const decoded = (sweep) => (sweep.decoded ??= decode(sweep));

// The values of one array of a sweep.
export const valuesOf = (sweep, name) => decoded(sweep).arrays[name];

// What a slider moves, where it stands at ``value``.
export const frameAt = (slider, value) => frameOf(slider.sweeps, Math.round((value - slider.low) / slider.step));

// What sweeps hold at a position: arrays by "trace.x", "trace.y" …, texts by their name.
export function frameOf(sweeps, row = 0) {
  const frame = {};
  for (const sweep of sweeps) {
    const { arrays, texts } = decoded(sweep);
    for (const [name, width] of sweep.tracks) frame[name] = arrays[name].subarray(row * width, (row + 1) * width);
    sweep.texts.forEach((name, k) => (frame[name] = texts[k * sweep.positions + row]));
  }
  return frame;
}

// Whether a slider moves this array or text at all.
export function varies(slider, name) {
  slider.varying ??= {};
  return (slider.varying[name] ??= slider.sweeps.some((sweep) => {
    const track = sweep.tracks.find(([one]) => one === name);
    const values = valuesOf(sweep, name);
    if (track) return values.some((value, k) => !Object.is(value, values[k % track[1]]));
    const first = sweep.texts.indexOf(name) * sweep.positions;
    const { texts } = decoded(sweep);
    return first >= 0 && texts.slice(first, first + sweep.positions).some((text) => text !== texts[first]);
  }));
}
