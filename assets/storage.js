// What a reader's browser keeps from visit to visit. A browser that lets nothing be kept knows it until the page is left.

const memory = new Map();

export const storage = {
  read(name) {
    try {
      return localStorage.getItem(name) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  },
  write(name, text) {
    text === null ? memory.delete(name) : memory.set(name, text);
    try {
      text === null ? localStorage.removeItem(name) : localStorage.setItem(name, text);
    } catch {
      // The memory above has it.
    }
  },
};
