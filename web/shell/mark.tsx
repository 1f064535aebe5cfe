/** The mark of Groundcrew: somebody with raised arms who waves in. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 26 26" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="26" height="26" rx="7" fill="#0b3f51" />
      <path d="M5.6 6.2 13 15.4l7.4-9.2" fill="none" stroke="#e6f826" strokeWidth="2.8" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M13 15.4v5.4" stroke="#fff" strokeWidth="2.8" strokeLinecap="round" />
      <circle cx="13" cy="7.6" r="2.3" fill="#fff" />
    </svg>
  );
}
