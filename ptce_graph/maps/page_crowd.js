// What stands where on the screen, so that a name asks its neighbours only, not the whole map.
const CELL = 96;
const MOST_CELLS = 400;

function overlap(a, b) {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return across > 0 && down > 0 ? across * down : 0;
}

function apart(box, shape) {
  const across = Math.max(shape.left - box.left - box.width, box.left - shape.left - shape.width, 0);
  const down = Math.max(shape.top - box.top - box.height, box.top - shape.top - shape.height, 0);
  return Math.hypot(across, down);
}

class Crowd {
  constructor(shapes) {
    this.cells = new Map();
    this.everywhere = [];
    this.own = new Map();
    shapes.forEach((shape) => this.add(shape));
  }

  range({ left, top, width, height }, reach) {
    return [left - reach, top - reach, left + width + reach, top + height + reach].map((n) =>
      Math.floor(n / CELL),
    );
  }

  add(shape) {
    if (shape.owner >= 0) this.own.set(shape.owner, shape);
    const [left, top, right, bottom] = this.range(shape, 0);
    if ((right - left + 1) * (bottom - top + 1) > MOST_CELLS) return this.everywhere.push(shape);
    for (let x = left; x <= right; x += 1) {
      for (let y = top; y <= bottom; y += 1) {
        const key = `${x} ${y}`;
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(shape);
      }
    }
    return shape;
  }

  // All that may touch the box, or stand within reach of it.
  near(box, reach) {
    const found = new Set(this.everywhere);
    const [left, top, right, bottom] = this.range(box, reach);
    for (let x = left; x <= right; x += 1) {
      for (let y = top; y <= bottom; y += 1) {
        for (const shape of this.cells.get(`${x} ${y}`) || []) found.add(shape);
      }
    }
    return found;
  }
}
