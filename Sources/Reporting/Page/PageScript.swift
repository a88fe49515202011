// What a page does: it goes to a step, and shows the rows, numbers and lines that belong to it.

enum PageScript {
  /// All that it needs stands in attributes of the document, which it never writes as HTML.
  static let text = #"""
    "use strict";
    (() => {
      const all = (selector) => Array.from(document.querySelectorAll(selector));
      const find = (id) => document.getElementById(id);
      const numbers = (text) => (text ? text.split(" ").map(Number) : []);
      const listing = find("listing");
      const program = listing ? listing.textContent : "";
      const nodes = all("g.node");
      const details = nodes.map((node) => Array.from(node.querySelectorAll(".detail")));
      const edges = all("path.edge").map((path) => ({
        path, from: Number(path.dataset.from), to: Number(path.dataset.to ?? -1),
        isBranch: "branch" in path.dataset,
      }));
      const steps = all("tbody tr").map((row) => ({
        row, table: row.closest("table"), node: Number(row.dataset.node),
        reads: numbers(row.dataset.reads), place: numbers(row.dataset.place),
        labels: JSON.parse(row.dataset.labels ?? "[]"),
      }));
      // The step that the numbers of the graph begin with.
      let start = 0;
      steps.forEach((step, index) => {
        const isFirst = index === 0 || steps[index - 1].table !== step.table;
        if (isFirst && "anew" in step.table.dataset) start = index;
        step.start = start;
      });
      let position = 0;
      let lit = [];

      function light(element, name) {
        element.classList.add(name);
        lit.push([element, name]);
      }

      // Scrolls what an element is in, and never the page.
      function reveal(element, isWide) {
        const pane = element.closest("[role=region]");
        const [own, room] = [element.getBoundingClientRect(), pane.getBoundingClientRect()];
        if (own.top < room.top) pane.scrollTop -= room.top - own.top;
        else if (own.bottom > room.bottom) pane.scrollTop += own.bottom - room.bottom;
        if (!isWide) return;
        if (own.left < room.left) pane.scrollLeft -= room.left - own.left;
        else if (own.right > room.right) pane.scrollLeft += own.right - room.right;
      }

      function showNumbers(current) {
        const texts = details.map((lines) => lines.map(() => ""));
        const isReached = nodes.map(() => false);
        for (const step of steps.slice(current ? current.start : 0, position)) {
          isReached[step.node] = true;
          for (const [node, line, text] of step.labels) texts[node][line] = text;
        }
        details.forEach((lines, node) => lines.forEach((line, index) => {
          if (line.textContent !== texts[node][index]) line.textContent = texts[node][index];
        }));
        nodes.forEach((node, index) => node.classList.toggle("ahead", !isReached[index]));
      }

      function showEdges(step) {
        const isRead = (node) => step.reads.includes(node);
        const trunks = new Set();
        for (const edge of edges) {
          const isLit = (edge.to === step.node && isRead(edge.from)) ||
            (edge.from === step.node && isRead(edge.to));
          if (!isLit) continue;
          light(edge.path, "lit");
          if (edge.isBranch) trunks.add(edge.from);
        }
        for (const edge of edges) {
          if (edge.to < 0 && trunks.has(edge.from)) light(edge.path, "lit");
        }
      }

      function showPlace(place) {
        if (!listing) return;
        const mark = document.createElement("mark");
        mark.textContent = program.slice(place[0], place[1]);
        if (place.length < 2) {
          listing.replaceChildren(program);
        } else {
          listing.replaceChildren(program.slice(0, place[0]), mark, program.slice(place[1]));
          reveal(mark);
        }
      }

      function sentence(step) {
        const headers = Array.from(step.table.querySelectorAll("thead th"));
        const cells = Array.from(step.row.cells).map((cell, index) => {
          const text = cell.textContent.trim();
          return index === 0 || text === "" ? text : `${headers[index].textContent} ${text}`;
        });
        const said = cells.filter((text) => text !== "").join(", ");
        return `Step ${position} of ${steps.length}, ${step.table.caption.textContent}: ${said}`;
      }

      function show(next) {
        position = Math.max(0, Math.min(steps.length, next));
        const step = position > 0 ? steps[position - 1] : null;
        for (const [element, name] of lit) element.classList.remove(name);
        lit.forEach(([element]) => element.removeAttribute("aria-current"));
        lit = [];
        showNumbers(step);
        steps.forEach(({row}, index) => row.classList.toggle("ahead", index >= position));
        showPlace(step ? step.place : []);
        if (step) {
          showEdges(step);
          for (const node of step.reads) light(nodes[node], "read");
          light(nodes[step.node], "lit");
          light(step.row, "lit");
          step.row.setAttribute("aria-current", "step");
          for (const node of [...step.reads, step.node]) reveal(nodes[node], true);
          reveal(step.row);
        }
        find("said").textContent = step ? sentence(step)
          : `Step 0 of ${steps.length}: nothing is computed yet.`;
        find("slider").value = position;
        for (const [id, isAtEnd] of [["first", position === 0], ["back", position === 0],
          ["forward", position === steps.length], ["last", position === steps.length]]) {
          find(id).setAttribute("aria-disabled", isAtEnd);
        }
      }

      // A node's next step, or its first one.
      function stepOf(node) {
        const next = steps.findIndex((step, index) => step.node === node && index >= position);
        return 1 + (next >= 0 ? next : steps.findIndex((step) => step.node === node));
      }

      const moves = {
        first: () => 0, back: () => position - 1, forward: () => position + 1,
        last: () => steps.length,
      };
      const keys = {Home: "first", ArrowLeft: "back", ArrowRight: "forward", End: "last"};
      for (const id of Object.keys(moves)) find(id).addEventListener("click", () => show(moves[id]()));
      find("slider").addEventListener("input", (event) => show(Number(event.target.value)));
      document.addEventListener("keydown", (event) => {
        const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
        if (!isPlain || event.target === find("slider") || !(event.key in keys)) return;
        event.preventDefault();
        show(moves[keys[event.key]]());
      });
      steps.forEach(({row}, index) => row.addEventListener("click", () => show(index + 1)));
      nodes.forEach((node, index) => node.addEventListener("click", () => {
        const step = stepOf(index);
        if (step > 0) show(step);
      }));
      // `page.html#7` opens at the seventh step.
      const linked = () => Number(location.hash.slice(1)) || 0;
      window.addEventListener("hashchange", () => show(linked()));
      let before = 0;
      window.addEventListener("beforeprint", () => {
        before = position;
        show(steps.length);
      });
      window.addEventListener("afterprint", () => show(before));
      find("bar").hidden = false;
      document.body.classList.add("stepping");
      show(linked());
    })();

    """#
}
