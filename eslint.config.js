import js from "@eslint/js";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import globals from "globals";

export default [
  js.configs.recommended,
  noUnsanitized.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
    },
  },
  {
    files: ["extension/**/*.js"],
    languageOptions: { globals: { ...globals.browser, chrome: "readonly" } },
  },
  {
    files: ["backend/personae/view/page/static/**/*.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    // Classic scripts: one hands the settings to the modules as a variable of the page.
    files: ["backend/personae/view/page/static/*.js"],
    languageOptions: { sourceType: "script" },
    rules: { "no-var": "off", "no-unused-vars": ["error", { vars: "local" }] },
  },
  {
    // Injected into pages, so classic scripts that share their declarations; tsc knows what is declared where.
    files: ["extension/snapshot/*.js"],
    languageOptions: { sourceType: "script" },
    rules: { "no-var": "off", "no-undef": "off", "no-unused-vars": ["error", { vars: "local" }] },
  },
  {
    files: ["tests/extension/**/*.mjs", "benchmarks/peers/*.mjs"],
    languageOptions: { globals: { ...globals.nodeBuiltin } },
  },
];
