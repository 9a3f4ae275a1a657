"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const find = document.getElementById("find");
  const found = document.getElementById("found");

  // Light and dark: the system's until the switch is used.
  const theme = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    showTheme();
  });
  system.addEventListener("change", showTheme);
  showTheme();

  const openAll = document.getElementById("open-all");
  openAll.addEventListener("click", () => {
    const open = openAll.textContent === "Open all";
    all("details.item").forEach((item) => (item.open = open));
    openAll.textContent = open ? "Close all" : "Open all";
  });

  // Search: all words, in whatever a row says, opened or not.
  const items = all("[data-find]").map((element) => ({
    element,
    text: (element.dataset.tip || element.textContent).toLowerCase(),
  }));
  const search = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of items) {
      const shown = words.every((word) => text.includes(word));
      element.toggleAttribute("hidden", !shown);
      count += shown ? 1 : 0;
    }
    found.textContent = words.length ? `${count} of ${items.length} rows and marks` : "";
    rove();
  };
  find.addEventListener("input", search);

  // Arrow keys move within a group; a picture is one stop for Tab, a list as many as it has rows.
  const places = (group) =>
    all("summary, a.multiple, a.rank, a.block, a.segment", group).filter(
      (place) => place.checkVisibility()
    );
  const rove = () =>
    all("[data-roving]").forEach((group) =>
      places(group).forEach((place, i) => place.setAttribute("tabindex", i === 0 ? "0" : "-1"))
    );
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const move = (event) => {
    const group = event.target.closest && event.target.closest("[data-arrows]");
    if (!group || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const among = places(group);
    const here = among.indexOf(event.target);
    if (here < 0) return;
    let there;
    if (event.key in steps) there = here + steps[event.key];
    else if (event.key === "Home") there = 0;
    else if (event.key === "End") there = among.length - 1;
    else return;
    event.preventDefault();
    const next = among[Math.min(among.length - 1, Math.max(0, there))];
    if (group.hasAttribute("data-roving")) {
      event.target.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
    }
    next.focus();
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (event.key === "Escape") {
      if (find.value) {
        find.value = "";
        search();
      } else if (typing) {
        find.blur();
      }
    } else {
      move(event);
    }
  });

  // What a mark in a picture stands for is written below the picture.
  for (const figure of all("[data-tips]")) {
    const output = figure.querySelector(".tip");
    const tell = (event) => {
      const mark = event.target.closest("[data-tip]");
      if (mark) output.textContent = mark.dataset.tip;
    };
    figure.addEventListener("pointerover", tell);
    figure.addEventListener("focusin", tell);
  }

  // Whoever follows a link to a row sees it open.
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.querySelector("summary").focus();
    }
  };
  addEventListener("hashchange", arrive);
  arrive();
  rove();
})();
