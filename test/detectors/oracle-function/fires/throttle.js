function spread(items, width) { // want "`spread` is hard to explain"
  const rows = {};
  items.sort((a, b) => a.size - b.size || b.id - a.id);
  for (const item of items) { // want-step "sorted sequence"
    const at = (item.id * 31 + (item.size >> 2)) % 17; // want-step "division by `17`"
    const row = `${at}/${item.kind || "none"}`; // want-step "keyed by|a missing value"
    for (const other of Object.values(rows)) {
      if (other.size + item.size > width * 0.85) break; // want-step "leaves the inner of 2 loops"
      if (other.kind === item.kind) other.size += item.size;
    }
    rows[row] = item; // want-step "object of the loop itself"
  }
  return rows;
}

module.exports = { spread };
