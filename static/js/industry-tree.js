/* The tree inside industry-picker.js: role=tree with a roving tabindex; children are loaded when a node is opened.
A node is {code, name, level, leaf, product, path?}. */

export class Tree {
  constructor({ label, load, choose, leave, fail }) {
    Object.assign(this, { load, choose, leave, fail, started: false });
    this.element = document.createElement("ul");
    this.element.className = "tree";
    this.element.setAttribute("role", "tree");
    this.element.setAttribute("aria-label", label);
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /* Show the first level, closed. */
  async start() {
    if (this.started) return;
    await this.#guard(async () => {
      this.#fill(this.element, await this.load(null), 1);
      this.started = true;
      this.#makeFocusable(this.element.firstElementChild);
    });
  }

  /* Show the results of a search instead of the first level. */
  show(nodes) {
    this.started = false;
    this.#fill(this.element, nodes, 1);
    this.element.scrollTop = 0;
    this.#makeFocusable(this.element.firstElementChild);
  }

  /* Open the way down a list of codes and mark the product, or the last code. */
  async reveal(path, product) {
    let list = this.element;
    for (const code of path) {
      const item = [...list.children].find((child) => child.node.code === code);
      if (!item) return;
      if (item.node.leaf) return this.#mark(item);
      await this.open(item);
      list = item.querySelector("[role=group]") ?? list;
    }
    const leaf = [...list.children].find((child) => child.node.product === product);
    if (leaf) this.#mark(leaf);
  }

  focusFirst() {
    this.#focus(this.element.querySelector("[role=treeitem][tabindex='0']") ?? this.element.firstElementChild);
  }

  async open(item) {
    if (item.node.leaf) return;
    if (!item.querySelector("[role=group]")) {
      const loaded = await this.#guard(async () => {
        const nodes = await this.load(item.node);
        if (item.querySelector("[role=group]")) return;
        const group = document.createElement("ul");
        group.setAttribute("role", "group");
        this.#fill(group, nodes, Number(item.getAttribute("aria-level")) + 1);
        item.append(group);
      });
      if (!loaded) return;
    }
    this.#setOpen(item, true);
    item.querySelector("[role=group]").lastElementChild?.scrollIntoView({ block: "nearest" });
    item.querySelector(".tree__row").scrollIntoView({ block: "nearest" });
  }

  #setOpen(item, open) {
    item.setAttribute("aria-expanded", String(open));
    item.querySelector(".tree__mark").textContent = open ? "−" : "+";
    const group = item.querySelector("[role=group]");
    if (group) group.hidden = !open;
  }

  #fill(list, nodes, level) {
    list.replaceChildren(...nodes.map((node) => this.#item(node, level)));
  }

  #item(node, level) {
    const item = document.createElement("li");
    item.node = node;
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-level", String(level));
    item.setAttribute("tabindex", "-1");
    item.setAttribute("aria-selected", "false");
    if (!node.leaf) item.setAttribute("aria-expanded", "false");
    const row = document.createElement("div");
    row.className = node.leaf ? "tree__row tree__row--leaf" : "tree__row";
    const mark = document.createElement("span");
    mark.className = "tree__mark";
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = node.leaf ? "" : "+";
    const text = document.createElement("span");
    text.className = "tree__text";
    const name = document.createElement("span");
    name.className = "tree__name";
    name.textContent = node.level === 5 ? node.name : `${node.code} ${node.name}`;
    text.append(name);
    if (node.path) {
      const path = document.createElement("small");
      path.className = "tree__path";
      path.textContent = node.path;
      text.append(path);
    }
    row.append(mark, text);
    item.append(row);
    return item;
  }

  #mark(item) {
    item.setAttribute("aria-selected", "true");
    this.#makeFocusable(item);
    item.scrollIntoView({ block: "nearest" });
  }

  #makeFocusable(item) {
    this.element.querySelectorAll("[role=treeitem][tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
    item?.setAttribute("tabindex", "0");
  }

  #focus(item) {
    if (!item) return;
    this.#makeFocusable(item);
    item.focus();
  }

  async #guard(work) {
    try {
      this.fail(null);
      await work();
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  #clicked(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || !event.target.closest(".tree__row")) return;
    this.#focus(item);
    this.#activate(item);
  }

  #activate(item) {
    if (item.node.leaf) return this.choose(item.node);
    if (item.getAttribute("aria-expanded") === "true") return this.#setOpen(item, false);
    return this.open(item);
  }

  #visible() {
    return [...this.element.querySelectorAll("[role=treeitem]")].filter((item) => !item.parentElement.closest("[hidden]"));
  }

  #pressed(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = this.#visible();
    const at = items.indexOf(item);
    const open = item.getAttribute("aria-expanded") === "true";
    const moves = {
      ArrowDown: () => this.#focus(items[at + 1]),
      ArrowUp: () => this.#focus(items[at - 1]),
      Home: () => this.#focus(items[0]),
      End: () => this.#focus(items[items.length - 1]),
      ArrowRight: () => (open ? this.#focus(item.querySelector("[role=treeitem]")) : this.open(item)),
      ArrowLeft: () => (open ? this.#setOpen(item, false) : this.#focus(item.parentElement.closest("[role=treeitem]"))),
      Enter: () => this.#activate(item),
      " ": () => this.#activate(item),
      Escape: () => this.leave(),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }
}
