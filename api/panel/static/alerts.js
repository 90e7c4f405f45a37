// Counts down to the deadlines of alerts; without it the page shows how much was left when it was opened.
(() => {
  const rules = new Intl.PluralRules("pl");
  const verbs = { one: "została", few: "zostały", many: "zostało" };
  const nouns = { one: "minuta", few: "minuty", many: "minut" };
  const shown = document.querySelectorAll("[data-deadline]");
  if (!shown.length) return;

  const count = () => {
    for (const each of shown) {
      const left = Date.parse(each.dataset.deadline) - Date.now();
      const minutes = Math.max(1, Math.floor(left / 60_000));
      const form = rules.select(minutes);
      const text =
        left > 0
          ? `${verbs[form] ?? verbs.many} ${minutes} ${nouns[form] ?? nouns.many}`
          : "termin minął, decyzja zapada automatycznie w ciągu kilku minut";
      if (each.textContent !== text) each.textContent = text;
    }
  };

  setInterval(count, 5_000);
  count();
})();
