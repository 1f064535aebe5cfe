import { createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#EDF8FB',
  '#D7EEF4',
  '#B1DDE8',
  '#84C7D8',
  '#5AAFC5',
  '#3893AC',
  '#22778F',
  '#135D72',
  '#0B3F51',
  '#062431',
];
const gray: MantineColorsTuple = [
  '#FAF9F6',
  '#F4F3EF',
  '#E6E4DE',
  '#D8D5CD',
  '#CBC8C0',
  '#8A8C87',
  '#5A6467',
  '#3F494C',
  '#263034',
  '#131B1E',
];
const dark: MantineColorsTuple = [
  '#E8EEEF',
  '#BCC6C8',
  '#97A3A5',
  '#6F7D80',
  '#3A494C',
  '#243134',
  '#1B272A',
  '#121C1F',
  '#0E1719',
  '#0A1214',
];
const vest: MantineColorsTuple = [
  '#FAFDE6',
  '#F6FBC4',
  '#F0F999',
  '#ECF965',
  '#E6F826',
  '#D5E51B',
  '#B5C31E',
  '#838F16',
  '#555F0D',
  '#303705',
];

const fontFamily = "'Inter Variable', 'Inter Fallback', system-ui, sans-serif";

/** The Mantine theme. What is no Mantine key is a `--gc-*` variable, see css-variables.ts. */
export const theme = createTheme({
  colors: { petrol, gray, dark, vest },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  black: '#131B1E',
  white: '#FFFFFF',
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  fontFamily,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '13px', sm: '14px', md: '15px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '19px', sm: '20px', md: '22px', lg: '26px', xl: '26px' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  headings: {
    fontFamily,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '28px', lineHeight: '34px' },
      h2: { fontSize: '20px', lineHeight: '26px' },
      h3: { fontSize: '16px', lineHeight: '22px' },
      h4: { fontSize: '15px', lineHeight: '22px' },
      h5: { fontSize: '14px', lineHeight: '20px' },
      h6: { fontSize: '13px', lineHeight: '19px' },
    },
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  breakpoints: { xs: '36em', sm: '48em', md: '56.25em', lg: '75em', xl: '88em' },
  shadows: {
    xs: 'var(--gc-shadow-sheet)',
    sm: 'var(--gc-shadow-sheet)',
    md: 'var(--gc-shadow-float)',
    lg: 'var(--gc-shadow-float)',
    xl: 'var(--gc-shadow-float)',
  },
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        // Inside the page's landmarks, and with nothing but items in it.
        withinPortal: false,
        floatingStrategy: 'fixed',
        withInitialFocusPlaceholder: false,
        transitionProps: { transition: 'fade', duration: 120, exitDuration: 80 },
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { transition: 'fade', duration: 120, exitDuration: 80 } } },
    Combobox: { defaultProps: { shadow: 'md' } },
  },
});
