import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'

export default defineConfig(
  // AssemblyScript is another language: its compiler and `tsc -p src/assembly` check it.
  globalIgnores(['dist', 'dist-single', '.cache', 'src/assembly/*.ts']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    linterOptions: { noInlineConfig: true },
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      // The compiler looks for undefined names, and knows more of them.
      'no-undef': 'off',
      // An index into a typed array that its own loop has bounded needs no test, and in
      // the engine has no time for one. What may be missing is tested all the same:
      // noUncheckedIndexedAccess makes each such place visible as a `!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The loops that events pass through count their way over typed arrays: it is faster.
      '@typescript-eslint/prefer-for-of': 'off',
      // Keys of JSON are read with brackets, so that they do not look like our own names.
      '@typescript-eslint/dot-notation': [
        'error',
        { allowIndexSignaturePropertyAccess: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Code points are what the language counts, and `[...text]` is how one gets them.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `async` alone is how a plain answer becomes a promise, and a fault a rejection.
      '@typescript-eslint/require-await': 'off',
      // A fixture of Vitest says `({}, use)` when it needs no other fixture.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      // `Row | -1` says what a number may be, to the reader if not to the compiler.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // Leaving a property out of a copy is done by naming it; what only takes its place
      // in a row of names is called `_`.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_$' },
      ],
      // A Map or Set that the page shows lives in $state; one that only keeps books
      // beside it is plain on purpose, and the rule cannot tell the two apart.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // ESLint takes what comes from a component for `any`; svelte-check knows its type.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    // Outside the TypeScript project: there are no types to check with.
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
)
